import type { TimerClock } from '#domain/clock.ts';
import type { Channel } from './channel.ts';

export interface FlushScheduleOptions {
  readonly clock: TimerClock;
  readonly flush: (channel: Channel) => void;
  /** Of one that is not due: whether it goes out with one that is. */
  readonly goesAlong: (channel: Channel) => boolean;
  /** Before what is due is flushed. */
  readonly onDue: () => void;
}

/** Channels that have something pending: one timer for all, at the earliest time that one is due. */
export class FlushSchedule {
  readonly #options: FlushScheduleOptions;
  readonly #dueTimes = new Map<Channel, number>();
  #seenTime = Number.NEGATIVE_INFINITY;
  #timer: { readonly dueTime: number; readonly cancel: () => void } | undefined;

  constructor(options: FlushScheduleOptions) {
    this.#options = options;
  }

  wait(channel: Channel, dueTime: number): void {
    this.#followClock();
    this.#dueTimes.set(channel, dueTime);
    if (this.#timer && this.#timer.dueTime <= dueTime) return;
    this.#setTimer(dueTime);
  }

  /** It has nothing pending any more. */
  forget(channel: Channel): void {
    this.#dueTimes.delete(channel);
  }

  /** Flushes all that wait, and ends. */
  finish(): void {
    for (const channel of [...this.#dueTimes.keys()]) this.#options.flush(channel);
    this.#timer?.cancel();
  }

  #setTimer(dueTime: number): void {
    const { clock } = this.#options;
    this.#timer?.cancel();
    // It may be past already where the loop was held up.
    const cancel = clock.setTimeout(() => this.#flushDue(), Math.max(0, dueTime - clock.now()));
    this.#timer = { dueTime, cancel };
  }

  /** What waits is moved back with a clock that was set back, which must not hold anything up. */
  #followClock(): void {
    const now = this.#options.clock.now();
    const setBackMs = this.#seenTime - now;
    this.#seenTime = now;
    if (setBackMs <= 0) return;
    for (const [channel, dueTime] of this.#dueTimes) {
      this.#dueTimes.set(channel, dueTime - setBackMs);
    }
    if (this.#timer) this.#timer = { ...this.#timer, dueTime: this.#timer.dueTime - setBackMs };
  }

  #flushDue(): void {
    const { clock, flush, goesAlong, onDue } = this.#options;
    this.#followClock();
    this.#timer = undefined;
    onDue();
    const now = clock.now();
    for (const [channel, dueTime] of [...this.#dueTimes]) {
      if (dueTime <= now || goesAlong(channel)) flush(channel);
    }
    if (this.#dueTimes.size > 0) this.#setTimer(Math.min(...this.#dueTimes.values()));
  }
}
