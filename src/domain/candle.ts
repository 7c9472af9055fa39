import type { EpochMs, Price } from './units.ts';

export const CANDLE_INTERVALS = ['1s', '1m', '5m', '15m', '1h', '4h', '1d'] as const;
export type CandleInterval = (typeof CANDLE_INTERVALS)[number];

export const INTERVAL_MS: Readonly<Record<CandleInterval, number>> = {
  '1s': 1_000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
};

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

/** Start of the interval that contains `time`. Intervals are aligned to the epoch in UTC. */
export const candleOpenTime = (time: EpochMs, interval: CandleInterval): EpochMs =>
  (time - (time % INTERVAL_MS[interval])) as EpochMs;
