import { intervalStart } from '#domain/candle.ts';
import type { TradeColumns } from './trade-columns.ts';

/**
 * A candle of some of the trades of its interval, with what it takes to merge it with the others':
 * when it opened and closed, and in which block. Prices and volumes as in `Candle`.
 */
export interface TapeCandle {
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly buyVolume: number;
  readonly tradeCount: number;
  /** Event time of the first trade and the block that it is in; of the last trade likewise. */
  readonly openedAt: number;
  readonly openSequence: number;
  readonly closedAt: number;
  readonly closeSequence: number;
}

/**
 * The sum of two volumes, to 15 digits. Decimal volumes have fewer, so that a sum of any number of
 * them comes out as the decimal that it is, whatever the order.
 */
const addVolumes = (a: number, b: number): number => Number((a + b).toPrecision(15));

/** Candles of one interval by open time, from blocks and from other candles, in whatever order. */
export class CandlePile {
  readonly intervalMs: number;
  readonly #candles = new Map<number, TapeCandle>();

  constructor(intervalMs: number) {
    this.intervalMs = intervalMs;
  }

  get size(): number {
    return this.#candles.size;
  }

  /** `candle` may be of a finer interval. */
  add(candle: TapeCandle): void {
    const openTime = intervalStart(candle.openTime, this.intervalMs);
    const known = this.#candles.get(openTime);
    if (known) this.#candles.set(openTime, merged(known, candle));
    else
      this.#candles.set(openTime, openTime === candle.openTime ? candle : { ...candle, openTime });
  }

  /** One pass over the columns; whole numbers are divided once a candle, not once a trade. */
  addColumns(columns: TradeColumns, sequence: number): void {
    const { count, eventTimes, prices, sizes, sides, priceDivisor, sizeDivisor } = columns;
    const intervalMs = this.intervalMs;
    for (let index = 0; index < count; ) {
      const openedFirst = eventTimes[index] ?? 0;
      const openTime = intervalStart(openedFirst, intervalMs);
      const end = openTime + intervalMs;
      const start = index;
      let openedAt = openedFirst;
      let closedAt = openedFirst;
      let open = prices[index] ?? 0;
      let high = open;
      let low = open;
      let close = open;
      let volume = 0;
      let sellVolume = 0;
      for (; index < count; index++) {
        const time = eventTimes[index] ?? 0;
        if (time < openTime || time >= end) break;
        const price = prices[index] ?? 0;
        if (price > high) high = price;
        else if (price < low) low = price;
        if (time >= closedAt) {
          close = price;
          closedAt = time;
        } else if (time < openedAt) {
          open = price;
          openedAt = time;
        }
        const size = sizes[index] ?? 0;
        volume += size;
        sellVolume += size * (((sides[index >> 3] ?? 0) >> (index & 7)) & 1);
      }
      this.add({
        ...{ openTime, openedAt, closedAt, openSequence: sequence, closeSequence: sequence },
        open: open / priceDivisor,
        high: high / priceDivisor,
        low: low / priceDivisor,
        close: close / priceDivisor,
        volume: volume / sizeDivisor,
        buyVolume: (volume - sellVolume) / sizeDivisor,
        tradeCount: index - start,
      });
    }
  }

  /** Oldest first. */
  list(): TapeCandle[] {
    return [...this.#candles.values()].sort((a, b) => a.openTime - b.openTime);
  }
}

/** The first trade by time, and of those of one moment the one recorded first, opens; the last closes. */
function merged(a: TapeCandle, b: TapeCandle): TapeCandle {
  const aOpens =
    a.openedAt < b.openedAt || (a.openedAt === b.openedAt && a.openSequence <= b.openSequence);
  const bCloses =
    b.closedAt > a.closedAt || (b.closedAt === a.closedAt && b.closeSequence >= a.closeSequence);
  const opening = aOpens ? a : b;
  const closing = bCloses ? b : a;
  return {
    openTime: a.openTime,
    open: opening.open,
    high: Math.max(a.high, b.high),
    low: Math.min(a.low, b.low),
    close: closing.close,
    volume: addVolumes(a.volume, b.volume),
    buyVolume: addVolumes(a.buyVolume, b.buyVolume),
    tradeCount: a.tradeCount + b.tradeCount,
    openedAt: opening.openedAt,
    openSequence: opening.openSequence,
    closedAt: closing.closedAt,
    closeSequence: closing.closeSequence,
  };
}
