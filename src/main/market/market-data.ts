import type { BookChange } from '#contract/publications.ts';
import { CANDLE_INTERVALS, type CandleInterval } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import { InstrumentMarket } from './instrument-market.ts';
import type { MarketOutlet } from './market-outlet.ts';

/** The markets of all instruments that a feed has told of. */
export class MarketData {
  readonly #markets = new Map<InstrumentId, InstrumentMarket>();
  readonly #outlet: MarketOutlet | null;
  readonly #intervals: readonly CandleInterval[];

  /** `outlet` is null where nobody looks on; then candles of a few intervals may do. */
  constructor(
    outlet: MarketOutlet | null,
    intervals: readonly CandleInterval[] = CANDLE_INTERVALS,
  ) {
    this.#outlet = outlet;
    this.#intervals = intervals;
  }

  apply(event: MarketEvent): void {
    this.of(instrumentOf(event)).apply(event);
  }

  /** The market of an instrument; an empty one where nothing was seen yet. */
  of(id: InstrumentId): InstrumentMarket {
    let market = this.#markets.get(id);
    if (!market) {
      market = new InstrumentMarket(id, this.#outlet, this.#intervals);
      this.#markets.set(id, market);
    }
    return market;
  }

  /** The whole book as a fresh start for a subscriber; undefined while there is none. */
  bookChange(id: InstrumentId): BookChange | undefined {
    const snapshot = this.#markets.get(id)?.book.snapshot();
    if (!snapshot) return undefined;
    const { bids, asks, sequence } = snapshot;
    return { instrumentId: id, kind: 'snapshot', bids, asks, sequence };
  }
}
