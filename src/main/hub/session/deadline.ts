import type { TimerClock } from '#domain/clock.ts';

/** A timer of the runtime cannot wait longer: it would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Calls back at a time of the clock, however far away. The returned function cancels. */
export function scheduleAt(clock: TimerClock, time: number, callback: () => void): () => void {
  let cancel: () => void;
  const wait = (): void => {
    const delayMs = Math.max(0, time - clock.now());
    cancel =
      delayMs > LONGEST_DELAY_MS
        ? clock.setTimeout(wait, LONGEST_DELAY_MS)
        : clock.setTimeout(callback, delayMs);
  };
  wait();
  return () => cancel();
}
