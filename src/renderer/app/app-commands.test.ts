import { describe, expect, it, vi } from 'vitest';
import { fail, succeed } from '#contract/errors.ts';
import type { RiskView } from '#contract/risk-requests.ts';
import { createStores } from '../stores/stores.ts';
import { appCommands, riskCommands } from './app-commands.ts';

const enabledOf = (commands: ReturnType<typeof appCommands>) =>
  commands.filter((one) => one.isEnabled?.() ?? true).map(({ id }) => id);

describe('the commands of the kill switch', () => {
  it('[X3] close positions only when all is stopped and they are not closed yet', () => {
    const stores = createStores();
    const { risk: store } = stores;
    const done: string[] = [];
    const answer = succeed({} as RiskView);
    const note = async (what: string) => {
      done.push(what);
      return answer;
    };
    const commands = riskCommands(
      { kill: (flatten) => note(flatten ? 'flatten' : 'kill'), release: () => note('release') },
      stores,
    );
    const engaged = (flatten: boolean) =>
      store.setState({ risk: { killSwitch: { flatten } } as RiskView });
    expect(enabledOf(commands)).toEqual(['risk.kill']);
    engaged(false);
    expect(enabledOf(commands)).toEqual(['risk.flatten', 'risk.release']);
    commands.find(({ id }) => id === 'risk.flatten')?.run();
    expect(done).toEqual(['flatten']);
    engaged(true);
    expect(enabledOf(commands)).toEqual(['risk.release']);
  });

  it('[X3] say where the hub did not do it', async () => {
    const stores = createStores();
    const refuse = async () => fail('unavailable', 'nothing was sent');
    const commands = riskCommands({ kill: refuse, release: refuse }, stores);
    commands.find(({ id }) => id === 'risk.kill')?.run();
    await vi.waitFor(() => {
      expect(stores.notices.store.getState().shown?.text()).toBe('nothing was sent');
    });
  });
});

describe('the command that connects again', () => {
  it('is there while the next try waits', () => {
    const { connection, palette, notices } = createStores();
    let tries = 0;
    const commands = appCommands({
      ...{ connection, palette, notices, retryNow: () => (tries += 1) },
      workspace: { show: () => null },
      preferences: {} as never,
    });
    const retry = commands.find(({ id }) => id === 'connection.retry');
    expect(retry?.isEnabled?.()).toBe(false);
    connection.setState({ connection: { kind: 'lost' } as never });
    expect(retry?.isEnabled?.()).toBe(true);
    retry?.run();
    expect(tries).toBe(1);
  });
});
