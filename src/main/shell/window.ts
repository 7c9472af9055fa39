import { join } from 'node:path';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { RevealTarget } from '#contract/bridge.ts';
import { APP_ORIGIN } from './app-origin.ts';
import type { ElectronModules, ShellWindow } from './electron-modules.ts';
import type { IpcGateway } from './ipc-gateway.ts';
import type { WindowState, WindowStateFile } from './window-state.ts';

export interface DesktopWindowsOptions {
  readonly electron: Pick<ElectronModules, 'BrowserWindow' | 'screen'>;
  /** The folder of package.json, or the asar archive in its place. */
  readonly appPath: string;
  readonly stateFile: Pick<WindowStateFile, 'read' | 'write'>;
  readonly gateway: Pick<IpcGateway, 'attach' | 'reveal'>;
  /** Told of each new window, to watch over it. */
  readonly onOpen: (window: ShellWindow) => void;
}

/** The page's ground, so that a window never flashes white before its first paint. */
const BACKGROUND_COLOR = '#0b0c0e';
const DEFAULT_SIZE = { width: 1_440, height: 900 };

/** The windows, of which there is usually one. */
export class DesktopWindows {
  readonly #options: DesktopWindowsOptions;
  /** The one used last comes last. */
  readonly #windows = new Set<ShellWindow>();

  constructor(options: DesktopWindowsOptions) {
    this.#options = options;
  }

  /**
   * Opens a window and loads the page into it, with a layout of its own where one is named; rejects if
   * the page cannot be loaded.
   */
  async open(layout?: string): Promise<ShellWindow> {
    const { electron, appPath, stateFile, gateway, onOpen } = this.#options;
    const state = stateFile.read(electron.screen.getAllDisplays().map(({ workArea }) => workArea));
    const window = new electron.BrowserWindow(windowOptions(appPath, state));
    this.#windows.add(window);
    gateway.attach(window.webContents);
    window.once('ready-to-show', () => {
      if (state?.maximized) window.maximize();
      window.show();
    });
    window.on('focus', () => this.#markUsed(window));
    window.on('close', () => {
      stateFile.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    });
    window.on('closed', () => this.#windows.delete(window));
    onOpen(window);
    const search = layout === undefined ? '' : `?${new URLSearchParams({ layout })}`;
    await window.loadURL(`${APP_ORIGIN}/${search}`);
    return window;
  }

  /** Brings the window used last to the front, or opens one. */
  async focus(): Promise<void> {
    const window = this.#lastUsed();
    if (window) bringToFront(window);
    else await this.open();
  }

  /** Shows what a notification was about. */
  async reveal(target: RevealTarget): Promise<void> {
    const window = this.#lastUsed() ?? (await this.open());
    bringToFront(window);
    this.#options.gateway.reveal(window.webContents, target);
  }

  #markUsed(window: ShellWindow): void {
    this.#windows.delete(window);
    this.#windows.add(window);
  }

  #lastUsed(): ShellWindow | undefined {
    return [...this.#windows].findLast((window) => !window.isDestroyed());
  }
}

function bringToFront(window: ShellWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function windowOptions(
  appPath: string,
  state: WindowState | null,
): BrowserWindowConstructorOptions {
  return {
    ...(state?.bounds ?? DEFAULT_SIZE),
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
  };
}
