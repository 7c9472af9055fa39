import { type Candle, INTERVAL_MS } from '#domain/candle.ts';
import type { FeedSupervisor } from '#main/feeds/supervisor.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import { readTapeCandles } from '#main/tape/candles.ts';
import type { CandleRange, CandleSources } from './older-candles.ts';
import { toldCandles } from './told-candles.ts';

/** Where live finds the candles that are older than memory: the exchange, and our tape. */
export const candleSources = (
  feeds: Pick<FeedSupervisor, 'history'>,
  tape: TapeDatabase,
): CandleSources => ({
  exchange: (range) =>
    toldCandles(
      (asked) => feeds.history(asked.instrumentId, asked.interval, asked.fromTime, asked.toTime),
      range,
    ),
  tape: (range) => recordedCandles(tape, range),
});

/** A tape that cannot be read is told of where it is written; who asks does without. */
function recordedCandles(
  tape: TapeDatabase,
  { instrumentId, interval, fromTime, toTime }: CandleRange,
): readonly Candle[] {
  const limit = Math.ceil((toTime - fromTime) / INTERVAL_MS[interval]);
  const range = { fromTime, before: toTime, limit };
  const candles = readTapeCandles(tape, instrumentId, interval, range);
  return candles.ok ? candles.value : [];
}
