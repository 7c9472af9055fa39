import type { Drawdown } from '#contract/backtest-report.ts';
import { toDecimalString, ZERO } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { equityAt, type Holding } from './holding.ts';

/** A moment of an account. */
interface Moment {
  readonly time: number;
  readonly equity: number;
  readonly holding: Holding;
  readonly price: number;
}

interface Fall {
  readonly peak: Moment;
  readonly trough: Moment;
  /** A share of the peak; of a peak that is not positive the value itself. */
  readonly depth: number;
  readonly isShare: boolean;
  recoveryTime: number | null;
}

/** Doubles of the same money differ by less than that share of it. */
const TOLERANCE = 1e-12;

/**
 * The maximum drawdown: the largest (peak − equity) / peak, where the peak is the highest equity so
 * far (Magdon-Ismail & Atiya, "Maximum Drawdown", Risk 17(10), 2004). Looked for in doubles at each
 * price; what is told of it is exact.
 */
export class DrawdownMeter {
  #peakTime: number;
  #peakEquity: number;
  #peakHolding: Holding;
  #peakPrice: number;
  #isUnderWater = false;
  #worst: Fall | null = null;
  #longestMs = 0;
  #depth = 0;
  #depthSince = 0;

  constructor(start: Moment) {
    this.#peakTime = start.time;
    this.#peakEquity = start.equity;
    this.#peakHolding = start.holding;
    this.#peakPrice = start.price;
  }

  add(time: number, equity: number, holding: Holding, price: number): void {
    const peak = this.#peakEquity;
    if (equity >= peak - Math.abs(peak) * TOLERANCE) {
      if (this.#isUnderWater) this.#recover(time);
      if (equity < peak) return;
      this.#peakTime = time;
      this.#peakEquity = equity;
      this.#peakHolding = holding;
      this.#peakPrice = price;
      return;
    }
    this.#isUnderWater = true;
    const isShare = peak > 0;
    const depth = isShare ? (peak - equity) / peak : peak - equity;
    this.#depth = isShare ? depth : 0;
    if (this.#depth > this.#depthSince) this.#depthSince = this.#depth;
    if (this.#isWorse(isShare, depth)) {
      const trough = { time, equity, holding, price };
      this.#worst = { peak: this.#peak(), trough, depth, isShare, recoveryTime: null };
    }
  }

  takeDepth(): number | null {
    const depth = this.#depthSince;
    this.#depthSince = this.#depth;
    return this.#peakEquity > 0 ? depth : null;
  }

  finish(endTime: number): Drawdown {
    const longestMs = Math.max(this.#longestMs, this.#isUnderWater ? endTime - this.#peakTime : 0);
    if (!this.#worst) return { ...NO_DRAWDOWN, percent: this.#peakEquity > 0 ? 0 : null };
    const { peak, trough, recoveryTime, isShare } = this.#worst;
    const height = equityAt(peak.holding, peak.price);
    const value = height.minus(equityAt(trough.holding, trough.price));
    return {
      value: toDecimalString(value),
      percent: isShare ? value.div(height).times(100).toNumber() : null,
      peakTime: peak.time as EpochMs,
      troughTime: trough.time as EpochMs,
      recoveryTime: recoveryTime as EpochMs | null,
      durationMs: (recoveryTime ?? endTime) - peak.time,
      longestMs,
    };
  }

  /** A share of a peak says more than a value. */
  #isWorse(isShare: boolean, depth: number): boolean {
    const worst = this.#worst;
    if (!worst || worst.isShare !== isShare) return !worst || isShare;
    return depth > worst.depth;
  }

  #recover(time: number): void {
    this.#isUnderWater = false;
    this.#depth = 0;
    this.#longestMs = Math.max(this.#longestMs, time - this.#peakTime);
    const worst = this.#worst;
    if (worst && worst.recoveryTime === null && worst.peak.time === this.#peakTime) {
      worst.recoveryTime = time;
    }
  }

  #peak(): Moment {
    return {
      time: this.#peakTime,
      equity: this.#peakEquity,
      holding: this.#peakHolding,
      price: this.#peakPrice,
    };
  }
}

const NO_DRAWDOWN = {
  value: toDecimalString(ZERO),
  ...{ peakTime: null, troughTime: null, recoveryTime: null },
  ...{ durationMs: 0, longestMs: 0 },
};
