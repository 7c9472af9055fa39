import type { TimerClock } from '#domain/clock.ts';

/** Resolves after `delayMs`, or at once when `signal` aborts. Leaves neither timer nor listener. */
export function sleep(clock: TimerClock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const wake = () => {
      cancel();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const cancel = clock.setTimeout(wake, Math.ceil(delayMs));
    signal.addEventListener('abort', wake, { once: true });
  });
}
