/** The part of the page's storage that is used here; it may be blocked, which must not matter. */
export interface KeptValues {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

/** Those of all pages: another one may write them, too. */
export interface SharedValues extends KeptValues {
  /** Calls when another page has written it. */
  onWritten(key: string, listener: () => void): void;
}

/** Where one can also do away with a value. */
export interface ErasableValues extends KeptValues {
  erase(key: string): void;
}

/** `storage` is asked for each time: getting at it is what may be blocked. */
const valuesIn = (storage: () => Storage, onRefused: () => void): ErasableValues => ({
  read(key) {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      storage().setItem(key, value);
    } catch {
      // A page whose storage is blocked or full works all the same; it only forgets.
      onRefused();
    }
  },
  erase(key) {
    try {
      storage().removeItem(key);
    } catch {
      // There is nothing in a storage that is blocked.
      return;
    }
  },
});

/** Of all pages of this browser. `onForgetful` is told once that what is written is not kept. */
export function openPageStorage(onForgetful: () => void): ErasableValues & SharedValues {
  let isTold = false;
  const refused = () => {
    if (!isTold) onForgetful();
    isTold = true;
  };
  return {
    ...valuesIn(() => window.localStorage, refused),
    onWritten(key, listener) {
      window.addEventListener('storage', (event) => {
        if (event.key === key) listener();
      });
    },
  };
}
/** Of this tab; outlives a reload, and not the tab. */
export const tabStorage = valuesIn(
  () => window.sessionStorage,
  () => undefined,
);
