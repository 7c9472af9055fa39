import type { BacktestReport } from '#contract/backtest-report.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import {
  type CandleColumns,
  type CandleSlice,
  candlesOf,
  firstSince,
} from '#domain/candle-columns.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Size } from '#domain/units.ts';
import type { BacktestFeed } from '#main/backtest/backtest-feed.ts';
import type { CandleHistory } from '#main/bots/candle-history.ts';
import { aggregateCandles } from '#main/market/aggregate-candles.ts';
import { inferIncrements } from '#main/replay/infer-instrument.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import { type ImportedCandleStore, openImportedCandles } from '#main/tape/imported-candles.ts';
import type { BacktestSource } from './backtest-source.ts';

type Range = Pick<ReplaySource, 'fromTime' | 'toTime'>;

/** Candles of one interval, wherever they lie. */
export interface CandleShelf {
  readonly interval: CandleInterval;
  /** Opening of the first and the last one. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** Those that open in the range, oldest first and many at once; null at the end. */
  read(range: Range): () => Result<CandleSlice | null>;
}

const READ_AT_ONCE = 4_096;

/** Of a file that was read into memory. */
export function columnShelf(interval: CandleInterval, columns: CandleColumns): CandleShelf {
  const { openTimes, count } = columns;
  return {
    interval,
    firstTime: openTimes[0] ?? 0,
    lastTime: openTimes[count - 1] ?? 0,
    read: ({ fromTime, toTime }) => {
      let next = firstSince(columns, fromTime);
      const end = firstSince(columns, toTime);
      return () => {
        const from = next;
        next = Math.min(end, from + READ_AT_ONCE);
        return succeed(next > from ? { columns, from, to: next } : null);
      };
    },
  };
}

/** Of the tape's database. */
export const storedShelf = (
  store: Pick<ImportedCandleStore, 'nextImportedCandles'>,
  key: { readonly instrumentId: InstrumentId; readonly interval: CandleInterval },
  times: Pick<CandleShelf, 'firstTime' | 'lastTime'>,
): CandleShelf => ({
  ...times,
  interval: key.interval,
  read: (range) => openImportedCandles(store, key, range),
});

interface CandleStretch {
  /** Of a file. */
  readonly name: string | null;
  readonly range: Partial<Range>;
  readonly badLines?: number;
}

/** The candles of a shelf as a backtest plays them. */
export function candleBacktestSource(
  shelf: CandleShelf,
  id: InstrumentId,
  { name, range, badLines = 0 }: CandleStretch,
): Result<BacktestSource> {
  const intervalMs = INTERVAL_MS[shelf.interval];
  const fromTime = Math.max(range.fromTime ?? 0, shelf.firstTime) as EpochMs;
  const toTime = Math.min(range.toTime ?? Infinity, shelf.lastTime + intervalMs) as EpochMs;
  if (fromTime >= toTime) {
    const ends = [shelf.firstTime, shelf.lastTime].map((time) => new Date(time).toISOString());
    return fail('not_found', `There are candles from ${ends.join(' to ')}: none of that stretch.`);
  }
  const instrument = describeInstrument(shelf, id);
  if (!instrument.ok) return instrument;
  const source: BacktestReport['source'] = {
    ...{ kind: 'candles', name, interval: shelf.interval },
    ...(badLines > 0 && { badLines }),
  };
  return succeed({
    ...{ instrument: instrument.value, source, fromTime, toTime, finest: shelf.interval, gaps: 0 },
    history: () => () => historyOf(shelf),
    begin: async () => succeed({ feed: feedOf(shelf, { fromTime, toTime }), fromTime, toTime }),
  });
}

function feedOf(shelf: CandleShelf, range: Range): BacktestFeed {
  const read = shelf.read(range);
  const { interval } = shelf;
  return {
    next: () => {
      const stretch = read();
      if (!stretch.ok) return stretch;
      return succeed(stretch.value && { kind: 'candles', interval, stretch: stretch.value });
    },
  };
}

/** What the shelf knows of the time before, with the candle in progress. */
const historyOf =
  (shelf: CandleShelf): CandleHistory =>
  ({ interval, count, before }) => {
    const fromTime = Math.max(0, before - (count + 1) * INTERVAL_MS[interval]) as EpochMs;
    const read = shelf.read({ fromTime, toTime: before });
    const past: Candle[] = [];
    for (let piece = read(); piece.ok && piece.value !== null; piece = read()) {
      past.push(...candlesOf(piece.value));
    }
    return aggregateCandles(past, interval);
  };

/** Candles do not tell in which steps a size goes: finer ones than anyone orders in. */
const SIZE_INCREMENT = 1e-8;

function describeInstrument(shelf: CandleShelf, id: InstrumentId): Result<Instrument> {
  const { firstTime: fromTime, lastTime } = shelf;
  const sample = shelf.read({
    fromTime: fromTime as EpochMs,
    toTime: (lastTime + 1) as EpochMs,
  })();
  if (!sample.ok) return sample;
  const candles = sample.value === null ? [] : candlesOf(sample.value);
  const trades = candles.flatMap(({ openTime, open, high, low, close }) =>
    [open, high, low, close].map(
      (price): Trade => ({
        ...{ instrumentId: id, id: '', price, size: 0 as Size, aggressorSide: 'buy' },
        ...{ eventTime: openTime, receivedTime: openTime },
      }),
    ),
  );
  return succeed({ ...inferIncrements(id, trades), sizeIncrement: SIZE_INCREMENT });
}
