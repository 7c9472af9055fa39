import { succeed } from '#contract/errors.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import type { TapeStore } from '#main/tape/tape-store.ts';

/**
 * The tape as a recorder continues it: after what was recorded, whatever was imported. Imported
 * blocks are counted below zero (see `storage/tape-import.ts`).
 */
export const liveTape = (tape: TapeDatabase): TapeStore => ({
  ...tape,
  lastBlocks: (instrumentId, limit) => {
    const blocks = tape.lastBlocks(instrumentId, limit);
    return blocks.ok ? succeed(blocks.value.filter(({ sequence }) => sequence >= 0)) : blocks;
  },
});
