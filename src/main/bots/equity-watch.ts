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

/** Wherever a day begins, it does at a quarter of an hour. */
const QUARTER_MS = 15 * 60_000;
/** Its last moment. */
export const endOfQuarter = (time: EpochMs): EpochMs =>
  ((Math.floor(time / QUARTER_MS) + 1) * QUARTER_MS - 1) as EpochMs;

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

/** How a bot stood when a quarter of an hour ended. */
export interface QuarterEnd {
  /** Its last moment. */
  readonly time: EpochMs;
  readonly pnl: DecimalString;
}

/** Of a bot whose curve is kept. */
interface KnownCurve {
  /** What it came to before this began: null where that was never known. */
  readonly lastPnl: DecimalString | null;
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
  readonly #curve: KnownCurve | null;
  #quarterEnds: QuarterEnd[] = [];
  /** Of the quarter of an hour that it was last heard of in; where no curve is kept, of the day. */
  #turnTime = 0;
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

  constructor(performance: Performance, holdings: Holdings, curve: KnownCurve | null = null) {
    this.#performance = performance;
    this.#holdings = holdings;
    this.#curve = curve;
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
    const copy = new EquityWatch(this.#performance, this.#holdings, this.#curve);
    copy.#quarterEnds = [...this.#quarterEnds];
    copy.#turnTime = this.#turnTime;
    copy.#best = this.#best;
    copy.#worst = this.#worst;
    copy.#peak = this.#peak;
    copy.#deepest = this.#deepest;
    copy.#pnl = this.#pnl;
    copy.#price = this.#price;
    copy.#isChanged = this.#isChanged;
    return copy;
  }

  /**
   * A fill or a deposit has changed what there is. Where its time is told, what ended before it ended with what was
   * held before.
   */
  hold(holdings: Holdings, time?: EpochMs): void {
    if (time !== undefined && time >= this.#turnTime) this.#turn(time);
    this.#holdings = holdings;
    this.#base = Number(decimal(holdings.cash).minus(decimal(holdings.paidIn)));
    this.#quantity = Number(holdings.quantity);
    this.#isChanged = true;
  }

  see(price: number, time: EpochMs): void {
    const isKnown = price === this.#price || this.#quantity === 0;
    if (isKnown && !this.#isChanged && time < this.#turnTime) return;
    if (time >= this.#turnTime) this.#turn(time);
    const pnl = this.#base + this.#quantity * price;
    if (time >= this.#dayEnd) this.#beginDay(pnlOf(this.#holdings, price), time);
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
    this.#isChanged = false;
  }

  /** Those that it has come past since this was asked last. */
  takeQuarterEnds(): readonly QuarterEnd[] {
    if (this.#quarterEnds.length === 0) return NONE;
    const ends = this.#quarterEnds;
    this.#quarterEnds = [];
    return ends;
  }

  /** As of the last price; null before there was one. */
  get moment(): EquityMoment | null {
    return Number.isNaN(this.#price) ? null : { holdings: this.#holdings, price: this.#price };
  }

  /** What it came to before this began; null where that was never known. */
  get lastPnl(): DecimalString | null {
    return this.#curve?.lastPnl ?? null;
  }

  /** The same; what is flat needs no price. */
  get lastMoment(): EquityMoment | null {
    return this.moment ?? (this.#quantity === 0 ? { holdings: this.#holdings, price: 0 } : null);
  }

  /**
   * Since midnight UTC, as of the last price: to be compared with a limit before it is computed. What is flat
   * needs no price; of a day in which none has come yet, nothing is lost.
   */
  roughLossAt(time: EpochMs): number {
    if (time >= this.#dayEnd) return 0;
    if (this.#quantity === 0) return this.#dayStart - this.#base;
    return Number.isNaN(this.#price) ? 0 : this.#dayStart - this.#pnl;
  }

  /** Another quarter of an hour has begun, and maybe a day: the one before ended as it was last known. */
  #turn(time: EpochMs): void {
    const pnl = this.#lastKnown();
    if (pnl !== null) {
      if (this.#curve && this.#turnTime > 0) {
        this.#quarterEnds.push({ time: (this.#turnTime - 1) as EpochMs, pnl });
      }
      if (time >= this.#dayEnd) this.#beginDay(pnl, time);
    }
    this.#turnTime = this.#curve ? endOfQuarter(time) + 1 : dayOf(time) + DAY_MS;
  }

  /** Null where something is held whose price was never known. */
  #lastKnown(): DecimalString | null {
    if (this.#quantity === 0) return pnlOf(this.#holdings, 0);
    return Number.isNaN(this.#price)
      ? (this.#curve?.lastPnl ?? null)
      : pnlOf(this.#holdings, this.#price);
  }

  #beginDay(pnl: DecimalString, time: EpochMs): void {
    this.#remember(performanceAt(this.performance, pnl, time));
  }

  #remember(performance: Performance): void {
    this.#performance = performance;
    this.#peak = Number(performance.peakPnl);
    this.#deepest = Number(performance.maxDrawdown);
    this.#dayStart = Number(performance.dayStartPnl);
    this.#dayEnd = performance.dayTime === null ? 0 : dayOf(performance.dayTime) + DAY_MS;
  }
}

const NONE: readonly QuarterEnd[] = [];

function depthOf({ peak, trough }: Fall): DecimalString {
  const height = typeof peak === 'string' ? peak : pnlOf(peak.holdings, peak.price);
  return toDecimalString(decimal(height).minus(decimal(pnlOf(trough.holdings, trough.price))));
}
