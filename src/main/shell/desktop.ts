import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  Tray,
} from 'electron';
import { systemClock } from '#main/telemetry/system-clock.ts';
import type { StartMonitor } from './dependencies.ts';
import type { ElectronModules } from './electron-modules.ts';
import { runDesktop } from './lifecycle.ts';

const electron: ElectronModules = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  Tray,
};

/** Starts the desktop app in Electron's main process; to be called before Electron is ready. */
export function startDesktop({ startMonitor }: { readonly startMonitor: StartMonitor }): void {
  void runDesktop({
    electron,
    startMonitor,
    clock: systemClock,
    platform: process.platform,
    defer: (callback) => {
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    },
    reportBug: (error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    },
  });
}
