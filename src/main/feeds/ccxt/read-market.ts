import type { Ticker as CcxtTicker, Trade as CcxtTrade } from 'ccxt';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Quote } from '#domain/quote.ts';
import type { Trade } from '#domain/trade.ts';
import { type EpochMs, isSize, type Size } from '#domain/units.ts';
import {
  isExchangeTime,
  isTradedSize,
  type MarketScale,
  PLAIN_SCALE,
  shown,
} from './market-scale.ts';

/** Clocks disagree, this machine's may be wrong by hours; further off, one of them is no clock. */
const MOST_AHEAD_MS = 86_400_000;

/** ccxt's unified structures into ours (rule F5: what is not sound is refused, never repaired). */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

export const refuse = (reason: string) => ({ ok: false, reason }) as const;

/** A public trade; `side` is the aggressor’s. */
export function readTrade(
  { id, price, amount, side, timestamp }: Partial<CcxtTrade>,
  instrumentId: InstrumentId,
  receivedTime: EpochMs,
  { isPrice, baseSize }: MarketScale = PLAIN_SCALE,
): Read<Trade> {
  if (typeof id !== 'string' || id === '') return refuse('a trade has no id');
  const refused = (what: string) => refuse(`trade ${shown(id)}${what}`);
  if (!isPrice(price)) return refused(`: the price ${shown(price)} is not a price`);
  if (!isTradedSize(amount)) return refused(`: the size ${shown(amount)} is not a size`);
  const size = baseSize(amount, price);
  if (!isTradedSize(size)) return refused(`: ${amount} at ${price} comes to no size`);
  if (side !== 'buy' && side !== 'sell') return refused(' has no side');
  if (!isExchangeTime(timestamp)) {
    return refused(`: the time ${shown(timestamp)} is not in epoch milliseconds`);
  }
  // It would be the newest price, and every one after it late, until its time has come.
  if (timestamp - receivedTime > MOST_AHEAD_MS) {
    return refused(`: the time ${timestamp} is more than a day ahead of this machine's clock`);
  }
  return {
    ok: true,
    value: {
      ...{ instrumentId, id, price, size, aggressorSide: side },
      ...{ eventTime: timestamp, receivedTime },
    },
  };
}

/** Null where the exchange's ticker does not say all four: then it has no quotes. */
export function readQuote(
  { bid, bidVolume, ask, askVolume, timestamp }: Partial<CcxtTicker>,
  instrumentId: InstrumentId,
  receivedTime: EpochMs,
  { isPrice, baseSize }: MarketScale = PLAIN_SCALE,
): Read<Quote> | null {
  if ([bid, ask, bidVolume, askVolume].some(isAbsent)) return null;
  if (!isPrice(bid) || !isPrice(ask)) return refuse(`a quote of ${shown(bid)} and ${shown(ask)}`);
  const bidSize = quotedSize(bidVolume, bid, baseSize);
  const askSize = quotedSize(askVolume, ask, baseSize);
  if (bidSize === null || askSize === null) {
    return refuse(`a quote with the sizes ${shown(bidVolume)} and ${shown(askVolume)}`);
  }
  if (bid > ask) return refuse(`a crossed quote: ${bid} is bid and ${ask} is asked`);
  if (!isAbsent(timestamp) && !isExchangeTime(timestamp)) {
    return refuse(`a quote: the time ${shown(timestamp)} is not in epoch milliseconds`);
  }
  return {
    ok: true,
    value: {
      ...{ instrumentId, bidPrice: bid, bidSize, askPrice: ask, askSize },
      ...{ eventTime: timestamp ?? null, receivedTime },
    },
  };
}

/** Nothing may be offered at a price; null where what is offered is no size. */
function quotedSize(
  volume: number | undefined,
  price: number,
  baseSize: MarketScale['baseSize'],
): Size | null {
  if (typeof volume !== 'number' || !isSize(volume)) return null;
  const size = volume === 0 ? 0 : baseSize(volume, price);
  return isSize(size) ? size : null;
}

const isAbsent = (value: unknown): value is null | undefined =>
  value === undefined || value === null;
