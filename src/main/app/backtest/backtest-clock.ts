import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';

/**
 * What everything in a backtest takes for the time: the market's. Nobody looks on, and nothing waits,
 * so that no timer of the machine ever goes off.
 */
export class BacktestClock implements TimerClock {
  #time: EpochMs;

  constructor(time: EpochMs) {
    this.#time = time;
  }

  now(): EpochMs {
    return this.#time;
  }

  set(time: number): void {
    this.#time = time as EpochMs;
  }

  setTimeout(): () => void {
    return () => undefined;
  }

  setInterval(): () => void {
    return () => undefined;
  }
}
