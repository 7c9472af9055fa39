import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';

export interface CandleRange {
  readonly instrumentId: InstrumentId;
  readonly interval: CandleInterval;
  readonly fromTime: EpochMs;
  /** Exclusive. */
  readonly toTime: EpochMs;
}

/** Where candles come from that are older than memory. Oldest first. */
export interface CandleSources {
  /** What the exchange tells of the past, outages and the time before us included. */
  readonly exchange: (range: CandleRange) => Promise<readonly Candle[]>;
  /** What was recorded here. */
  readonly tape: (range: CandleRange) => readonly Candle[];
}

/** The `count` candles before `toTime`, as far as anyone knows them: the exchange's, then ours. */
export async function olderCandles(
  { exchange, tape }: CandleSources,
  { count, ...wanted }: Omit<CandleRange, 'fromTime'> & { readonly count: number },
): Promise<readonly Candle[]> {
  const intervalMs = INTERVAL_MS[wanted.interval];
  const range = { ...wanted, fromTime: Math.max(0, wanted.toTime - count * intervalMs) as EpochMs };
  const told = await exchange(range);
  const toTime = told[0]?.openTime ?? range.toTime;
  const recorded = toTime - range.fromTime >= intervalMs ? tape({ ...range, toTime }) : [];
  return [...recorded, ...told];
}
