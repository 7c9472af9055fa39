import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckGap } from '#contract/replay-requests.ts';
import { CANDLE_INTERVALS, INTERVAL_MS } from '#domain/candle.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { inferIncrements } from '#main/replay/infer-instrument.ts';
import type {
  EventLane,
  ReplaySource,
  TimeRange,
  TradedVolume,
} from '#main/replay/replay-source.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import { readTapeCandles } from '#main/tape/candles.ts';
import { openTapeCursor } from '#main/tape/cursor.ts';
import { readTrades } from '#main/tape/reader.ts';

export interface TapeStretch {
  readonly instruments: readonly InstrumentId[];
  /** Without it: the first trade. */
  readonly fromTime?: EpochMs | undefined;
  /** Exclusive. Without it: after the last trade. */
  readonly toTime?: EpochMs | undefined;
}

const ALL_TIME: TimeRange = { fromTime: 0 as EpochMs, toTime: Number.MAX_SAFE_INTEGER as EpochMs };
const NO_BOOKS = {
  available: false,
  reason: 'The tape holds trades only: there is no order book to show.',
};
/** Enough to have seen every decimal that an instrument uses. */
const SAMPLED_TRADES = 5_000;
/** Of a tape with more, the longest are shown. */
const MOST_GAPS = 200;

/** A stretch of the tape as a deck plays it: the trades and gaps of some instruments. */
export function openTapeSource(tape: TapeDatabase, stretch: TapeStretch): Result<ReplaySource> {
  const range = rangeOf(tape, stretch);
  if (!range.ok) return range;
  const ids = [...new Set(stretch.instruments)];
  const instruments = collect(ids.map((id) => describeInstrument(tape, id)));
  if (!instruments.ok) return instruments;
  const gaps = collect(ids.map((id) => gapsOf(tape, id, range.value)));
  if (!gaps.ok) return gaps;
  const { toTime } = range.value;
  const inOrder = gaps.value.flat().sort((a, b) => a.fromTime - b.fromTime);
  return succeed({
    ...range.value,
    view: { kind: 'tape' },
    instruments: instruments.value,
    gaps: longest(inOrder),
    books: NO_BOOKS,
    isSeekable: true,
    slowSeek: null,
    standing: (since) => succeed({ events: [], since }),
    // Gaps after trades: at the same time the trade was still seen.
    lanes: (since) => [
      ...ids.map((id) => tradeLane(tape, id, { fromTime: since(id), toTime })),
      gapLane(inOrder.filter((gap) => isToBeSeen(gap, since(gap.instrumentId)))),
    ],
    candles: (id, interval, { fromTime, toTime: before }) =>
      readTapeCandles(tape, id, interval, { fromTime, before, limit: Number.MAX_SAFE_INTEGER }),
    volumes: (id, stepMs) => volumesOf(tape, id, stepMs, range.value),
    trades: (id, query) => readTrades(tape, id, query),
  });
}

function rangeOf(tape: TapeDatabase, stretch: TapeStretch): Result<TimeRange> {
  const known = tape.instruments();
  if (!known.ok) return known;
  const found = known.value.filter(({ instrumentId }) =>
    stretch.instruments.includes(instrumentId),
  );
  const missing = stretch.instruments.find(
    (id) => !found.some(({ instrumentId }) => instrumentId === id),
  );
  if (missing) return fail('unknown_instrument', `The tape holds no trade of ${missing}.`);
  const first = Math.min(...found.map(({ firstTime }) => firstTime));
  const last = Math.max(...found.map(({ lastTime }) => lastTime));
  const fromTime = (stretch.fromTime ?? first) as EpochMs;
  const toTime = (stretch.toTime ?? last + 1) as EpochMs;
  if (fromTime >= toTime) return fail('invalid_payload', 'fromTime: must lie before toTime');
  if (toTime <= first || fromTime > last) {
    const ends = [first, last].map((time) => new Date(time).toISOString()).join(' to ');
    return fail('not_found', `The tape holds trades from ${ends}: none of that stretch.`);
  }
  return succeed({ fromTime, toTime });
}

/** Always from the tape itself, so that a deck's fills depend on nothing else (rule T5). */
function describeInstrument(tape: TapeDatabase, id: InstrumentId): Result<Instrument> {
  const cursor = openTapeCursor(tape, id, ALL_TIME);
  const sample: Trade[] = [];
  while (sample.length < SAMPLED_TRADES) {
    const trades = cursor.next();
    if (!trades.ok) return trades;
    if (trades.value === null) break;
    sample.push(...trades.value);
  }
  return succeed(inferIncrements(id, sample));
}

function gapsOf(tape: TapeDatabase, id: InstrumentId, range: TimeRange): Result<DeckGap[]> {
  const gaps = tape.gaps(id, range);
  if (!gaps.ok) return gaps;
  return succeed(
    gaps.value.map(({ fromTime, toTime, ...gap }) => ({
      ...gap,
      fromTime: fromTime as EpochMs,
      toTime: toTime as EpochMs,
    })),
  );
}

function longest(gaps: readonly DeckGap[]): readonly DeckGap[] {
  if (gaps.length <= MOST_GAPS) return gaps;
  const lengthOf = ({ fromTime, toTime }: DeckGap) => toTime - fromTime;
  const kept = gaps.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, MOST_GAPS);
  return kept.sort((a, b) => a.fromTime - b.fromTime);
}

function volumesOf(
  tape: TapeDatabase,
  id: InstrumentId,
  stepMs: number,
  { fromTime, toTime }: TimeRange,
): Result<TradedVolume[]> {
  const interval = CANDLE_INTERVALS.findLast((one) => INTERVAL_MS[one] <= stepMs) ?? '1s';
  const query = { fromTime, before: toTime, limit: Number.MAX_SAFE_INTEGER };
  const candles = readTapeCandles(tape, id, interval, query);
  if (!candles.ok) return candles;
  return succeed(candles.value.map(({ openTime: time, volume }) => ({ time, volume })));
}

function tradeLane(tape: TapeDatabase, id: InstrumentId, range: TimeRange): EventLane {
  const cursor = openTapeCursor(tape, id, range);
  return {
    next: () => {
      const trades = cursor.next();
      if (!trades.ok || trades.value === null) return trades.ok ? succeed(null) : trades;
      return succeed(trades.value.map((trade): MarketEvent => ({ kind: 'trade', trade })));
    },
  };
}

/** One whose trades all came afterwards is none any more. */
const isToBeSeen = ({ backfilled, fromTime }: DeckGap, since: EpochMs): boolean =>
  backfilled !== 'wholly' && fromTime >= since;

function gapLane(gaps: readonly DeckGap[]): EventLane {
  let left: readonly DeckGap[] | null = gaps.length > 0 ? gaps : null;
  return {
    next: () => {
      const events = left?.map(
        ({ backfilled: _, ...gap }): MarketEvent => ({ kind: 'gap', ...gap }),
      );
      left = null;
      return succeed(events ?? null);
    },
  };
}

function collect<T>(results: readonly Result<T>[]): Result<T[]> {
  const values: T[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    values.push(result.value);
  }
  return succeed(values);
}
