import { beforeEach, describe, expect, it } from 'vitest';
import { IPC } from '#contract/bridge.ts';
import type { Notification } from '#domain/notification.ts';
import { ElectronDouble } from '#tests/fakes/electron-double.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { MonitorDouble } from '#tests/fakes/monitor-double.ts';
import { IpcGateway } from './ipc-gateway.ts';
import { NativeNotifier } from './native-notifier.ts';
import { DesktopWindows } from './window.ts';
import type { RestoredWindow, WindowState } from './window-states.ts';

let electron: ElectronDouble;
let monitor: MonitorDouble;
let clock: FakeClock;
/** What is in the file, and what the screens leave of it. */
let kept: readonly RestoredWindow[];
let written: readonly WindowState[] | null;

beforeEach(() => {
  electron = new ElectronDouble();
  monitor = new MonitorDouble();
  clock = new FakeClock();
  kept = [];
  written = null;
});

function openWindows(): DesktopWindows {
  const gateway = new IpcGateway({
    onLanguage: () => undefined,
    ipcMain: electron.ipcMain,
    monitor,
    defer: () => () => undefined,
    reportBug: (error) => {
      throw error;
    },
  });
  return new DesktopWindows({
    electron: electron.modules,
    appPath: '/app',
    statesFile: {
      read: () => kept,
      write: (windows) => {
        written = windows;
        return true;
      },
    },
    ...{ clock, gateway, onOpen: () => undefined },
  });
}

/** Two windows, each with its page's session open. The first is the one used last. */
async function openTwo(): Promise<DesktopWindows> {
  const windows = openWindows();
  await windows.restore();
  await windows.open({ id: 'b', layout: 'Night desk' });
  for (const { webContents } of electron.windows) {
    electron.ipcMain.emit(IPC.hubOpen, webContents.ipcEvent());
  }
  electron.windows[0]?.focus();
  return windows;
}

const bounds = (x: number, y = 50) => ({ x, y, width: 900, height: 600 });
const urls = () => electron.windows.flatMap(({ loadedUrls }) => loadedUrls);
const writtenIds = () => written?.map(({ id }) => id);

describe('several windows', () => {
  it('[N1] one notification for a fill; its click goes to the window used last', async () => {
    const windows = await openTwo();
    new NativeNotifier({
      notifications: electron.modules.Notification,
      monitor,
      clock,
      sayNotice: ({ title, body }) => ({ title, body }),
      onClick: (target) => void windows.reveal(target),
    });
    const fill: Notification = {
      id: 'n1',
      kind: 'fill',
      severity: 'info',
      title: 'Bought 0.01 BTC',
      body: '',
      source: { botId: 'grid', fillId: 'f1' },
      read: false,
      createdTime: clock.now(),
    };
    monitor.notify(fill);
    expect(monitor.sessions).toHaveLength(2);
    expect(electron.notifications).toHaveLength(1);
    electron.notifications[0]?.emit('click');
    await Promise.resolve();
    const revealed = electron.windows.map(({ webContents }) =>
      webContents.sent.map(({ args }) => args[0]),
    );
    expect(revealed).toEqual([[{ botId: 'grid', fillId: 'f1' }], []]);
  });

  it('when the one used last is closed, the other comes to the front', async () => {
    const windows = await openTwo();
    electron.windows[0]?.close();
    await windows.focus();
    expect(electron.windows.map(({ focusCount }) => focusCount)).toEqual([1, 1]);
    expect(electron.windows).toHaveLength(2);
  });

  it('close their own sessions only', async () => {
    await openTwo();
    electron.windows[0]?.close();
    expect(monitor.sessions.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('have each a name of their own; a new one stands beside the one used last', async () => {
    const windows = openWindows();
    await windows.restore();
    electron.windows[0]?.moveTo(bounds(300));
    await windows.open({ id: 'b', layout: 'Night desk' });
    expect(urls()).toEqual(['app://tapedeck/', 'app://tapedeck/?window=b&layout=Night+desk']);
    expect(electron.windows[1]?.options).toMatchObject({ x: 332, y: 82, width: 900, height: 600 });
  });

  it('have a new one in its usual place where it would be out of sight beside another', async () => {
    const windows = openWindows();
    await windows.restore();
    electron.windows[0]?.moveTo(bounds(300, 970));
    await windows.open({ id: 'b', layout: '' });
    expect(electron.windows[1]?.options.x).toBeUndefined();
  });
});

describe('windows of the last time', () => {
  it('are all there again, each in its place, and the one used last has the keyboard', async () => {
    kept = [
      { id: 'b', bounds: bounds(700), maximized: false },
      { id: null, bounds: bounds(100), maximized: true },
    ];
    await openWindows().restore();
    for (const window of electron.windows) window.emit('ready-to-show');
    expect(urls()).toEqual(['app://tapedeck/?window=b', 'app://tapedeck/']);
    expect(electron.windows.map(({ options }) => options.x)).toEqual([700, 100]);
    expect(electron.windows.map((one) => one.maximized)).toEqual([false, true]);
    expect(electron.windows.map((one) => one.wasShownInactive)).toEqual([true, false]);
  });

  it('are there in the usual place where the screen that they were on is gone', async () => {
    kept = [{ id: 'b', bounds: null, maximized: false }];
    await openWindows().restore();
    expect(urls()).toEqual(['app://tapedeck/?window=b']);
    expect(electron.windows[0]?.options).toMatchObject({ width: 1_440, height: 900 });
  });

  it('are beside one another where the screen that they were on is gone', async () => {
    kept = [
      { id: 'b', bounds: null, maximized: false },
      { id: null, bounds: bounds(100), maximized: false },
      { id: 'c', bounds: null, maximized: false },
      { id: 'd', bounds: null, maximized: false },
    ];
    await openWindows().restore();
    expect(electron.windows.map(({ options: { x, y } }) => [x, y])).toEqual([
      [undefined, undefined],
      [100, 50],
      [272, 122],
      [304, 154],
    ]);
  });

  it('are there without one that is closed while its page loads', async () => {
    kept = ['b', 'c'].map((id) => ({ id, bounds: bounds(100), maximized: false }));
    const { promise, resolve } = Promise.withResolvers<void>();
    electron.loaded = promise;
    const restored = openWindows().restore();
    electron.windows[0]?.close();
    resolve();
    await expect(restored).resolves.toBeUndefined();
    expect(writtenIds()).toEqual(['c']);
  });

  it('are those that were open when the app was quit, with their bounds', async () => {
    const windows = await openTwo();
    electron.windows[1]?.moveTo(bounds(500));
    windows.beginQuit();
    for (const window of electron.windows) window.close();
    expect(written?.map(({ id, bounds: { x } }) => [id, x])).toEqual([
      ['b', 500],
      [null, 10],
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('are without one that was closed while others were open, and with the last one', async () => {
    await openTwo();
    electron.windows[0]?.close();
    expect(writtenIds()).toEqual(['b']);
    electron.windows[1]?.close();
    expect(writtenIds()).toEqual(['b']);
  });

  it('are known when the app is killed: what was opened and moved is written soon', async () => {
    await openTwo();
    electron.windows[1]?.moveTo(bounds(500));
    expect(written).toBeNull();
    clock.advance(1_000);
    expect(written?.map(({ id, bounds: { x } }) => [id, x])).toEqual([
      ['b', 500],
      [null, 10],
    ]);
  });

  it('are known when the app is killed: which one was used last is written soon', async () => {
    await openTwo();
    clock.advance(1_000);
    expect(writtenIds()).toEqual(['b', null]);
    electron.windows[1]?.focus();
    clock.advance(1_000);
    expect(writtenIds()).toEqual([null, 'b']);
  });
});
