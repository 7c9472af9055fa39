/** The part of the page's storage that is used here; it may be blocked, which must not matter. */
export interface KeptValues {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

export const pageStorage: KeptValues = {
  read(key) {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      window.localStorage.setItem(key, value);
    } catch {
      // A page whose storage is blocked or full works all the same; it only forgets.
      return;
    }
  },
};
