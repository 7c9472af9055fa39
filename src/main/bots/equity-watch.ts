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

/** PnL of these holdings at a price: equity less what was paid in. */
export const pnlOf = ({ cash, quantity, paidIn }: Holdings, price: number): DecimalString =>
  toDecimalString(
    decimal(cash)
      .minus(decimal(paidIn))
      .plus(decimal(quantity).times(decimal(price))),
  );

/** A moment whose PnL is computed when it is asked for. */
export interface EquityMoment {
  readonly holdings: Holdings;
  readonly price: number;
}

interface Fall {
  /** The best before it. */
  readonly peak: EquityMoment | DecimalString;
  readonly trough: EquityMoment;
}

/**
 * Follows a bot's profit from price to price. Each price is weighed in floating point, which is all
 * that the thousands of prices a second can afford; of the best and the worst it is remembered what was
 * held then, and what is told of them is computed from that exactly.
 */
export class EquityWatch {
  /** As of the last time that it was told. */
  #performance: Performance;
  #best: EquityMoment | null = null;
  #worst: Fall | null = null;
  #holdings: Holdings;
  /** At the last price, or where it began: what the first event of a day brings is not of the day before. */
  #heldBefore: Holdings;
  /** The same in floating point: cash less what was paid in, and the quantity. */
  #base = 0;
  #quantity = 0;
  #peak = 0;
  #deepest = 0;
  #dayStart = 0;
  #dayEnd = 0;
  #pnl = 0;
  /** Not a number before there was one: null beside numbers would box each of them. */
  #price = Number.NaN;
  #isChanged = true;

  constructor(performance: Performance, holdings: Holdings) {
    this.#performance = performance;
    this.#holdings = holdings;
    this.#heldBefore = holdings;
    this.hold(holdings);
    this.#remember(performance);
  }

  get performance(): Performance {
    if (this.#best === null && this.#worst === null) return this.#performance;
    const { peakPnl, maxDrawdown } = this.#performance;
    const best = this.#best && pnlOf(this.#best.holdings, this.#best.price);
    const fall = this.#worst && depthOf(this.#worst);
    this.#best = null;
    this.#worst = null;
    this.#performance = {
      ...this.#performance,
      peakPnl: best !== null && decimal(best).gt(decimal(peakPnl)) ? best : peakPnl,
      maxDrawdown: fall !== null && decimal(fall).gt(decimal(maxDrawdown)) ? fall : maxDrawdown,
    };
    return this.#performance;
  }

  /** One that goes on from here by itself. */
  copy(): EquityWatch {
    const copy = new EquityWatch(this.#performance, this.#holdings);
    copy.#heldBefore = this.#heldBefore;
    copy.#best = this.#best;
    copy.#worst = this.#worst;
    copy.#peak = this.#peak;
    copy.#deepest = this.#deepest;
    copy.#pnl = this.#pnl;
    copy.#price = this.#price;
    copy.#isChanged = this.#isChanged;
    return copy;
  }

  /** A fill or a deposit has changed what there is. */
  hold(holdings: Holdings): void {
    this.#holdings = holdings;
    this.#base = Number(decimal(holdings.cash).minus(decimal(holdings.paidIn)));
    this.#quantity = Number(holdings.quantity);
    this.#isChanged = true;
  }

  see(price: number, time: EpochMs): void {
    const isKnown = price === this.#price || this.#quantity === 0;
    if (isKnown && !this.#isChanged && time < this.#dayEnd) return;
    const pnl = this.#base + this.#quantity * price;
    if (time >= this.#dayEnd) this.#beginDay(price, time);
    else if (pnl > this.#peak) {
      this.#peak = pnl;
      this.#best = { holdings: this.#holdings, price };
    } else if (this.#peak - pnl > this.#deepest) {
      this.#deepest = this.#peak - pnl;
      const trough = { holdings: this.#holdings, price };
      this.#worst = { peak: this.#best ?? this.#performance.peakPnl, trough };
    }
    this.#pnl = pnl;
    this.#price = price;
    this.#heldBefore = this.#holdings;
    this.#isChanged = false;
  }

  /** As of the last price; null before there was one. */
  get moment(): EquityMoment | null {
    return Number.isNaN(this.#price) ? null : { holdings: this.#holdings, price: this.#price };
  }

  /**
   * Since midnight UTC, as of the last price: to be compared with a limit before it is computed. What is flat
   * needs no price, and hears of none: of it, the clock says when a day is over.
   */
  roughLossAt(time: EpochMs): number {
    if (this.#quantity === 0) return time < this.#dayEnd ? this.#dayStart - this.#base : 0;
    return Number.isNaN(this.#price) ? 0 : this.#dayStart - this.#pnl;
  }

  #beginDay(price: number, time: EpochMs): void {
    const lastPrice = Number.isNaN(this.#price) ? price : this.#price;
    const before = pnlOf(this.#heldBefore, lastPrice);
    this.#remember(performanceAt(this.performance, pnlOf(this.#holdings, price), time, before));
  }

  #remember(performance: Performance): void {
    this.#performance = performance;
    this.#peak = Number(performance.peakPnl);
    this.#deepest = Number(performance.maxDrawdown);
    this.#dayStart = Number(performance.dayStartPnl);
    this.#dayEnd = performance.dayTime === null ? 0 : dayOf(performance.dayTime) + DAY_MS;
  }
}

function depthOf({ peak, trough }: Fall): DecimalString {
  const height = typeof peak === 'string' ? peak : pnlOf(peak.holdings, peak.price);
  return toDecimalString(decimal(height).minus(decimal(pnlOf(trough.holdings, trough.price))));
}
