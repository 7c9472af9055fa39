import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Candle, type CandleInterval, candleOpenTime, INTERVAL_MS } from '#domain/candle.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import type { DemoMarket } from './demo-market.ts';
import type { FlowTrade } from './trade-flow.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** How far back the demo exchange keeps candles; seconds, of which nobody wants many, for an hour. */
const REACH_MS = 72 * HOUR_MS;
const SECONDS_REACH_MS = HOUR_MS;
/** So many minutes are made in one turn of the event loop: a few milliseconds. */
const MINUTES_A_TURN = 20;

/** A candle being summed up, in whole increments, so that sums are exact. */
interface Sum {
  openTime: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  buyVolume: number;
  tradeCount: number;
}

/** Finished minutes by open time; null where nothing was traded. They never change. */
type Minutes = Map<number, Sum | null>;

/**
 * What was made in this process, by seed and instrument: a day takes a third of a second, and feeds of one
 * seed have the same past.
 */
const made = new Map<string, Minutes>();

function minutesOf(key: string): Minutes {
  const known = made.get(key);
  if (known) return known;
  const minutes: Minutes = new Map();
  made.set(key, minutes);
  return minutes;
}

/** Candles of the past, made from the very trades that the exchange would have printed. */
export class DemoHistory {
  readonly #market: DemoMarket;
  readonly #minutes: Minutes;

  constructor(seed: number, market: DemoMarket) {
    this.#market = market;
    this.#minutes = minutesOf(`${seed} ${market.spec.instrument.id}`);
  }

  /** `now` bounds the range: the future is not told, although it could be. */
  async candles(
    interval: CandleInterval,
    fromTime: EpochMs,
    toTime: EpochMs,
    now: EpochMs,
  ): Promise<readonly Candle[]> {
    const intervalMs = INTERVAL_MS[interval];
    const unitMs = Math.min(intervalMs, MINUTE_MS);
    const reach = unitMs < MINUTE_MS ? SECONDS_REACH_MS : REACH_MS;
    const end = Math.floor(Math.min(toTime, now) / intervalMs) * intervalMs;
    const start = Math.ceil(Math.max(fromTime, now - reach) / intervalMs) * intervalMs;
    const candles: Candle[] = [];
    let current: Sum | null = null;
    for (let time = start, turn = 1; time < end; time += unitMs, turn++) {
      const part = unitMs < MINUTE_MS ? this.#sum(time, unitMs) : this.#minute(time);
      const openTime = candleOpenTime(time as EpochMs, interval);
      if (current !== null && current.openTime !== openTime) {
        candles.push(this.#candle(current));
        current = null;
      }
      if (part !== null) current = join(current, part, openTime);
      if (turn % MINUTES_A_TURN === 0) await nextTurn();
    }
    if (current !== null) candles.push(this.#candle(current));
    this.#forgetBefore(now - REACH_MS - MINUTE_MS);
    return candles;
  }

  #minute(openTime: number): Sum | null {
    const known = this.#minutes.get(openTime);
    if (known !== undefined) return known;
    const sum = this.#sum(openTime, MINUTE_MS);
    this.#minutes.set(openTime, sum);
    return sum;
  }

  #sum(openTime: number, lengthMs: number): Sum | null {
    let sum: Sum | null = null;
    for (let second = openTime / 1_000; second < (openTime + lengthMs) / 1_000; second++) {
      for (const trade of this.#market.flow.tradesOfSecond(second)) {
        sum ??= emptySum(openTime, trade.price);
        addTrade(sum, trade);
      }
    }
    return sum;
  }

  #candle(sum: Sum): Candle {
    const { priceScale, sizeScale } = this.#market.spec;
    return {
      openTime: sum.openTime as EpochMs,
      open: (sum.open / priceScale) as Price,
      high: (sum.high / priceScale) as Price,
      low: (sum.low / priceScale) as Price,
      close: (sum.close / priceScale) as Price,
      volume: sum.volume / sizeScale,
      buyVolume: sum.buyVolume / sizeScale,
      tradeCount: sum.tradeCount,
      isClosed: true,
    };
  }

  #forgetBefore(time: number): void {
    for (const openTime of this.#minutes.keys()) {
      if (openTime < time) this.#minutes.delete(openTime);
    }
  }
}

const emptySum = (openTime: number, price: number): Sum => ({
  ...{ openTime, open: price, high: price, low: price, close: price },
  ...{ volume: 0, buyVolume: 0, tradeCount: 0 },
});

function addTrade(sum: Sum, { price, size, isBuy }: FlowTrade): void {
  sum.high = Math.max(sum.high, price);
  sum.low = Math.min(sum.low, price);
  sum.close = price;
  sum.volume += size;
  if (isBuy) sum.buyVolume += size;
  sum.tradeCount += 1;
}

/** Adds `part` to `sum` in place. A part that begins a sum is copied: minutes are kept and shared. */
function join(sum: Sum | null, part: Sum, openTime = part.openTime): Sum {
  if (sum === null) return { ...part, openTime };
  sum.high = Math.max(sum.high, part.high);
  sum.low = Math.min(sum.low, part.low);
  sum.close = part.close;
  sum.volume += part.volume;
  sum.buyVolume += part.buyVolume;
  sum.tradeCount += part.tradeCount;
  return sum;
}
