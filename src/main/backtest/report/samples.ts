import type { BacktestReport } from '#contract/backtest-report.ts';
import { INTERVAL_MS } from '#domain/candle.ts';
import { type Decimal, type DecimalString, toDecimalString } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { curveStepMs, returnPeriodMs } from './sampling.ts';

/** What is looked at now and then. */
export interface Sampled {
  equity(): Decimal;
  hold(): Decimal;
  /** The same as doubles. */
  value(): number;
  holdValue(): number;
  /** The deepest drawdown since it was asked last. */
  takeDepth(): number | null;
  /** A day (UTC) is over, or the run is: `lastTime` lies in it. */
  onDayEnd(lastTime: number): void;
}

const DAY_MS = INTERVAL_MS['1d'];
const startOfNextDay = (time: number): number => time - (time % DAY_MS) + DAY_MS;

/** Looks at an account at even times: for the curve, for the returns, and at the end of each day. */
export class Samples {
  readonly #sampled: Sampled;
  readonly #periodMs: number;
  readonly #stepMs: number;
  readonly #values: number[];
  readonly #holdValues: number[];
  readonly #times: EpochMs[] = [];
  readonly #equity: DecimalString[] = [];
  readonly #hold: DecimalString[] = [];
  readonly #depths: (number | null)[] = [];
  #nextPeriod: number;
  #nextStep: number;
  #nextDay: number;
  /** When something is to be looked at next. */
  nextTime = 0;

  constructor(
    { fromTime, toTime }: { readonly fromTime: EpochMs; readonly toTime: EpochMs },
    sampled: Sampled,
  ) {
    this.#sampled = sampled;
    this.#periodMs = returnPeriodMs(toTime - fromTime);
    this.#stepMs = curveStepMs(toTime - fromTime);
    this.#values = [sampled.value()];
    this.#holdValues = [sampled.holdValue()];
    this.#nextPeriod = fromTime + this.#periodMs;
    this.#nextStep = fromTime + this.#stepMs;
    this.#nextDay = startOfNextDay(fromTime);
    this.#point(fromTime);
    this.#plan();
  }

  /** Everything that was due by `time`, as it was just before. */
  advance(time: number): void {
    while (time >= this.nextTime) this.#takeDue(this.nextTime);
  }

  finish(time: number): {
    readonly periodMs: number;
    readonly values: readonly number[];
    readonly holdValues: readonly number[];
    readonly curve: BacktestReport['curve'];
  } {
    this.advance(time);
    if (this.#times.at(-1) !== time) this.#point(time);
    // A run that ends at midnight has not begun the day.
    if (this.#nextDay - DAY_MS !== time) this.#sampled.onDayEnd(time);
    return {
      periodMs: this.#periodMs,
      values: this.#values,
      holdValues: this.#holdValues,
      curve: {
        times: this.#times,
        equity: this.#equity,
        buyAndHold: this.#hold,
        drawdownPercent: this.#depths,
      },
    };
  }

  #takeDue(time: number): void {
    if (time === this.#nextPeriod) {
      this.#values.push(this.#sampled.value());
      this.#holdValues.push(this.#sampled.holdValue());
      this.#nextPeriod += this.#periodMs;
    }
    if (time === this.#nextStep) {
      this.#point(time);
      this.#nextStep += this.#stepMs;
    }
    if (time === this.#nextDay) {
      this.#sampled.onDayEnd(time - 1);
      this.#nextDay += DAY_MS;
    }
    this.#plan();
  }

  #plan(): void {
    this.nextTime = Math.min(this.#nextPeriod, this.#nextStep, this.#nextDay);
  }

  #point(time: number): void {
    const depth = this.#sampled.takeDepth();
    this.#times.push(time as EpochMs);
    this.#equity.push(toDecimalString(this.#sampled.equity()));
    this.#hold.push(toDecimalString(this.#sampled.hold()));
    this.#depths.push(depth === null ? null : 0 - 100 * depth);
  }
}
