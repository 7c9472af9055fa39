import type { Clock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import type { ElectronModules, ShellWindow } from './electron-modules.ts';

export interface CrashRecoveryOptions {
  readonly electron: Pick<ElectronModules, 'app' | 'dialog'>;
  readonly clock: Clock;
  /** Says it in the user's language. */
  readonly say: (sentence: string) => string;
}

/** Of one window: what ends one page may end those of all at once. */
const MOST_RELOADS = 3;
const WITHIN_MS = 60_000;

/**
 * Reloads a window whose page has died; the hub lives in this process and goes on. A page that
 * keeps dying is not reloaded for ever: the user decides.
 */
export class CrashRecovery {
  readonly #options: CrashRecoveryOptions;
  readonly #reloadTimes = new WeakMap<ShellWindow, readonly EpochMs[]>();

  constructor(options: CrashRecoveryOptions) {
    this.#options = options;
  }

  watch(window: ShellWindow): void {
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit' || window.isDestroyed()) return;
      if (this.#mayReload(window)) window.webContents.reload();
      else void this.#ask(window);
    });
  }

  #mayReload(window: ShellWindow): boolean {
    const now = this.#options.clock.now();
    const known = this.#reloadTimes.get(window) ?? [];
    const recent = known.filter((time) => time > now - WITHIN_MS);
    const isAllowed = recent.length < MOST_RELOADS;
    this.#reloadTimes.set(window, isAllowed ? [...recent, now] : recent);
    return isAllowed;
  }

  async #ask(window: ShellWindow): Promise<void> {
    const { say } = this.#options;
    const { app, dialog } = this.#options.electron;
    const { response } = await dialog.showMessageBox({
      message: say('The window keeps crashing.'),
      detail: say('The monitor itself goes on: bots run and fills are recorded.'),
      buttons: [say('Try again'), say('Quit Tapedeck')],
    });
    if (response === 1) app.quit();
    else if (!window.isDestroyed()) window.webContents.reload();
  }
}
