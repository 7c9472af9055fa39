import type { Candle } from '#domain/candle.ts';
import { type Instrument, instrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { BookLevel } from '#domain/order-book.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import type { SeededRandom } from '../../../fuzz/random.ts';

const EXCHANGE = 'demo';
const LEVELS = 25;
/** Levels of each side that change their size with each step of the book. */
const RESIZED_LEVELS = 4;
/** How far a step of the book moves the price at most, in levels: a few go and a few come. */
const STRIDE = 3;
const MINUTE_MS = 60_000;
/** A trade's id tells when it was due, so that a screen that shows the id does: `id / IDS_A_MS`. */
export const IDS_A_MS = 100;

/** A level stands at each tenth increment of the price. */
const INCREMENTS_A_LEVEL = 10;

/** Sizes by price, in levels. */
type Ladder = Map<number, number>;

const termsOf = (index: number) => {
  const isFirst = index === 0;
  return {
    symbol: isFirst ? 'BTC/USDT' : `C${String(index).padStart(2, '0')}/USDT`,
    price: isFirst ? 60_000 : 20 * (1 + index * 7),
    scale: isFirst ? 1 : 100,
  };
};

/** One instrument of an invented market: prices walk, books follow, trades print at the touch. */
export class BusyInstrument {
  readonly instrument: Instrument;
  readonly #random: SeededRandom;
  readonly #scale: number;
  readonly #bids: Ladder = new Map();
  readonly #asks: Ladder = new Map();
  /** In levels: the best bid and ask lie one from it. */
  #middle: number;
  #sequence = 0;
  #lastId = 0;

  constructor(index: number, random: SeededRandom) {
    const { symbol, price, scale } = termsOf(index);
    const [base = ''] = symbol.split('/');
    this.instrument = {
      ...{ id: instrumentId(EXCHANGE, symbol), exchange: EXCHANGE, symbol, base, quote: 'USDT' },
      ...{ priceIncrement: 1 / (scale * INCREMENTS_A_LEVEL), sizeIncrement: 0.000_1 },
      ...{ minNotional: 5, makerFeeBps: 0.5, takerFeeBps: 5 },
    };
    this.#random = random;
    this.#scale = scale;
    this.#middle = price * scale;
  }

  /** Book and quote as a connection begins with them. */
  opening(time: EpochMs): MarketEvent[] {
    const { id: instrumentId } = this.instrument;
    const [bids, asks] = this.#move();
    const times = { eventTime: time, receivedTime: time };
    const snapshot = { instrumentId, bids, asks, sequence: this.#sequence, ...times };
    return [{ kind: 'bookSnapshot', snapshot }, this.#quote(time)];
  }

  /** The price moves, and the book with it. */
  step(time: EpochMs): MarketEvent[] {
    const { id: instrumentId } = this.instrument;
    this.#middle += this.#random.below(2 * STRIDE + 1) - STRIDE;
    const [bids, asks] = this.#move();
    const times = { eventTime: time, receivedTime: time };
    const delta = { instrumentId, bids, asks, sequence: this.#sequence, ...times };
    return [{ kind: 'bookDelta', delta }, this.#quote(time)];
  }

  trade(time: EpochMs, receivedTime: EpochMs): MarketEvent {
    const isBuy = this.#random.chance(0.5);
    this.#lastId = Math.max(this.#lastId + 1, time * IDS_A_MS);
    const trade: Trade = {
      instrumentId: this.instrument.id,
      id: String(this.#lastId),
      price: this.#price(this.#middle + (isBuy ? 1 : -1)),
      size: this.#size() as Size,
      aggressorSide: isBuy ? 'buy' : 'sell',
      eventTime: time,
      receivedTime,
    };
    return { kind: 'trade', trade };
  }

  /** Minutes that lead to the price of the start, oldest first. */
  minutes(fromTime: EpochMs, toTime: EpochMs): readonly Candle[] {
    const candles: Candle[] = [];
    let close = this.#middle;
    const end = Math.floor(toTime / MINUTE_MS) * MINUTE_MS;
    for (let openTime = end - MINUTE_MS; openTime >= fromTime; openTime -= MINUTE_MS) {
      const reach = 20 * STRIDE;
      const open = close + this.#random.below(2 * reach) - reach;
      const [low, high] = [Math.min(open, close) - reach / 2, Math.max(open, close) + reach / 2];
      const volume = 10 + this.#random.below(1_000);
      candles.push({
        openTime: openTime as EpochMs,
        ...{ open: this.#price(open), high: this.#price(high) },
        ...{ low: this.#price(low), close: this.#price(close) },
        ...{ volume, buyVolume: volume / 2, tradeCount: 6_000, isClosed: true },
      });
      close = open;
    }
    return candles.reverse();
  }

  /** Puts the ladders around the middle; answers what changed. */
  #move(): [bids: BookLevel[], asks: BookLevel[]] {
    this.#sequence += 1;
    return [this.#moveSide(this.#bids, -1), this.#moveSide(this.#asks, 1)];
  }

  #moveSide(ladder: Ladder, direction: 1 | -1): BookLevel[] {
    const changed: Ladder = new Map();
    const wanted = Array.from({ length: LEVELS }, (_, i) => this.#middle + direction * (1 + i));
    const isWanted = new Set(wanted);
    for (const level of ladder.keys()) if (!isWanted.has(level)) changed.set(level, 0);
    for (const level of wanted) if (!ladder.has(level)) changed.set(level, this.#size());
    for (let count = 0; count < RESIZED_LEVELS; count++) {
      changed.set(this.#random.pick(wanted), this.#size());
    }
    for (const [level, size] of changed) {
      if (size === 0) ladder.delete(level);
      else ladder.set(level, size);
    }
    return [...changed].map(([level, size]) => [this.#price(level), size]);
  }

  #quote(time: EpochMs): MarketEvent {
    const [bid, ask] = [this.#middle - 1, this.#middle + 1];
    const quote = {
      instrumentId: this.instrument.id,
      ...{ bidPrice: this.#price(bid), bidSize: (this.#bids.get(bid) ?? 0) as Size },
      ...{ askPrice: this.#price(ask), askSize: (this.#asks.get(ask) ?? 0) as Size },
      ...{ eventTime: time, receivedTime: time },
    };
    return { kind: 'quote', quote };
  }

  #price(level: number): Price {
    return (Math.round(level) / this.#scale) as Price;
  }

  #size(): number {
    return (1 + this.#random.below(20_000)) / 10_000;
  }
}
