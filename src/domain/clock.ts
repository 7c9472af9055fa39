import type { EpochMs } from './units.ts';

/** Where logic gets its time from. Injected, so that live, replay and tests are one code path. */
export interface Clock {
  /** Wall-clock time, epoch milliseconds. */
  now(): EpochMs;
}

/** A clock that can also wake its owner. The returned function cancels. */
export interface TimerClock extends Clock {
  /** After 0 ms: when what has happened already is dealt with. */
  setTimeout(callback: () => void, delayMs: number): () => void;
  setInterval(callback: () => void, periodMs: number): () => void;
}
