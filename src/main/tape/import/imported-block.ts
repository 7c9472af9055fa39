import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import { numericId } from '../id-column.ts';
import type { StoredBlock } from '../tape-store.ts';
import { encodeTradeBlock } from '../trade-block-writer.ts';

/** A sealed block of trades that are new to the tape. */
export function importedBlock(
  instrumentId: InstrumentId,
  sequence: number,
  trades: readonly Trade[],
): StoredBlock {
  let firstTime = Number.POSITIVE_INFINITY;
  let lastTime = Number.NEGATIVE_INFINITY;
  for (const { eventTime } of trades) {
    if (eventTime < firstTime) firstTime = eventTime;
    if (eventTime > lastTime) lastTime = eventTime;
  }
  return {
    ...{ instrumentId, sequence, firstTime, lastTime, count: trades.length },
    ...claimOf(trades),
    isSealed: true,
    bytes: encodeTradeBlock(trades),
  };
}

/** A block claims every id from first to last: only one that has them all may. */
function claimOf(trades: readonly Trade[]): { firstId: number | null; lastId: number | null } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { id } of trades) {
    const number = numericId(id);
    if (number === null) return { firstId: null, lastId: null };
    if (number < first) first = number;
    if (number > last) last = number;
  }
  // No id comes twice, so that as many as fit between the two are all of them.
  const isWhole = last - first + 1 === trades.length;
  return isWhole ? { firstId: first, lastId: last } : { firstId: null, lastId: null };
}
