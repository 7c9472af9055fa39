import type { InstrumentId } from '#domain/instrument.ts';
import type { Bot } from './bot.ts';

/** Which bots are brought the events of which market, and in which order. */
export class BotsOnMarket {
  readonly #bots = new Map<InstrumentId, Set<Bot>>();
  /** What was asked for last: a backtest asks for the same one millions of times. */
  #lastId: InstrumentId | null = null;
  #last: Set<Bot> | undefined;

  /** Undefined where nothing may happen to any. */
  of(id: InstrumentId): Iterable<Bot> | undefined {
    if (id !== this.#lastId) {
      this.#lastId = id;
      this.#last = this.#bots.get(id);
    }
    return this.#last;
  }

  *[Symbol.iterator](): Iterator<Bot> {
    for (const bots of this.#bots.values()) yield* bots;
  }

  /**
   * Puts a bot where it belongs: on its market while it runs, or holds something, or waits for its
   * hours, which come by the market's time.
   */
  place(bot: Bot): void {
    const { instrumentId } = bot.config;
    const bots = this.#bots.get(instrumentId) ?? new Set();
    this.#bots.set(instrumentId, bots);
    this.#lastId = null;
    if (bot.run || !bot.isFlat || bot.standing.pausedBy === 'schedule') bots.add(bot);
    else bots.delete(bot);
  }

  remove(bot: Bot): void {
    this.#bots.get(bot.config.instrumentId)?.delete(bot);
  }

  /** Ids, each market's bots one behind the other. */
  order(): readonly string[] {
    return [...this].map(({ id }) => id);
  }

  resumeOrder(order: readonly string[]): void {
    this.#lastId = null;
    const rank = new Map(order.map((id, index) => [id, index]));
    const rankOf = ({ id }: Bot) => rank.get(id) ?? order.length;
    for (const [id, bots] of this.#bots) {
      this.#bots.set(id, new Set([...bots].sort((a, b) => rankOf(a) - rankOf(b))));
    }
  }
}
