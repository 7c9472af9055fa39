import { describe, expect, it } from 'vitest';
import { failedStart, type LaunchFacts, planLaunch } from './launch-plan.ts';

const desktop: LaunchFacts = {
  platform: 'linux',
  environment: { DISPLAY: ':0' },
  isRoot: false,
  launchArguments: [],
  isRuntimePresent: true,
};

describe('planLaunch', () => {
  it('opens the desktop app where there is a display and the runtime', () => {
    expect(planLaunch(desktop)).toEqual({ mode: 'desktop', fetchRuntime: false });
    const wayland = { ...desktop, environment: { WAYLAND_DISPLAY: 'wayland-0' } };
    expect(planLaunch(wayland)).toEqual({ mode: 'desktop', fetchRuntime: false });
  });

  it('fetches the runtime where it is missing', () => {
    const plan = planLaunch({ ...desktop, isRuntimePresent: false });
    expect(plan).toEqual({ mode: 'desktop', fetchRuntime: true });
  });

  it.each(['darwin', 'win32'] as const)('takes a display for granted on %s', (platform) => {
    const plan = planLaunch({ ...desktop, platform, environment: {}, isRoot: true });
    expect(plan.mode).toBe('desktop');
  });

  it.each([
    ['no display', { environment: {} }, /no display/],
    ['an empty DISPLAY', { environment: { DISPLAY: '' } }, /no display/],
    ['root', { isRoot: true }, /root/],
  ] as const)('serves with one sentence why: %s', (_name, difference, sentence) => {
    const plan = planLaunch({ ...desktop, ...difference });
    expect(plan).toMatchObject({ mode: 'serve', serveArguments: [] });
    expect(plan.mode === 'serve' && plan.reason).toMatch(sentence);
  });

  it('serves without a reason when told to, and hands the other options on', () => {
    const plan = planLaunch({ ...desktop, launchArguments: ['--serve', '--port', '9000'] });
    expect(plan).toEqual({ mode: 'serve', reason: null, serveArguments: ['--port', '9000'] });
  });

  it('serves when given options of serve mode', () => {
    const plan = planLaunch({ ...desktop, launchArguments: ['--feed', 'demo'] });
    expect(plan).toMatchObject({ mode: 'serve', serveArguments: ['--feed', 'demo'] });
  });
});

describe('failedStart', () => {
  const end = { code: 1, signal: null, afterMs: 500, wasStopped: false };

  it('takes an early end with an error for a failed start', () => {
    expect(failedStart(end)).toMatch(/exit code 1/);
    expect(failedStart({ ...end, code: null, signal: 'SIGTRAP' })).toMatch(/SIGTRAP/);
  });

  it('takes nothing else for one', () => {
    expect(failedStart({ ...end, code: 0 })).toBeNull();
    expect(failedStart({ ...end, afterMs: 3_000 })).toBeNull();
    expect(failedStart({ ...end, code: null, signal: 'SIGINT', wasStopped: true })).toBeNull();
  });
});
