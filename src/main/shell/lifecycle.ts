import { join } from 'node:path';
import { fail, type Result } from '#contract/errors.ts';
import type { TimerClock } from '#domain/clock.ts';
import { APP_ID } from './app-origin.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { CrashRecovery } from './crash-recovery.ts';
import type { MonitorForShell, StartMonitor } from './dependencies.ts';
import type { ElectronModules } from './electron-modules.ts';
import { IpcGateway } from './ipc-gateway.ts';
import { NativeNotifier } from './native-notifier.ts';
import type { Defer } from './page-session.ts';
import { zoomByKeys } from './page-zoom.ts';
import { flushBeforeQuit } from './quit-flush.ts';
import { ShellWords } from './shell-words.ts';
import { createTray } from './tray.ts';
import { confineWebContents, denyPermissions } from './web-contents-policy.ts';
import { DesktopWindows } from './window.ts';
import { WindowStatesFile } from './window-states.ts';

export interface DesktopOptions {
  readonly electron: ElectronModules;
  readonly startMonitor: StartMonitor;
  readonly clock: TimerClock;
  readonly defer: Defer;
  readonly platform: NodeJS.Platform;
  readonly reportBug: (error: unknown) => void;
}

/** Above one sentence that a user can act on, never a stack trace. */
const FAILED_TITLE = 'Tapedeck could not start';

/** The desktop app from launch to quit. Must be called before Electron is ready. */
export async function runDesktop(options: DesktopOptions): Promise<void> {
  const { electron, platform } = options;
  const { app } = electron;
  registerAppScheme(electron.protocol);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.setAppUserModelId(APP_ID);
  app.enableSandbox();
  // There is no page, and so nobody to ask, before there are windows.
  let windows: DesktopWindows | null = null;
  confineWebContents(app, (asked) => void windows?.open(asked).catch(options.reportBug));
  // The monitor starts while Chromium does.
  const [started] = await Promise.all([startSafely(options), app.whenReady()]);
  const words = new ShellWords(app.getPreferredSystemLanguages());
  if (!started.ok) {
    electron.dialog.showErrorBox(words.say(FAILED_TITLE), words.say(started.error.message));
    app.exit(1);
    return;
  }
  denyPermissions(electron.session.defaultSession);
  serveApp(electron.protocol, join(app.getAppPath(), 'out/renderer'));
  if (platform !== 'darwin') electron.Menu.setApplicationMenu(null);
  await openDesktop({ ...options, words }, started.value, (made) => {
    windows = made;
  });
}

async function openDesktop(
  options: DesktopOptions & { readonly words: ShellWords },
  monitor: MonitorForShell,
  onWindows: (windows: DesktopWindows) => void,
): Promise<void> {
  const { electron, clock, reportBug, words } = options;
  const { say } = words;
  const { app } = electron;
  const gateway = new IpcGateway({
    ...{ ...options, ipcMain: electron.ipcMain, monitor },
    onLanguage: (language) => words.speak(language),
  });
  const recovery = new CrashRecovery({ electron, clock, say });
  const windows = new DesktopWindows({
    electron,
    appPath: app.getAppPath(),
    statesFile: new WindowStatesFile(join(app.getPath('userData'), 'window.json')),
    clock,
    gateway,
    onOpen: (window) => {
      recovery.watch(window);
      if (options.platform !== 'darwin') zoomByKeys(window.webContents);
    },
  });
  onWindows(windows);
  const notifier = new NativeNotifier({
    notifications: electron.Notification,
    monitor,
    clock,
    sayNotice: words.sayNotice,
    onClick: (target) => void windows.reveal(target).catch(reportBug),
  });
  const show = () => void windows.focus().catch(reportBug);
  const actions = { show, quit: () => app.quit() };
  const tray = createTray(electron, app.getAppPath(), actions, words);
  const quit = flushBeforeQuit({
    app,
    monitor,
    clock,
    reportBug,
    onQuit: () => {
      notifier.dispose();
      words.dispose();
      tray.destroy();
    },
  });
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('before-quit', () => windows.beginQuit());
  app.on('window-all-closed', () => {
    if (options.platform !== 'darwin') app.quit();
  });
  electron.powerMonitor.on('resume', () => monitor.resume());
  await windows.restore().catch((error: unknown) => {
    reportBug(error);
    electron.dialog.showErrorBox(
      say(FAILED_TITLE),
      say('Its window could not be loaded: reinstall Tapedeck.'),
    );
    quit(1);
  });
}

async function startSafely({
  electron,
  startMonitor,
  reportBug,
}: DesktopOptions): Promise<Result<MonitorForShell>> {
  try {
    return await startMonitor(electron.app.getPath('userData'));
  } catch (error) {
    reportBug(error);
    return fail('internal', 'Something unexpected went wrong; the log says what.');
  }
}
