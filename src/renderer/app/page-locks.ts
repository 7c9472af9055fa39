import { systemClock } from '../client/system-clock.ts';
import type { PageLocks } from '../workspace/page-window.ts';
import { AskedLocks, type PagesChannel } from './asked-locks.ts';

/**
 * The browser's own locks, which end with the page; where it has none (a page that came over plain HTTP
 * from another machine), those of pages that ask one another.
 */
export function createPageLocks(page: string): PageLocks {
  // Missing where the page's origin is not secure, whatever the types say.
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined) {
    return new AskedLocks({ channel: pagesChannel('tapedeck:locks'), clock: systemClock, page });
  }
  return { hold: (name, waitMs) => holdLock(locks, name, waitMs) };
}

function holdLock(locks: LockManager, name: string, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const options = waitMs === 0 ? { ifAvailable: true } : { signal: AbortSignal.timeout(waitMs) };
    const held = locks.request(name, options, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : untilPageEnds();
    });
    // The time was over before it was free.
    held.catch(() => resolve(false));
  });
}

/** The browser takes its locks from a page that is gone. */
const untilPageEnds = (): Promise<never> => new Promise(() => undefined);

function pagesChannel(name: string): PagesChannel {
  const channel = new BroadcastChannel(name);
  return {
    post: (word) => channel.postMessage(word),
    listen: (listener) => channel.addEventListener('message', ({ data }) => listener(data)),
  };
}
