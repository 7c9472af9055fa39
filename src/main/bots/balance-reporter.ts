import type { Publishable } from '#contract/publications.ts';
import type { CurrencyBalance } from '#domain/balance.ts';
import type { TimerClock } from '#domain/clock.ts';

const WINDOW_MS = 500;

export interface BalanceReporterOptions {
  readonly userId: string;
  readonly clock: TimerClock;
  readonly balances: () => readonly CurrencyBalance[];
  readonly publish: (item: Publishable) => void;
}

/** Tells what a user's bots add up to, some time after any of them changed. */
export class BalanceReporter {
  readonly #options: BalanceReporterOptions;
  #cancel: (() => void) | undefined;

  constructor(options: BalanceReporterOptions) {
    this.#options = options;
  }

  /** A bot's money may have changed. */
  note(): void {
    this.#cancel ??= this.#options.clock.setTimeout(() => {
      this.#cancel = undefined;
      this.#report();
    }, WINDOW_MS);
  }

  dispose(): void {
    this.#cancel?.();
  }

  #report(): void {
    const { userId, balances, publish } = this.#options;
    publish({ of: 'balance', userId, balances: balances() });
  }
}
