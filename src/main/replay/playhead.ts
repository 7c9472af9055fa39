import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';

/**
 * How far a deck has come. Its time alone does not say it: of several trades of one millisecond some
 * may be played and some not. Nothing beyond it may leave the deck.
 */
export class Playhead {
  #time: EpochMs;
  /** Events played at exactly `#time`; null where all of them are. */
  #count: number | null = 0;
  /** Trades played at exactly `#time`; null where all of them are. */
  #playedNow: Map<InstrumentId, number> | null = new Map();

  /** Nothing of `time` is played yet. */
  constructor(time: EpochMs) {
    this.#time = time;
  }

  /** One that goes on from here by itself. */
  copy(): Playhead {
    const copy = new Playhead(this.#time);
    copy.#count = this.#count;
    copy.#playedNow = this.#playedNow && new Map(this.#playedNow);
    return copy;
  }

  get time(): EpochMs {
    return this.#time;
  }

  /**
   * How many events that are due at exactly `time` were played: those that come first. Null where all
   * of them were.
   */
  get count(): number | null {
    return this.#count;
  }

  /** One event due at `time` was played. */
  onPlayed(event: MarketEvent, time: EpochMs): void {
    if (time > this.#time) {
      this.#time = time;
      this.#playedNow = new Map();
      this.#count = 0;
    }
    if (this.#count !== null) this.#count += 1;
    if (event.kind !== 'trade' || !this.#playedNow) return;
    const { instrumentId } = event.trade;
    this.#playedNow.set(instrumentId, (this.#playedNow.get(instrumentId) ?? 0) + 1);
  }

  /** Everything before `time` was played and, where it is `inclusive`, what was due then. */
  reach(time: EpochMs, inclusive: boolean): void {
    if (time < this.#time) return;
    if (inclusive) {
      this.#playedNow = null;
      this.#count = null;
    } else if (time > this.#time) {
      this.#playedNow = new Map();
      this.#count = 0;
    }
    this.#time = time;
  }

  /** Leaves out of an instrument's trades, given by event time, those that are yet to come. */
  played(id: InstrumentId, trades: readonly Trade[]): readonly Trade[] {
    let left = this.#playedNow?.get(id) ?? 0;
    return trades.filter(({ eventTime }) => {
      if (eventTime !== this.#time) return eventTime < this.#time;
      return this.#playedNow === null || left-- > 0;
    });
  }
}
