import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IPC } from '#contract/bridge.ts';
import { fail, succeed } from '#contract/errors.ts';
import type { Notification } from '#domain/notification.ts';
import { ElectronDouble } from '#tests/fakes/electron-double.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { MonitorDouble } from '#tests/fakes/monitor-double.ts';
import type { StartMonitor } from './dependencies.ts';
import { runDesktop } from './lifecycle.ts';

let electron: ElectronDouble;
let monitor: MonitorDouble;
let clock: FakeClock;
let bugs: unknown[];
let startedWith: string[];

beforeEach(() => {
  electron = new ElectronDouble();
  electron.app.userDataPath = mkdtempSync(join(tmpdir(), 'tapedeck-desktop-'));
  monitor = new MonitorDouble();
  clock = new FakeClock();
  bugs = [];
  startedWith = [];
});
afterEach(() => rmSync(electron.app.userDataPath, { recursive: true }));

const startsWell: StartMonitor = async (dataDirectory) => {
  startedWith.push(dataDirectory);
  return succeed(monitor);
};
const launch = (startMonitor = startsWell, platform: NodeJS.Platform = 'linux') =>
  runDesktop({
    electron: electron.modules,
    startMonitor,
    clock,
    platform,
    defer: () => () => undefined,
    reportBug: (error) => bugs.push(error),
  });
const run = async (startMonitor = startsWell, platform: NodeJS.Platform = 'linux') => {
  const running = launch(startMonitor, platform);
  electron.app.becomeReady();
  await running;
};
/** Lets the promises of a flush run to their end. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const theWindow = () => {
  const [window] = electron.windows;
  if (!window) throw new Error('no window was opened');
  return window;
};
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

describe('start', () => {
  it('does all that must come before Electron is ready before it is', async () => {
    const running = launch();
    expect(electron.protocol.schemes.map(({ scheme }) => scheme)).toEqual(['app']);
    expect(electron.app.sandboxed).toBe(true);
    expect(electron.app.userModelId).toBe('dev.tapedeck.app');
    expect(startedWith).toEqual([electron.app.userDataPath]);
    expect(electron.windows).toEqual([]);
    electron.app.becomeReady();
    await running;
    expect(electron.windows).toHaveLength(1);
  });

  it('opens one sandboxed, isolated window on our page, and shows it when it is painted', async () => {
    await run();
    const window = theWindow();
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      preload: join('/app', 'out/preload/index.cjs'),
    });
    expect(window.options).toMatchObject({ show: false, backgroundColor: '#0b0c0e' });
    expect(window.loadedUrls).toEqual(['app://tapedeck/']);
    expect(window.isVisible).toBe(false);
    window.emit('ready-to-show');
    expect(window.isVisible).toBe(true);
  });

  it('confines the page: no navigation, no window, no permission', async () => {
    await run();
    expect(theWindow().webContents.isAllowed('will-navigate')).toBe(false);
    expect(theWindow().webContents.tryOpenWindow('https://example.com')).toBe('deny');
    const { check } = electron.defaultSession;
    expect(check?.(null, 'media', 'app://tapedeck', { isMainFrame: true })).toBe(false);
  });

  it('says in one sentence why it cannot start, and ends with an error', async () => {
    await run(async () => fail('unavailable', 'The data directory is read-only.'));
    expect(electron.errorBoxes).toEqual([
      { title: 'Tapedeck could not start', content: 'The data directory is read-only.' },
    ]);
    expect(electron.app.exitCode).toBe(1);
    expect(electron.windows).toEqual([]);
  });

  it('shows no stack trace when the start fails by a bug', async () => {
    const bug = new Error('Invariant broken: at /home/me/secret.ts');
    await run(() => Promise.reject(bug));
    expect(electron.errorBoxes[0]?.content).not.toMatch(/Invariant|secret/);
    expect(electron.app.exitCode).toBe(1);
    expect(bugs).toEqual([bug]);
  });

  it('flushes what has started when the page cannot be loaded', async () => {
    electron.nextLoadError = new Error('ERR_FILE_NOT_FOUND');
    await run();
    await settle();
    expect(electron.errorBoxes).toHaveLength(1);
    expect([monitor.closes, electron.app.exitCode]).toEqual([1, 1]);
  });

  it('goes on where the only window is closed before its page is there', async () => {
    electron.loaded = Promise.withResolvers<void>().promise;
    const running = run(startsWell, 'darwin');
    await settle();
    theWindow().close();
    await running;
    expect([electron.errorBoxes, bugs, monitor.closes]).toEqual([[], [], 0]);
  });

  it('leaves the data to the instance that runs already', async () => {
    electron.app.hasLock = false;
    await run();
    expect(startedWith).toEqual([]);
    expect(electron.app.exitCode).toBe(0);
  });
});

describe('running', () => {
  it('brings the window to the front when it is launched a second time', async () => {
    await run();
    theWindow().minimized = true;
    electron.app.emit('second-instance');
    expect([theWindow().minimized, theWindow().focusCount]).toEqual([false, 1]);
    expect(electron.windows).toHaveLength(1);
  });

  it('[N1] a click on it focuses the window and reveals the bot at that fill', async () => {
    await run();
    electron.ipcMain.emit(IPC.hubOpen, theWindow().webContents.ipcEvent());
    monitor.notify(fill);
    electron.notifications[0]?.emit('click');
    await settle();
    expect(theWindow().focusCount).toBe(1);
    expect(theWindow().webContents.sent).toEqual([
      { channel: IPC.reveal, args: [{ botId: 'grid', fillId: 'f1' }] },
    ]);
  });

  it('[N1] a click with no window left opens one, which reveals it when loaded', async () => {
    await run(startsWell, 'darwin');
    theWindow().close();
    monitor.notify(fill);
    electron.notifications[0]?.emit('click');
    await settle();
    const [, second] = electron.windows;
    electron.ipcMain.emit(IPC.hubOpen, second?.webContents.ipcEvent());
    expect(second?.webContents.sent.map(({ channel }) => channel)).toEqual([IPC.reveal]);
  });

  it('reloads a dead page without closing the monitor', async () => {
    await run();
    theWindow().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(theWindow().webContents.reloads).toBe(1);
    expect(monitor.closes).toBe(0);
  });

  it.each([
    ['linux', 0.5],
    ['darwin', 0],
  ] as const)(
    'has keys for the size of the page where there is no menu: %s',
    async (platform, level) => {
      await run(startsWell, platform);
      const { webContents } = theWindow();
      webContents.press({ type: 'keyDown', control: true, alt: false, key: '+' });
      expect(webContents.getZoomLevel()).toBe(level);
    },
  );

  it('reconnects the feeds when the machine wakes', async () => {
    await run();
    electron.powerMonitor.emit('resume');
    expect(monitor.resumes).toBe(1);
  });

  it('opens the next window where the last one was', async () => {
    await run(startsWell, 'darwin');
    theWindow().bounds = { x: 300, y: 200, width: 900, height: 600 };
    theWindow().close();
    electron.app.emit('activate');
    expect(electron.windows[1]?.options).toMatchObject({ x: 300, y: 200, width: 900, height: 600 });
  });

  it('opens all windows again at the next start, each where it was and with its own page', async () => {
    await run();
    theWindow().webContents.tryOpenWindow('app://tapedeck/?window=k3v9&layout=Night');
    await settle();
    electron.windows[1]?.moveTo({ x: 500, y: 100, width: 900, height: 600 });
    electron.app.quit();
    await settle();
    const { userDataPath } = electron.app;
    electron = new ElectronDouble();
    electron.app.userDataPath = userDataPath;
    await run();
    const seen = electron.windows.map(({ loadedUrls, options: { x } }) => [...loadedUrls, x]);
    expect(seen).toEqual([
      ['app://tapedeck/', 10],
      ['app://tapedeck/?window=k3v9', 500],
    ]);
  });

  it('opens the one that was left where the other one was closed before the end', async () => {
    await run();
    theWindow().webContents.tryOpenWindow('app://tapedeck/?window=k3v9&layout=');
    await settle();
    theWindow().close();
    electron.app.quit();
    await settle();
    const { userDataPath } = electron.app;
    electron = new ElectronDouble();
    electron.app.userDataPath = userDataPath;
    await run();
    expect(electron.windows.map(({ loadedUrls }) => loadedUrls)).toEqual([
      ['app://tapedeck/?window=k3v9'],
    ]);
  });

  it('shows and quits from the tray', async () => {
    await run();
    expect(electron.trayMenu.map(({ label }) => label)).toEqual(['Show Tapedeck', 'Quit']);
    electron.trayMenu[0]?.click();
    expect(theWindow().focusCount).toBe(1);
    electron.trayMenu[1]?.click();
    await settle();
    expect(electron.app.exitCode).toBe(0);
  });

  it('speaks in the tray as the system does, and as the window from when it has said how', async () => {
    electron.app.systemLanguages = ['ko-KR'];
    await run();
    const labels = () => electron.trayMenu.map(({ label }) => label);
    expect(labels()).toEqual(['Tapedeck 열기', '종료']);
    electron.ipcMain.emit(IPC.language, theWindow().webContents.ipcEvent(), 'en');
    expect(labels()).toEqual(['Show Tapedeck', 'Quit']);
  });
});

describe('quit', () => {
  it('waits for the monitor to be on disk', async () => {
    await run();
    const { promise, resolve } = Promise.withResolvers<void>();
    monitor.flushed = promise;
    electron.app.quit();
    await settle();
    expect([monitor.closes, electron.app.exitCode]).toEqual([1, null]);
    resolve();
    await settle();
    expect(electron.app.exitCode).toBe(0);
    expect([clock.pendingTimers, monitor.listeners]).toEqual([0, 0]);
    expect(electron.trays.map(({ destroyed }) => destroyed)).toEqual([true]);
  });

  it('gives up after three seconds, with an error', async () => {
    await run();
    monitor.flushed = Promise.withResolvers<void>().promise;
    electron.app.quit();
    clock.advance(2_999);
    await settle();
    expect(electron.app.exitCode).toBeNull();
    clock.advance(1);
    await settle();
    expect(electron.app.exitCode).toBe(1);
  });

  it('flushes once, however often it is asked to quit', async () => {
    await run();
    electron.app.quit();
    electron.app.quit();
    await settle();
    expect(monitor.closes).toBe(1);
  });

  it('says so by its exit code when the flush fails', async () => {
    await run();
    monitor.flushed = Promise.reject(new Error('disk full'));
    electron.app.quit();
    await settle();
    expect(electron.app.exitCode).toBe(1);
    expect(bugs).toHaveLength(1);
  });

  it.each([
    ['linux', 0],
    ['win32', 0],
    ['darwin', null],
  ] as const)('on %s, closing the last window ends with %s', async (platform, exitCode) => {
    await run(startsWell, platform);
    theWindow().close();
    electron.app.emit('window-all-closed');
    await settle();
    expect(electron.app.exitCode).toBe(exitCode);
  });
});
