import { type DecimalString, decimal, toDecimalString } from '#domain/decimal.ts';
import { dayOf, type Performance, performanceAt } from '#domain/performance.ts';
import type { EpochMs } from '#domain/units.ts';

/** What a bot's equity is made of, in the quote currency; the quantity in the base currency. */
export interface Holdings {
  readonly cash: DecimalString;
  readonly quantity: DecimalString;
  /** All that was paid in, less what was taken out. */
  readonly paidIn: DecimalString;
}

const DAY_MS = 86_400_000;
/** Far above the error of the floating-point figures, far below a cent. */
const NEARLY = 1e-9;

/** PnL of these holdings at a price: equity less what was paid in. */
export const pnlOf = ({ cash, quantity, paidIn }: Holdings, price: number): DecimalString =>
  toDecimalString(
    decimal(cash)
      .minus(paidIn)
      .plus(decimal(quantity).times(decimal(price))),
  );

/**
 * Follows a bot's profit from price to price. Each price is weighed in floating point, which is all
 * that the thousands of prices a second can afford; whatever might be a new best, a new worst or a
 * new day is then computed exactly.
 */
export class EquityWatch {
  performance: Performance;
  #holdings: Holdings;
  /** The same in floating point: cash less what was paid in, and the quantity. */
  #base = 0;
  #quantity = 0;
  #peak = 0;
  #deepest = 0;
  #dayStart = 0;
  #dayEnd = 0;
  #pnl = 0;
  #price: number | null = null;
  #isChanged = true;

  constructor(performance: Performance, holdings: Holdings) {
    this.performance = performance;
    this.#holdings = holdings;
    this.hold(holdings);
    this.#remember(performance);
  }

  /** A fill or a deposit has changed what there is. */
  hold(holdings: Holdings): void {
    this.#holdings = holdings;
    this.#base = Number(decimal(holdings.cash).minus(holdings.paidIn));
    this.#quantity = Number(holdings.quantity);
    this.#isChanged = true;
  }

  see(price: number, time: EpochMs): void {
    const isKnown = price === this.#price || this.#quantity === 0;
    if (isKnown && !this.#isChanged && time < this.#dayEnd) return;
    const pnl = this.#base + this.#quantity * price;
    const margin = NEARLY * (Math.abs(this.#base) + Math.abs(this.#quantity * price));
    const isNews =
      pnl > this.#peak - margin ||
      this.#peak - pnl > this.#deepest - margin ||
      time >= this.#dayEnd;
    if (isNews) this.#weigh(price, time);
    this.#pnl = pnl;
    this.#price = price;
    this.#isChanged = false;
  }

  /** At the last price; null before there was one. */
  get pnl(): DecimalString | null {
    return this.#price === null ? null : pnlOf(this.#holdings, this.#price);
  }

  /** Since midnight UTC, as of the last price: to be compared with a limit before it is computed. */
  get roughLossToday(): number {
    return this.#price === null ? 0 : this.#dayStart - this.#pnl;
  }

  #weigh(price: number, time: EpochMs): void {
    const pnl = pnlOf(this.#holdings, price);
    this.#remember(performanceAt(this.performance, pnl, time, this.pnl ?? pnl));
  }

  #remember(performance: Performance): void {
    this.performance = performance;
    this.#peak = Number(performance.peakPnl);
    this.#deepest = Number(performance.maxDrawdown);
    this.#dayStart = Number(performance.dayStartPnl);
    this.#dayEnd = performance.dayTime === null ? 0 : dayOf(performance.dayTime) + DAY_MS;
  }
}
