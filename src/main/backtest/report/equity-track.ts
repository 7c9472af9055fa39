import type { Drawdown } from '#contract/backtest-report.ts';
import type { Decimal } from '#domain/decimal.ts';
import { DrawdownMeter } from './drawdown-meter.ts';
import { equityAt, type Holding } from './holding.ts';

/**
 * The equity of one account while the market moves. It is followed in doubles, many millions of
 * prices a second; what is told of it is computed exactly from what was held then.
 */
export class EquityTrack {
  readonly #drawdown: DrawdownMeter;
  #holding: Holding;
  #cash: number;
  #quantity = 0;
  #price = 0;
  #isChanged = false;

  /** With nothing but cash. */
  constructor(holding: Holding, time: number) {
    this.#holding = holding;
    this.#cash = holding.cash.toNumber();
    this.#drawdown = new DrawdownMeter({ time, equity: this.#cash, holding, price: 0 });
  }

  get equity(): Decimal {
    return equityAt(this.#holding, this.#price);
  }

  /** The same as a double. */
  get value(): number {
    return this.#cash + this.#quantity * this.#price;
  }

  /** From `time` on. */
  hold(holding: Holding, time: number): void {
    // Until now it stood where it was: a fall from there begins now, not when the market was left.
    if (this.#quantity === 0) this.#drawdown.add(time, this.#cash, this.#holding, this.#price);
    this.#holding = holding;
    this.#cash = holding.cash.toNumber();
    this.#quantity = holding.quantity.toNumber();
    this.#isChanged = true;
  }

  mark(time: number, price: number): void {
    this.#price = price;
    // Cash alone is worth the same at any price.
    if (this.#quantity === 0 && !this.#isChanged) return;
    this.#isChanged = false;
    this.#drawdown.add(time, this.#cash + this.#quantity * price, this.#holding, price);
  }

  /** The deepest share of the peak since the last call, 0 to 1; null where no peak is positive. */
  takeDepth(): number | null {
    return this.#drawdown.takeDepth();
  }

  drawdown(endTime: number): Drawdown {
    return this.#drawdown.finish(endTime);
  }
}
