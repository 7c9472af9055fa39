import type { Ticker as CcxtTicker, Trade as CcxtTrade } from 'ccxt';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Quote } from '#domain/quote.ts';
import type { Trade } from '#domain/trade.ts';
import { type EpochMs, isEpochMs, type Price, type Size } from '#domain/units.ts';
import { asTold, type BaseSizeOf } from './base-size.ts';

/** ccxt's unified structures into ours (rule F5: what is not sound is refused, never repaired). */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

const refuse = (reason: string) => ({ ok: false, reason }) as const;

/** A public trade; `side` is the aggressor’s. */
export function readTrade(
  { id, price, amount, side, timestamp }: Partial<CcxtTrade>,
  instrumentId: InstrumentId,
  receivedTime: EpochMs,
  baseSize: BaseSizeOf = asTold,
): Read<Trade> {
  if (typeof id !== 'string' || id === '') return refuse('a trade has no id');
  if (!isPositive(price)) return refuse(`trade ${id}: the price ${price} is not a price`);
  if (!isPositive(amount)) return refuse(`trade ${id}: the size ${amount} is not a size`);
  if (side !== 'buy' && side !== 'sell') return refuse(`trade ${id} has no side`);
  if (timestamp === undefined || !isEpochMs(timestamp)) {
    return refuse(`trade ${id}: the time ${timestamp} is not in epoch milliseconds`);
  }
  return {
    ok: true,
    value: {
      instrumentId,
      id,
      price: price as Price,
      size: baseSize(amount, price) as Size,
      aggressorSide: side,
      eventTime: timestamp,
      receivedTime,
    },
  };
}

/** Null where the exchange's ticker does not say all four: then it has no quotes. */
export function readQuote(
  { bid, bidVolume, ask, askVolume, timestamp }: Partial<CcxtTicker>,
  instrumentId: InstrumentId,
  receivedTime: EpochMs,
  baseSize: BaseSizeOf = asTold,
): Read<Quote> | null {
  if (isAbsent(bid) || isAbsent(ask) || isAbsent(bidVolume) || isAbsent(askVolume)) return null;
  if (!isPositive(bid) || !isPositive(ask)) return refuse(`a quote of ${bid} and ${ask}`);
  if (!isSizeLike(bidVolume) || !isSizeLike(askVolume)) {
    return refuse(`a quote with the sizes ${bidVolume} and ${askVolume}`);
  }
  if (bid > ask) return refuse(`a crossed quote: ${bid} is bid and ${ask} is asked`);
  return {
    ok: true,
    value: {
      instrumentId,
      bidPrice: bid as Price,
      bidSize: baseSize(bidVolume, bid) as Size,
      askPrice: ask as Price,
      askSize: baseSize(askVolume, ask) as Size,
      eventTime: timestamp !== undefined && isEpochMs(timestamp) ? timestamp : null,
      receivedTime,
    },
  };
}

const isAbsent = (value: number | null | undefined): value is null | undefined =>
  value === undefined || value === null;
const isPositive = (value: number | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0;
const isSizeLike = (value: number): boolean => Number.isFinite(value) && value >= 0;
