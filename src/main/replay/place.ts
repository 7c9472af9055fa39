import { type Result, succeed } from '#contract/errors.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EventMerger } from './event-merger.ts';
import type { Playhead } from './playhead.ts';

/** How far into a source: of what is due at `time` the first `count`, or all of it (null). */
export type Place = Pick<Playhead, 'time' | 'count'>;

/** Takes what is due up to a place; what comes after it is next. */
export async function takeUntil(
  { time, count }: Place,
  merger: EventMerger,
  take: (event: MarketEvent) => void,
): Promise<Result<void>> {
  let left = count ?? Number.POSITIVE_INFINITY;
  for (;;) {
    const read = await merger.prepare();
    if (!read.ok) return read;
    while (merger.isReady) {
      const next = merger.nextTime();
      if (next === null || next > time || (next === time && left <= 0)) return succeed(undefined);
      if (next === time) left -= 1;
      take(merger.take());
    }
  }
}

export const isSamePlace = (one: Place | null, other: Place): boolean =>
  one?.time === other.time && one.count === other.count;
