import type { Publishable } from '#contract/publications.ts';
import type { CurrencyBalance } from '#domain/balance.ts';
import type { TimerClock } from '#domain/clock.ts';

/** Nobody reads more than twenty sums a second, and bots that report may change them a hundred times. */
const MIN_WINDOW_MS = 50;
/** Adding up a thousand bots takes milliseconds: the more there are, the less often it is done. */
const WINDOW_MS_A_BOT = 1;
const MAX_WINDOW_MS = 500;

export interface BalanceReporterOptions {
  readonly userId: string;
  readonly clock: TimerClock;
  readonly balances: () => readonly CurrencyBalance[];
  readonly publish: (item: Publishable) => void;
}

/**
 * Tells what a user's bots add up to, in the same moment as the bots that changed it: who sees a row and
 * the sum below it sees them agree. Of changes that follow at once it tells the last, a window later.
 */
export class BalanceReporter {
  readonly #options: BalanceReporterOptions;
  #toldTime = Number.NEGATIVE_INFINITY;
  #windowMs = 0;
  #cancel: (() => void) | undefined;

  constructor(options: BalanceReporterOptions) {
    this.#options = options;
  }

  /** A bot's money may have changed. */
  note(): void {
    this.#cancel ??= this.#options.clock.setTimeout(() => {
      this.#cancel = undefined;
      this.#report();
    }, this.#waitMs());
  }

  dispose(): void {
    this.#cancel?.();
  }

  /** Zero is after all that is told in this turn of the event loop. */
  #waitMs(): number {
    const sinceMs = this.#options.clock.now() - this.#toldTime;
    return sinceMs < 0 ? this.#windowMs : Math.max(0, this.#windowMs - sinceMs);
  }

  #report(): void {
    const { userId, balances, publish, clock } = this.#options;
    const told = balances();
    const count = told.reduce((sum, { bots }) => sum + bots, 0);
    this.#windowMs = Math.max(MIN_WINDOW_MS, Math.min(MAX_WINDOW_MS, count * WINDOW_MS_A_BOT));
    this.#toldTime = clock.now();
    publish({ of: 'balance', userId, balances: told });
  }
}
