import { type Result, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { RecordedGap, StoredBlock, TapeCursorSource, TapeRange } from './tape-store.ts';
import { decodeTradeBlock } from './trade-block.ts';

export interface TapeCursor {
  readonly instrumentId: InstrumentId;
  /**
   * The next trades, never none, at most a few thousand; null at the end. A damaged block fails the
   * read: a hole must not look like a quiet market.
   */
  next(): Result<readonly Trade[] | null>;
  /** Of the range, by time. */
  gaps(): Result<readonly RecordedGap[]>;
}

/** The rest of one block's trades, by event time. */
interface Run {
  readonly sequence: number;
  readonly trades: readonly Trade[];
  index: number;
}

/** Trades handed out at once where blocks overlap. */
const MERGED_AT_ONCE = 4_096;

/**
 * Walks the trades of one instrument by event time; those of the same millisecond in the order of
 * their recording. It shows the tape as it is now: what is recorded later is not in it. In memory are
 * only the blocks that overlap where it stands, and no reader of the database stays open.
 */
export function openTapeCursor(
  source: TapeCursorSource,
  instrumentId: InstrumentId,
  range: TapeRange,
): TapeCursor {
  const blocks = blocksOf(source, instrumentId, range);
  let ahead: Result<StoredBlock | null> | null = null;
  const runs: Run[] = [];
  const next = (): Result<readonly Trade[] | null> => {
    for (;;) {
      ahead ??= blocks.next();
      if (!ahead.ok) return ahead;
      const horizon = ahead.value?.firstTime ?? Number.POSITIVE_INFINITY;
      const ready = takeBefore(runs, horizon);
      if (ready.length > 0) return succeed(ready);
      if (ahead.value === null) return succeed(null);
      const decoded = decodeTradeBlock(ahead.value.bytes, instrumentId);
      if (!decoded.ok) return decoded;
      runs.push({
        sequence: ahead.value.sequence,
        trades: byTime(decoded.value, range),
        index: 0,
      });
      ahead = null;
    }
  };
  return { instrumentId, next, gaps: () => source.gaps(instrumentId, range) };
}

/**
 * The blocks that overlap the range, by first time. The open one changes while it is recorded, so
 * that it is taken as it is at the start.
 */
function blocksOf(source: TapeCursorSource, instrumentId: InstrumentId, range: TapeRange) {
  const end = source.lastBlocks(instrumentId, 1);
  const last = end.ok ? end.value.at(-1) : undefined;
  const isTailOpen = last?.isSealed === false;
  const throughSequence = (last?.sequence ?? -1) - (isTailOpen ? 1 : 0);
  let tail = isTailOpen && overlaps(last, range) ? last : null;
  let sealed: StoredBlock | null | undefined;
  let after: StoredBlock | null = null;
  const next = (): Result<StoredBlock | null> => {
    if (!end.ok) return end;
    if (sealed === undefined) {
      const found = source.nextBlock({
        ...{ instrumentId, ...range, newest: false, after, throughSequence },
      });
      if (!found.ok) return found;
      sealed = found.value;
    }
    if (tail && (sealed === null || tail.firstTime < sealed.firstTime)) {
      const taken = tail;
      tail = null;
      return succeed(taken);
    }
    const taken: StoredBlock | null = sealed;
    // Once at the end, always at the end.
    if (taken !== null) sealed = undefined;
    after = taken;
    return succeed(taken);
  };
  return { next };
}

const overlaps = (block: StoredBlock, { fromTime, toTime }: TapeRange): boolean =>
  block.firstTime < toTime && block.lastTime >= fromTime;

/** Within the range and in order of event time; late ones are seldom, so that it looks first. */
function byTime(trades: readonly Trade[], { fromTime, toTime }: TapeRange): readonly Trade[] {
  let isOrdered = true;
  let latest = Number.NEGATIVE_INFINITY;
  let isWithin = true;
  for (const { eventTime } of trades) {
    if (eventTime < latest) isOrdered = false;
    else latest = eventTime;
    if (eventTime < fromTime || eventTime >= toTime) isWithin = false;
  }
  const within = isWithin
    ? trades
    : trades.filter(({ eventTime }) => eventTime >= fromTime && eventTime < toTime);
  return isOrdered ? within : within.toSorted((a, b) => a.eventTime - b.eventTime);
}

/** Takes what lies before `horizon` out of the runs, merged; what is at or after it may have rivals. */
function takeBefore(runs: Run[], horizon: number): readonly Trade[] {
  dropSpent(runs);
  const [only] = runs;
  if (only && runs.length === 1) return takeOfOne(only, horizon);
  const merged: Trade[] = [];
  while (merged.length < MERGED_AT_ONCE) {
    const run = earliest(runs);
    const trade = run?.trades[run.index];
    if (!run || !trade || trade.eventTime >= horizon) break;
    merged.push(trade);
    run.index++;
  }
  return merged;
}

function takeOfOne(run: Run, horizon: number): readonly Trade[] {
  const start = run.index;
  const { trades } = run;
  let end = trades.length;
  while (end > start && (trades[end - 1]?.eventTime ?? horizon) >= horizon) end--;
  run.index = end;
  return start === 0 && end === trades.length ? trades : trades.slice(start, end);
}

function dropSpent(runs: Run[]): void {
  const left = runs.filter((run) => run.index < run.trades.length);
  runs.splice(0, runs.length, ...left);
}

/** By time, then by order of recording. Few runs overlap, so that a scan beats a heap. */
function earliest(runs: readonly Run[]): Run | null {
  let best: Run | null = null;
  let bestTime = Number.POSITIVE_INFINITY;
  for (const run of runs) {
    const time = run.trades[run.index]?.eventTime;
    if (time === undefined) continue;
    const isEarlier =
      best === null || time < bestTime || (time === bestTime && run.sequence < best.sequence);
    if (!isEarlier) continue;
    best = run;
    bestTime = time;
  }
  return best;
}
