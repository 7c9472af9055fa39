import { join } from 'node:path';
import type { BrowserWindowConstructorOptions } from 'electron';
import { DEFAULT_SIZE } from './window-places.ts';
import type { Bounds } from './window-states.ts';

/** The page's ground, so that a window never flashes white before its first paint. */
const BACKGROUND_COLOR = '#0b0c0e';

/** A sandboxed, isolated window; without bounds in the middle of the screen. */
export const windowOptions = (
  appPath: string,
  bounds: Bounds | null,
): BrowserWindowConstructorOptions => ({
  ...(bounds ?? DEFAULT_SIZE),
  minWidth: 800,
  minHeight: 560,
  show: false,
  title: 'Tapedeck',
  backgroundColor: BACKGROUND_COLOR,
  autoHideMenuBar: true,
  icon: join(appPath, 'resources/icons/256x256.png'),
  webPreferences: {
    preload: join(appPath, 'out/preload/index.cjs'),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    spellcheck: false,
  },
});
