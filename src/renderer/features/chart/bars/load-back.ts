import type { EpochMs } from '#domain/units.ts';
import type { BarSource } from './bar-source.ts';

/** At once: fewer answers to wait for, and to draw, on the way to a time long ago. */
const BARS_A_PAGE = 5_000;

/**
 * Loads page after page until the bars reach back to a time. Returns whether they do: the tape may not,
 * and a chart holds only so many.
 */
export async function loadBackTo(
  source: Pick<BarSource, 'bars' | 'loadOlder'>,
  time: EpochMs,
): Promise<boolean> {
  for (;;) {
    const first = source.bars[0]?.openTime;
    if (first === undefined) return false;
    if (first <= time) return true;
    await source.loadOlder(BARS_A_PAGE);
    if (source.bars[0]?.openTime === first) return false;
  }
}
