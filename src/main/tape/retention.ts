import { type Result, succeed } from '#contract/errors.ts';
import type { TimerClock } from '#domain/clock.ts';
import { deleteBlocks } from './block-deletion.ts';
import type { TapeRetentionStore } from './tape-store.ts';

export interface TapeLimits {
  /** Null: as long, or as large, as there is room. */
  readonly maxAgeMs: number | null;
  readonly maxBytes: number | null;
}

export interface TapeRetentionOptions {
  readonly store: TapeRetentionStore;
  readonly clock: TimerClock;
  /** Asked anew at each step: they may change. */
  readonly limits: () => TapeLimits;
  readonly onFailure: (reason: string) => void;
}

/** Small enough that the event loop does not notice. */
const BLOCKS_A_STEP = 8;
const BYTES_A_STEP = 256 * 1024;
const STEP_EVERY_MS = 20;
const LOOK_EVERY_MS = 30_000;

/**
 * Deletes the oldest sealed blocks while the tape is older or larger than it may be, some at a time,
 * and gives the file system back what they took. Returns what stops it.
 */
export function keepWithin(options: TapeRetentionOptions): () => void {
  const { clock, onFailure } = options;
  let cancel: () => void = () => undefined;
  const look = (): void => {
    const step = shorten(options);
    if (!step.ok) onFailure(step.error.message);
    cancel = clock.setTimeout(look, step.ok && step.value ? STEP_EVERY_MS : LOOK_EVERY_MS);
  };
  cancel = clock.setTimeout(look, STEP_EVERY_MS);
  return () => cancel();
}

/** One step; answers whether there is more to do. */
function shorten({ store, clock, limits }: TapeRetentionOptions): Result<boolean> {
  const { maxAgeMs, maxBytes } = limits();
  const used = store.usedBytes();
  if (!used.ok) return used;
  const isTooLarge = maxBytes !== null && used.value > maxBytes;
  const keptFrom = maxAgeMs === null ? 0 : clock.now() - maxAgeMs;
  const doomed = store.oldestBlocks(BLOCKS_A_STEP, isTooLarge ? Number.MAX_SAFE_INTEGER : keptFrom);
  if (!doomed.ok) return doomed;
  const [first] = doomed.value;
  if (!first) return cutOff(store);
  const deleted = deleteBlocks(store, first.instrumentId, doomed.value);
  return deleted.ok ? succeed(true) : deleted;
}

function cutOff(store: TapeRetentionStore): Result<boolean> {
  const left = store.giveBack(BYTES_A_STEP);
  return left.ok ? succeed(left.value > 0) : left;
}
