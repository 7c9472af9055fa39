import { useMemo, useSyncExternalStore } from 'react';
import { steadyClock } from '../client/system-clock.ts';
import { PacedView, type Source } from '../stores/paced-view.ts';

/** An order that changes more often than that cannot be read. */
const PERIOD_MS = 400;
/** How long rows stay where they are once the hand on them has come to rest. */
const TOUCHED_MS = 1_200;

export interface Paced<T> {
  readonly value: T;
  /** A hand is on what is shown. */
  readonly onTouch: () => void;
}

/**
 * What is derived from stores that change all the time, a few times a second at most. All three
 * arguments must keep their identity while they mean the same: another one is answered at once.
 */
export function usePaced<T>(
  sources: readonly Source[],
  derive: () => T,
  isSame: (left: T, right: T) => boolean,
): Paced<T> {
  const view = useMemo(
    () => new PacedView({ sources, derive, isSame, periodMs: PERIOD_MS, clock: steadyClock }),
    [sources, derive, isSame],
  );
  const value = useSyncExternalStore(view.subscribe, view.current);
  const onTouch = useMemo(() => () => view.postpone(TOUCHED_MS), [view]);
  return { value, onTouch };
}
