import { type EpochMs, type Price, plainSum } from './units.ts';

export const CANDLE_INTERVALS = [
  '1s',
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '12h',
  '1d',
  '1w',
] as const;
export type CandleInterval = (typeof CANDLE_INTERVALS)[number];

export const INTERVAL_MS: Readonly<Record<CandleInterval, number>> = {
  '1s': 1_000,
  '1m': 60_000,
  '3m': 180_000,
  '5m': 300_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '1h': 3_600_000,
  '2h': 7_200_000,
  '4h': 14_400_000,
  '6h': 21_600_000,
  '12h': 43_200_000,
  '1d': 86_400_000,
  '1w': 604_800_000,
};

/** The epoch began on a Thursday; weeks open on Mondays. */
const FIRST_MONDAY_MS = 4 * INTERVAL_MS['1d'];

/**
 * Volumes are in the base currency; `buyVolume` is the part whose aggressor bought. It and the number
 * of trades are null where the exchange did not tell, of all of the candle or of a part of it.
 */
export interface Candle {
  readonly openTime: EpochMs;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly volume: number;
  readonly buyVolume: number | null;
  readonly tradeCount: number | null;
  readonly isClosed: boolean;
}

/** As others are told of it. */
export function plainCandle(candle: Candle): Candle {
  const volume = plainSum(candle.volume);
  const buyVolume = candle.buyVolume === null ? null : plainSum(candle.buyVolume);
  const isPlain = volume === candle.volume && buyVolume === candle.buyVolume;
  return isPlain ? candle : { ...candle, volume, buyVolume };
}

/** Start of the interval that contains `time`: aligned to the epoch in UTC, weeks to Mondays. */
export function intervalStart(time: number, intervalMs: number): number {
  if (intervalMs !== INTERVAL_MS['1w']) return time - (time % intervalMs);
  const sinceMonday = (time - FIRST_MONDAY_MS) % intervalMs;
  return time - (sinceMonday < 0 ? sinceMonday + intervalMs : sinceMonday);
}

/** Start of the first interval that begins at or after `time`. */
export function intervalStartFrom(time: number, intervalMs: number): number {
  const start = intervalStart(time, intervalMs);
  return start === time ? start : start + intervalMs;
}

export const candleOpenTime = (time: EpochMs, interval: CandleInterval): EpochMs =>
  intervalStart(time, INTERVAL_MS[interval]) as EpochMs;
