import { type Result, succeed } from '#contract/errors.ts';
import type { ReplaySpeed } from '#contract/replay-requests.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { EventMerger } from './event-merger.ts';

/** After so long the event loop gets its turn. */
const SLICE_MS = 8;
/** Between two events the time moves on in steps of at most this. */
const LONGEST_WAIT_MS = 50;
/** Later than this (the machine slept, or cannot keep up) it goes on from here: no burst. */
const MOST_LATENESS_MS = 1_000;

export interface Journey {
  readonly merger: EventMerger;
  /** Where it stands. */
  readonly position: () => EpochMs;
  /** Everything that is due before it is played and, where it is `inclusive`, what is due then. */
  readonly until: EpochMs;
  readonly inclusive: boolean;
  /** Looked at again and again: it may be changed on the way. */
  readonly speed: () => ReplaySpeed;
  readonly signal: AbortSignal;
  /** Time stands still until what it gives has resolved. */
  readonly onEvent: (event: MarketEvent, time: EpochMs) => Promise<unknown> | null;
  /** Everything before this time was played and, where it is `inclusive`, what was due then. */
  readonly onTime: (time: EpochMs, inclusive: boolean) => void;
  /** Asked after each event: whether to stay there. */
  readonly isDone?: () => boolean;
}

/** `arrived`: `until` is reached; `done`: as `isDone` said; `aborted`: as `signal` said. */
export type JourneyEnd = 'arrived' | 'done' | 'aborted';

/** Plays events at a pace, in slices that leave the event loop free. */
export class Transport {
  readonly #clock: TimerClock;

  constructor(clock: TimerClock) {
    this.#clock = clock;
  }

  async travel(journey: Journey): Promise<Result<JourneyEnd>> {
    const { merger, signal, until } = journey;
    const pace = new Pace(this.#clock, journey.position);
    let sliceEnd = this.#clock.now() + SLICE_MS;
    for (;;) {
      if (signal.aborted) return succeed('aborted');
      if (!merger.isReady) {
        const read = await merger.prepare();
        if (!read.ok) return read;
        if (signal.aborted) return succeed('aborted');
      }
      const target = pace.target(journey.speed(), until);
      const slice = this.#slice(journey, target, sliceEnd);
      if (slice instanceof Promise) {
        await slice;
        if (journey.isDone?.()) return succeed('done');
        continue;
      }
      if (slice === 'done') return succeed('done');
      if (slice === 'reached' && target >= until) return succeed('arrived');
      if (slice === 'unread') continue;
      const waitMs = slice === 'reached' ? pace.waitMs(merger.nextTime(), journey.speed()) : 0;
      await this.#sleep(waitMs, signal);
      sliceEnd = this.#clock.now() + SLICE_MS;
    }
  }

  /**
   * `busy`: there is more to play, but others have a right to the event loop. A promise: what was
   * played last is not dealt with before.
   */
  #slice(
    journey: Journey,
    target: EpochMs,
    sliceEnd: number,
  ): 'reached' | 'busy' | 'done' | 'unread' | Promise<unknown> {
    const { merger, onEvent, onTime, isDone } = journey;
    const inclusive = journey.inclusive && target === journey.until;
    while (merger.isReady) {
      const time = merger.nextTime();
      if (time === null || time > target || (time === target && !inclusive)) {
        onTime(target, inclusive);
        return 'reached';
      }
      const settling = onEvent(merger.take(), time);
      if (settling) return settling;
      if (isDone?.()) return 'done';
      if (this.#clock.now() >= sliceEnd) return 'busy';
    }
    return 'unread';
  }

  #sleep(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const cancel = this.#clock.setTimeout(wake, delayMs);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}

/** Which moment of the market a moment of the clock stands for. */
class Pace {
  readonly #clock: TimerClock;
  readonly #position: () => EpochMs;
  #speed: ReplaySpeed | null = null;
  #anchor = { market: 0, clock: 0 };
  #target = 0;

  constructor(clock: TimerClock, position: () => EpochMs) {
    this.#clock = clock;
    this.#position = position;
  }

  /** Up to where is to be played now. */
  target(speed: ReplaySpeed, until: EpochMs): EpochMs {
    if (speed !== this.#speed) this.#begin(speed);
    if (speed === 'max') return until;
    const { market, clock } = this.#anchor;
    const elapsedMs = this.#clock.now() - clock;
    const isLate = market + elapsedMs * speed - this.#position() > MOST_LATENESS_MS * speed;
    if (isLate) this.#begin(speed);
    this.#target = isLate ? this.#anchor.market : market + elapsedMs * speed;
    return Math.min(until, this.#target) as EpochMs;
  }

  /** How long until there is something to do. */
  waitMs(next: EpochMs | null, speed: ReplaySpeed): number {
    if (speed === 'max') return 0;
    const dueMs = next === null ? LONGEST_WAIT_MS : (next - this.#target) / speed;
    return Math.max(1, Math.min(LONGEST_WAIT_MS, dueMs));
  }

  #begin(speed: ReplaySpeed): void {
    this.#speed = speed;
    this.#anchor = { market: this.#position(), clock: this.#clock.now() };
  }
}
