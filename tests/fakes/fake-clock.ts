import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';

interface Timer {
  dueTime: number;
  readonly order: number;
  readonly periodMs: number | null;
  readonly callback: () => void;
}

/** A clock that stands still until it is advanced; timers run in order of their due time. */
export class FakeClock implements TimerClock {
  #now: number;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(startMs = 1_700_000_000_000) {
    this.#now = startMs;
  }

  now(): EpochMs {
    return this.#now as EpochMs;
  }

  /** As when the machine sleeps: the time is another one, and no timer has run. */
  jump(durationMs: number): void {
    this.#now += durationMs;
    for (const timer of this.#timers) timer.dueTime += durationMs;
  }

  /** Timers not yet run or cancelled: what a leak test looks at. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  setTimeout(callback: () => void, delayMs: number): () => void {
    return this.#add(callback, delayMs, null);
  }

  setInterval(callback: () => void, periodMs: number): () => void {
    return this.#add(callback, periodMs, periodMs);
  }

  advance(durationMs: number): void {
    const end = this.#now + durationMs;
    for (let timer = this.#nextDue(end); timer; timer = this.#nextDue(end)) {
      this.#now = Math.max(this.#now, timer.dueTime);
      if (timer.periodMs === null) this.#timers.delete(timer);
      else timer.dueTime += timer.periodMs;
      timer.callback();
    }
    this.#now = end;
  }

  #add(callback: () => void, delayMs: number, periodMs: number | null): () => void {
    const timer: Timer = { dueTime: this.#now + delayMs, order: this.#order++, periodMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  #nextDue(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueTime > end) continue;
      if (
        !next ||
        timer.dueTime < next.dueTime ||
        (timer.dueTime === next.dueTime && timer.order < next.order)
      )
        next = timer;
    }
    return next;
  }
}
