import { type Result, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import type { StoredBlock, TapeBlockSource, TapeRange } from './tape-store.ts';
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
 * Trades by event time, oldest first either way; within a block in the order of recording. Only the
 * blocks that are needed are read. A damaged block fails the read: a hole must not look like a
 * quiet market.
 */
export function readTrades(
  source: TapeBlockSource,
  instrumentId: InstrumentId,
  query: TradeQuery,
): Result<Trade[]> {
  const range = { fromTime: query.fromTime ?? 0, toTime: query.toTime ?? Number.MAX_SAFE_INTEGER };
  const newest = query.newest ?? false;
  const parts: Trade[][] = [];
  let found = 0;
  let after: StoredBlock | null = null;
  while (found < query.limit) {
    const block: Result<StoredBlock | null> = source.nextBlock({
      instrumentId,
      ...range,
      newest,
      after,
    });
    if (!block.ok) return block;
    if (block.value === null) break;
    const trades = decodeTradeBlock(block.value.bytes, instrumentId);
    if (!trades.ok) return trades;
    const part = cut(trades.value.filter(isWithin(range)), query.limit - found, newest);
    parts.push(part);
    found += part.length;
    after = block.value;
  }
  return succeed((newest ? parts.reverse() : parts).flat());
}

const isWithin = (range: TapeRange) => (trade: Trade) =>
  trade.eventTime >= range.fromTime && trade.eventTime < range.toTime;

const cut = (trades: readonly Trade[], limit: number, newest: boolean): Trade[] =>
  newest ? trades.slice(-limit) : trades.slice(0, limit);
