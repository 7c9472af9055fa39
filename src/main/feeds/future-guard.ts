import type { Trade } from '#domain/trade.ts';

/** What a trade may be ahead of the others' clock. */
const MOST_AHEAD_MS = 60_000;
/** Clocks are set: where so many in a row are ahead, the next one is believed. */
const MOST_DOUBTED = 2;

/**
 * Refuses a trade that is told from the future: being the newest, it would hold the price where it is until
 * its time has come, while all that is traded meanwhile is taken for late. The exchange's clock is known by
 * its other trades, since ours may be wrong.
 */
export class FutureGuard {
  /** What trades were ahead of our clock at most. */
  #usualMs = 0;
  #doubted = 0;

  startConnection(): void {
    this.#usualMs = 0;
    this.#doubted = 0;
  }

  /** Null: it is believed. Else what is wrong with it. */
  refusalOf({ id, eventTime, receivedTime }: Trade): string | null {
    const aheadMs = eventTime - receivedTime;
    if (aheadMs > this.#usualMs + MOST_AHEAD_MS && this.#doubted < MOST_DOUBTED) {
      this.#doubted++;
      const seconds = Math.round(aheadMs / 1_000);
      return `trade ${id} is from the future, by ${seconds} s`;
    }
    this.#doubted = 0;
    this.#usualMs = Math.max(this.#usualMs, aheadMs);
    return null;
  }
}
