import type { TimerClock } from '#domain/clock.ts';
import type { FeedEnd } from './feed.ts';

/** A run that was told to end and does not is left behind after this long. */
const GRACE_MS = 2_000;

/** How a run ended; `aborted` also where it does not end although `signal` told it to. */
export async function endOfRun(
  run: Promise<FeedEnd>,
  signal: AbortSignal,
  clock: TimerClock,
): Promise<FeedEnd> {
  let cancel: () => void = () => undefined;
  let startGrace: () => void = () => undefined;
  const overdue = new Promise<FeedEnd>((resolve) => {
    startGrace = () => {
      cancel = clock.setTimeout(() => resolve({ kind: 'aborted' }), GRACE_MS);
    };
  });
  if (signal.aborted) startGrace();
  else signal.addEventListener('abort', startGrace, { once: true });
  try {
    return await Promise.race([run, overdue]);
  } finally {
    signal.removeEventListener('abort', startGrace);
    cancel();
  }
}

/** Resolves with the work's result, or with null as soon as `signal` aborts. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<null>((resolve) => {
    onAbort = () => resolve(null);
  });
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
