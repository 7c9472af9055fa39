import { type Result, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { openTapeCursor } from './cursor.ts';
import type { StoredBlock, TapeCursorSource, TapeRange } from './tape-store.ts';
import { decodeTradeBlock } from './trade-block.ts';

export interface TradeQuery {
  readonly fromTime?: EpochMs | undefined;
  /** Exclusive. */
  readonly toTime?: EpochMs | undefined;
  readonly limit: number;
  /** The last `limit` trades of the range in place of the first. */
  readonly newest?: boolean;
}

/**
 * Trades by event time, oldest first either way; of the same millisecond in the order of recording.
 * Only the blocks that are needed are read. A damaged block fails the read: a hole must not look
 * like a quiet market.
 */
export function readTrades(
  source: TapeCursorSource,
  instrumentId: InstrumentId,
  query: TradeQuery,
): Result<Trade[]> {
  const range = { fromTime: query.fromTime ?? 0, toTime: query.toTime ?? Number.MAX_SAFE_INTEGER };
  const read = query.newest ? readLast : readFirst;
  return read(source, instrumentId, range, query.limit);
}

function readFirst(
  source: TapeCursorSource,
  instrumentId: InstrumentId,
  range: TapeRange,
  limit: number,
): Result<Trade[]> {
  const cursor = openTapeCursor(source, instrumentId, range);
  const trades: Trade[] = [];
  while (trades.length < limit) {
    const part = cursor.next();
    if (!part.ok) return part;
    if (part.value === null) break;
    for (const trade of part.value) trades.push(trade);
  }
  return succeed(trades.slice(0, limit));
}

/** Block by block backwards, until none is left that could have a later trade than those found. */
function readLast(
  source: TapeCursorSource,
  instrumentId: InstrumentId,
  { fromTime, toTime }: TapeRange,
  limit: number,
): Result<Trade[]> {
  let found: Found[] = [];
  let from = fromTime;
  let after: StoredBlock | null = null;
  for (;;) {
    const block: Result<StoredBlock | null> = source.nextBlock({
      ...{ instrumentId, fromTime: from, toTime, newest: true, after },
    });
    if (!block.ok) return block;
    if (block.value === null) return succeed(found.map(({ trade }) => trade));
    after = block.value;
    const trades = decodeTradeBlock(after.bytes, instrumentId);
    if (!trades.ok) return trades;
    for (const [place, trade] of trades.value.entries())
      if (trade.eventTime >= from && trade.eventTime < toTime)
        found.push({ trade, sequence: after.sequence, place });
    found = found.sort(inOrder).slice(-limit);
    if (found.length === limit) from = found[0]?.trade.eventTime ?? from;
  }
}

interface Found {
  readonly trade: Trade;
  readonly sequence: number;
  readonly place: number;
}

const inOrder = (a: Found, b: Found): number =>
  a.trade.eventTime - b.trade.eventTime || a.sequence - b.sequence || a.place - b.place;
