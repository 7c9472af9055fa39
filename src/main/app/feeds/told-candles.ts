import {
  type Candle,
  type CandleInterval,
  INTERVAL_MS,
  intervalStart,
  intervalStartFrom,
} from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { aggregateCandles } from '#main/market/aggregate-candles.ts';
import type { CandleRange } from './older-candles.ts';

/**
 * Exchanges offer some of these and not others, and begin their weeks on whatever day: all but the
 * common ones are made of finer candles.
 */
const MADE_OF: Readonly<Partial<Record<CandleInterval, CandleInterval>>> = {
  '3m': '1m',
  '30m': '15m',
  '2h': '1h',
  '6h': '1h',
  '12h': '4h',
  '1w': '1d',
};

/** Closed candles as an exchange tells them, or as those that it tells make them. Oldest first. */
export async function toldCandles(
  history: (range: CandleRange) => Promise<readonly Candle[]>,
  range: CandleRange,
): Promise<readonly Candle[]> {
  const finer = MADE_OF[range.interval];
  if (finer === undefined) return history(range);
  const intervalMs = INTERVAL_MS[range.interval];
  const fromTime = intervalStartFrom(range.fromTime, intervalMs) as EpochMs;
  const toTime = intervalStart(range.toTime, intervalMs) as EpochMs;
  if (fromTime >= toTime) return [];
  const told = await history({ ...range, interval: finer, fromTime, toTime });
  return aggregateCandles(told, range.interval);
}
