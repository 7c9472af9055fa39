import type { InstrumentId } from '#domain/instrument.ts';
import type { Stretch } from './spool-file.ts';

/** Some thousand events that follow one another. */
export interface SpoolBlock extends Stretch {
  /** When the event before its first one is due: none of its own is due earlier. */
  readonly dueBefore: number;
  /** When its last event is due. */
  readonly dueAfter: number;
  /** The instruments that it has trades of. */
  readonly traded: ReadonlySet<InstrumentId>;
}

/** How books and quotes stood before the first event of a block. */
export interface SpoolStand extends Stretch {
  readonly blockIndex: number;
}

/** Of the first block that has an event due at `time` or later; the number of blocks where none has. */
export function firstBlockDue(blocks: readonly SpoolBlock[], time: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((blocks[middle]?.dueAfter ?? time) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last one at or before a block; undefined where nothing stood yet. */
export const lastStandBy = (
  stands: readonly SpoolStand[],
  blockIndex: number,
): SpoolStand | undefined => stands.findLast((stand) => stand.blockIndex <= blockIndex);
