import type { RevealTarget } from '#contract/bridge.ts';
import type { TimerClock } from '#domain/clock.ts';
import { APP_ORIGIN } from './app-origin.ts';
import type { ElectronModules, ShellWindow } from './electron-modules.ts';
import type { IpcGateway } from './ipc-gateway.ts';
import type { AskedWindow } from './web-contents-policy.ts';
import { windowOptions } from './window-options.ts';
import { CASCADE_PX, cascaded } from './window-places.ts';
import { isOnScreen, type RestoredWindow, type WindowStatesFile } from './window-states.ts';

export interface DesktopWindowsOptions {
  readonly electron: Pick<ElectronModules, 'BrowserWindow' | 'screen'>;
  /** The folder of package.json, or the asar archive in its place. */
  readonly appPath: string;
  readonly statesFile: Pick<WindowStatesFile, 'read' | 'write'>;
  readonly clock: Pick<TimerClock, 'setTimeout'>;
  readonly gateway: Pick<IpcGateway, 'attach' | 'reveal'>;
  /** Told of each new window, to watch over it. */
  readonly onOpen: (window: ShellWindow) => void;
}

/** A window is moved in many small steps, and may be killed with the machine. */
const KEPT_AFTER_MS = 1_000;
const FIRST: RestoredWindow = { id: null, bounds: null, maximized: false };

/** The windows, of which there is usually one. Those that are open at the end are there again at the start. */
export class DesktopWindows {
  readonly #options: DesktopWindowsOptions;
  /** With the name that its page keeps its layout under. The one used last comes last. */
  readonly #windows = new Map<ShellWindow, string | null>();
  #cancelKeep: (() => void) | null = null;
  #isQuitting = false;

  constructor(options: DesktopWindowsOptions) {
    this.#options = options;
  }

  /** Opens the windows of the last time, at first one; rejects if the page cannot be loaded. */
  async restore(): Promise<void> {
    const workAreas = this.#workAreas();
    const kept = this.#options.statesFile.read(workAreas);
    const windows = kept.length > 0 ? cascaded(kept, workAreas) : [FIRST];
    const last = windows.length - 1;
    await Promise.all(windows.map((state, index) => this.#open(state, index === last)));
  }

  /** Opens one more window; rejects if the page cannot be loaded. */
  async open({ id, layout }: AskedWindow): Promise<void> {
    const beside = this.#lastUsed()?.getNormalBounds();
    const bounds = beside && {
      ...beside,
      ...{ x: beside.x + CASCADE_PX, y: beside.y + CASCADE_PX },
    };
    const isSeen = bounds !== undefined && isOnScreen(bounds, this.#workAreas());
    await this.#open({ ...FIRST, id, bounds: isSeen ? bounds : null }, true, layout);
  }

  /** Brings the window used last to the front, or opens those of the last time. */
  async focus(): Promise<void> {
    const window = this.#lastUsed();
    if (window) bringToFront(window);
    else await this.restore();
  }

  /** Shows what a notification was about. */
  async reveal(target: RevealTarget): Promise<void> {
    if (!this.#lastUsed()) await this.restore();
    const window = this.#lastUsed();
    if (!window) return;
    bringToFront(window);
    this.#options.gateway.reveal(window.webContents, target);
  }

  /** The app ends with all windows that are open now: each that is closed from here on comes back. */
  beginQuit(): void {
    this.#keep();
    this.#isQuitting = true;
  }

  async #open(state: RestoredWindow, isActive: boolean, layout?: string): Promise<void> {
    const { electron, appPath, gateway, onOpen } = this.#options;
    const window = new electron.BrowserWindow(windowOptions(appPath, state.bounds));
    this.#windows.set(window, state.id);
    gateway.attach(window.webContents);
    window.once('ready-to-show', () => {
      if (state.maximized) window.maximize();
      if (isActive) window.show();
      else window.showInactive();
    });
    this.#watch(window);
    onOpen(window);
    if (await isLoaded(window, addressOf(state.id, layout))) this.#keepSoon();
  }

  #watch(window: ShellWindow): void {
    window.on('focus', () => this.#markUsed(window));
    window.on('move', () => this.#keepSoon());
    window.on('resize', () => this.#keepSoon());
    window.on('close', () => {
      // One of several that the user closes is done with; the last one is there again at the next start.
      if (!this.#isQuitting && this.#windows.size > 1) this.#windows.delete(window);
      this.#keep();
    });
    window.on('closed', () => this.#windows.delete(window));
  }

  #keepSoon(): void {
    if (this.#isQuitting) return;
    this.#cancelKeep ??= this.#options.clock.setTimeout(() => this.#keep(), KEPT_AFTER_MS);
  }

  #keep(): void {
    this.#cancelKeep?.();
    this.#cancelKeep = null;
    if (this.#isQuitting) return;
    const states = [...this.#windows]
      .filter(([window]) => !window.isDestroyed())
      .map(([window, id]) => ({
        ...{ id, bounds: window.getNormalBounds(), maximized: window.isMaximized() },
      }));
    if (states.length > 0) this.#options.statesFile.write(states);
  }

  #markUsed(window: ShellWindow): void {
    const id = this.#windows.get(window);
    if (id === undefined) return;
    this.#windows.delete(window);
    this.#windows.set(window, id);
    this.#keepSoon();
  }

  #lastUsed(): ShellWindow | undefined {
    return [...this.#windows.keys()].findLast((window) => !window.isDestroyed());
  }

  #workAreas() {
    return this.#options.electron.screen.getAllDisplays().map(({ workArea }) => workArea);
  }
}

/** False where the window was closed before its page was there; rejects if that cannot be loaded. */
async function isLoaded(window: ShellWindow, url: string): Promise<boolean> {
  const { webContents } = window;
  try {
    await window.loadURL(url);
    return true;
  } catch (error) {
    if (window.isDestroyed() || webContents.isDestroyed()) return false;
    throw error;
  }
}

function bringToFront(window: ShellWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** The page's own: which window it is, and the saved layout that a new one begins with. */
function addressOf(id: string | null, layout: string | undefined): string {
  const search = new URLSearchParams({
    ...(id !== null && { window: id }),
    ...(layout !== undefined && { layout }),
  }).toString();
  return `${APP_ORIGIN}/${search === '' ? '' : `?${search}`}`;
}
