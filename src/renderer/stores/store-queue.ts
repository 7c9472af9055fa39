import type { StoreApi } from 'zustand/vanilla';
import type { FrameBatcher } from './frame-batcher.ts';

/** Takes a change of a store's state; all of a frame's changes are applied in order, in one update. */
export type StoreQueue<S> = (change: (state: S) => S) => void;

export function createStoreQueue<S>(
  store: StoreApi<S>,
  frames: FrameBatcher,
  key: string,
): StoreQueue<S> {
  let changes: ((state: S) => S)[] = [];
  const flush = () => {
    const batch = changes;
    changes = [];
    store.setState((state) => batch.reduce((current, change) => change(current), state), true);
  };
  return (change) => {
    changes.push(change);
    frames.schedule(key, flush);
  };
}
