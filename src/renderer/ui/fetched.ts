import { type ComponentType, lazy } from 'react';

/**
 * The code of a part of the screen could not be fetched: whoever serves it broke off, or serves another
 * build. A browser keeps to that for as long as the page is open, so there is no use in trying again.
 */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure';

  constructor(cause: unknown) {
    super(String(cause), { cause });
  }
}

/** What comes after the first paint, in the order in which it became known; what is fetched may add to it. */
const later: (() => Promise<unknown>)[] = [];

let whenReachable = (): Promise<void> => Promise.resolve();

/** Nothing is asked for before this resolves: of one that is known to be gone it would be lost for good. */
export function fetchOnly(when: () => Promise<void>): void {
  whenReachable = when;
}

/** Code that the screen can do without for a while. Fetched once, by `fetchTheRest` or by whoever calls this first. */
export function fetchLater<Code>(load: () => Promise<Code>): () => Promise<Code> {
  let underWay: Promise<Code> | null = null;
  const fetch = async (): Promise<Code> => {
    await whenReachable();
    try {
      return await load();
    } catch (cause) {
      throw new FetchFailure(cause);
    }
  };
  const fetchOnce = () => {
    underWay ??= fetch();
    return underWay;
  };
  later.push(fetchOnce);
  return fetchOnce;
}

/**
 * A component whose code comes when it is first drawn, or at leisure. It suspends until then; where the code
 * cannot be had it throws a `FetchFailure` to the nearest `ErrorBoundary`.
 */
export function fetched<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const fetch = fetchLater(load);
  return lazy(async () => ({ default: await fetch() }));
}

/**
 * Fetches all that is not there yet, one after the other, so that a page that is open goes on to work when
 * whoever serves it is gone. What cannot be had is left to whoever draws it to say so.
 */
export async function fetchTheRest(nextIdle: () => Promise<void>): Promise<void> {
  for (const fetch of later) {
    await nextIdle();
    await fetch().catch(() => undefined);
  }
}
