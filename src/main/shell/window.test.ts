import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { IPC } from '#contract/bridge.ts';
import type { Notification } from '#domain/notification.ts';
import { ElectronDouble } from '#tests/fakes/electron-double.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { MonitorDouble } from '#tests/fakes/monitor-double.ts';
import { IpcGateway } from './ipc-gateway.ts';
import { NativeNotifier } from './native-notifier.ts';
import { DesktopWindows } from './window.ts';
import { WindowStateFile } from './window-state.ts';

let electron: ElectronDouble;
let monitor: MonitorDouble;
let windows: DesktopWindows;

beforeEach(() => {
  electron = new ElectronDouble();
  monitor = new MonitorDouble();
  const gateway = new IpcGateway({
    onLanguage: () => undefined,
    ipcMain: electron.ipcMain,
    monitor,
    defer: () => () => undefined,
    reportBug: (error) => {
      throw error;
    },
  });
  windows = new DesktopWindows({
    electron: electron.modules,
    appPath: '/app',
    stateFile: new WindowStateFile(join(tmpdir(), 'tapedeck-no-such-folder/window.json')),
    gateway,
    onOpen: () => undefined,
  });
});

/** Two windows, each with its page's session open. The first is the one used last. */
const openTwo = async () => {
  const first = await windows.open();
  await windows.open();
  for (const { webContents } of electron.windows) {
    electron.ipcMain.emit(IPC.hubOpen, webContents.ipcEvent());
  }
  first.focus();
};
const revealed = () =>
  electron.windows.map(({ webContents }) => webContents.sent.map(({ args }) => args[0]));

describe('several windows', () => {
  it('[N1] one notification for a fill; its click goes to the window used last', async () => {
    await openTwo();
    new NativeNotifier({
      notifications: electron.modules.Notification,
      monitor,
      clock: new FakeClock(),
      say: (sentence) => sentence,
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
      createdTime: new FakeClock().now(),
    };
    monitor.notify(fill);
    expect(monitor.sessions).toHaveLength(2);
    expect(electron.notifications).toHaveLength(1);
    electron.notifications[0]?.emit('click');
    expect(revealed()).toEqual([[{ botId: 'grid', fillId: 'f1' }], []]);
  });

  it('when the one used last is closed, the other comes to the front', async () => {
    await openTwo();
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
});

describe('a window', () => {
  it('shows the layout that it was opened for, the first one the one that was kept', async () => {
    await windows.open();
    await windows.open('Night desk');
    expect(electron.windows.map(({ loadedUrls }) => loadedUrls)).toEqual([
      ['app://tapedeck/'],
      ['app://tapedeck/?layout=Night+desk'],
    ]);
  });

  it('is shown maximised if it was closed so', async () => {
    const stateFile = { read: () => ({ bounds, maximized: true }), write: () => true };
    const bounds = { x: 0, y: 0, width: 900, height: 600 };
    const gateway = { attach: () => undefined, reveal: () => undefined };
    const maximising = new DesktopWindows({
      electron: electron.modules,
      appPath: '/app',
      stateFile,
      gateway,
      onOpen: () => undefined,
    });
    await maximising.open();
    electron.windows[0]?.emit('ready-to-show');
    expect(electron.windows[0]).toMatchObject({ maximized: true, isVisible: true });
  });
});
