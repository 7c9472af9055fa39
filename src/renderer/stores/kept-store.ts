import type { StoreApi } from 'zustand/vanilla';
import type { SharedValues } from '../app/page-storage.ts';

interface KeptStoreOptions<S> {
  readonly kept: Pick<SharedValues, 'write' | 'onWritten'>;
  readonly key: string;
  readonly textOf: (state: S) => string;
  /** Puts into the store what is kept now. */
  readonly takeIn: () => void;
}

/**
 * Keeps each change of the store, and takes in what another page of this browser keeps: else the next
 * change here would do away with that one. Returns the end of keeping.
 */
export function keepStore<S>(store: StoreApi<S>, options: KeptStoreOptions<S>): () => void {
  const { kept, key, textOf, takeIn } = options;
  let isTakingIn = false;
  kept.onWritten(key, () => {
    isTakingIn = true;
    try {
      takeIn();
    } finally {
      isTakingIn = false;
    }
  });
  return store.subscribe((state) => {
    if (!isTakingIn) kept.write(key, textOf(state));
  });
}
