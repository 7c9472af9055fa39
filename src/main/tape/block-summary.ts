import { type Result, succeed } from '#contract/errors.ts';
import { INTERVAL_MS } from '#domain/candle.ts';
import { CandlePile } from './tape-candle.ts';
import type { BlockSummary, StoredBlock } from './tape-store.ts';
import { decodeTradeColumns } from './trade-block.ts';
import type { TradeColumnReader } from './trade-columns.ts';

/** Candles of a minute cost more than they save where they hold fewer trades than that. */
const FEWEST_TRADES_A_MINUTE = 8;

/** What a sealed block adds to the stored candles of minutes, hours and days. */
export function summarize(block: StoredBlock, columns: TradeColumnReader): Result<BlockSummary> {
  const decoded = decodeTradeColumns(block.bytes, columns);
  if (!decoded.ok) return decoded;
  const { instrumentId, sequence, count } = block;
  const minutes = new CandlePile(INTERVAL_MS['1m']);
  minutes.addColumns(decoded.value, sequence);
  const hours = coarser(minutes, INTERVAL_MS['1h']);
  const days = coarser(hours, INTERVAL_MS['1d']);
  const isDense = minutes.size * FEWEST_TRADES_A_MINUTE <= count;
  const piles = isDense ? [minutes, hours, days] : [hours, days];
  const levels = piles.map((pile) => ({ intervalMs: pile.intervalMs, candles: pile.list() }));
  return succeed({ instrumentId, sequence, summarized: isDense ? 2 : 1, levels });
}

function coarser(finer: CandlePile, intervalMs: number): CandlePile {
  const pile = new CandlePile(intervalMs);
  for (const candle of finer.list()) pile.add(candle);
  return pile;
}
