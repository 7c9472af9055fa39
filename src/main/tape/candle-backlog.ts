import type { TimerClock } from '#domain/clock.ts';
import { summarize } from './block-summary.ts';
import type { BlockSummary, TapeSummaryStore } from './tape-store.ts';
import { TradeColumnReader } from './trade-columns.ts';

const BLOCKS_A_STEP = 16;
const STEP_EVERY_MS = 50;

/**
 * Brings the blocks of a tape from before there were stored candles into them, some at a time, until
 * none is left. Meanwhile such blocks are read as they are, so that candles are right at any moment.
 * Returns what stops it.
 */
export function fillCandles(
  store: TapeSummaryStore,
  {
    clock,
    onFailure,
  }: { readonly clock: TimerClock; readonly onFailure: (reason: string) => void },
): () => void {
  const columns = new TradeColumnReader();
  let damaged = 0;
  let cancel: () => void = () => undefined;
  const step = (): void => {
    const blocks = store.unsummarized(BLOCKS_A_STEP, damaged);
    if (!blocks.ok) {
      onFailure(blocks.error.message);
      return;
    }
    if (blocks.value.length === 0) return;
    const summaries: BlockSummary[] = [];
    for (const block of blocks.value) {
      const summary = summarize(block, columns);
      // It stays as it is, and whoever reads it is told.
      if (summary.ok) summaries.push(summary.value);
      else damaged++;
    }
    const written = store.summarize(summaries);
    if (written.ok) cancel = clock.setTimeout(step, STEP_EVERY_MS);
    else onFailure(written.error.message);
  };
  cancel = clock.setTimeout(step, STEP_EVERY_MS);
  return () => cancel();
}
