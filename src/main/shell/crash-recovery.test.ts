import { beforeEach, describe, expect, it } from 'vitest';
import { ElectronDouble, type WindowDouble } from '#tests/fakes/electron-double.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { CrashRecovery } from './crash-recovery.ts';

let clock: FakeClock;
let electron: ElectronDouble;
let recovery: CrashRecovery;
let window: WindowDouble;
const die = (reason = 'crashed', dead = window) =>
  dead.webContents.emit('render-process-gone', {}, { reason });
const watched = () => {
  const one = new electron.modules.BrowserWindow({});
  recovery.watch(one);
  return one;
};
const untilAnswered = () => Promise.resolve();

beforeEach(() => {
  clock = new FakeClock();
  electron = new ElectronDouble();
  recovery = new CrashRecovery({
    ...{ electron: electron.modules, clock, say: (sentence: string) => sentence },
  });
  window = watched();
});

describe('CrashRecovery', () => {
  it.each(['crashed', 'oom', 'killed', 'abnormal-exit'])(
    'reloads a page that ended by %s',
    (reason) => {
      die(reason);
      expect(window.webContents.reloads).toBe(1);
    },
  );

  it('leaves a page alone that ended of itself, or whose window is closed', () => {
    die('clean-exit');
    window.destroyed = true;
    die();
    expect(window.webContents.reloads).toBe(0);
  });

  it('reloads three times in a minute, then asks', async () => {
    for (let times = 0; times < 4; times += 1) die();
    expect([window.webContents.reloads, electron.questions]).toEqual([3, 1]);
    await untilAnswered();
    expect(window.webContents.reloads).toBe(4);
  });

  it('reloads each of many windows whose pages died together, and asks nothing', () => {
    const windows = [window, watched(), watched(), watched(), watched()];
    for (const one of windows) die('oom', one);
    expect(windows.map(({ webContents }) => webContents.reloads)).toEqual([1, 1, 1, 1, 1]);
    expect(electron.questions).toBe(0);
  });

  it('quits if that is the answer', async () => {
    electron.answer = 1;
    for (let times = 0; times < 4; times += 1) die();
    await untilAnswered();
    expect(electron.app.exitCode).toBe(0);
    expect(window.webContents.reloads).toBe(3);
  });

  it('forgets crashes after a minute', () => {
    for (let times = 0; times < 3; times += 1) die();
    clock.advance(60_001);
    die();
    expect([window.webContents.reloads, electron.questions]).toEqual([4, 0]);
  });
});
