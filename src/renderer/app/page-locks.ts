import type { PageLocks } from '../workspace/page-window.ts';

/**
 * The browser's own locks, which end with the page. Where it has none (a page that came over plain
 * HTTP from another machine) every page gets what it wants.
 */
export const pageLocks: PageLocks = {
  hold(name, waitMs) {
    // Missing where the page's origin is not secure, whatever the types say.
    const locks: LockManager | undefined = navigator.locks;
    if (locks === undefined) return Promise.resolve(true);
    return new Promise((resolve) => {
      const options =
        waitMs === 0 ? { ifAvailable: true } : { signal: AbortSignal.timeout(waitMs) };
      const held = locks.request(name, options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : untilPageEnds();
      });
      // The time was over before it was free.
      held.catch(() => resolve(false));
    });
  },
};

/** The browser takes its locks from a page that is gone. */
const untilPageEnds = (): Promise<never> => new Promise(() => undefined);
