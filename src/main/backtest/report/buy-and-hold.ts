import type { BacktestReport } from '#contract/backtest-report.ts';
import { type Decimal, decimal, roundDown, toDecimalString, ZERO } from '#domain/decimal.ts';
import { decimalsOf, type Instrument } from '#domain/instrument.ts';
import { EquityTrack } from './equity-track.ts';
import type { Holding } from './holding.ts';
import { percentOf } from './percent.ts';
import { ratiosOf } from './ratios.ts';

export interface HoldTerms {
  readonly cash: Decimal;
  readonly takerFeeBps: number;
  readonly instrument: Pick<Instrument, 'sizeIncrement'>;
}

const ONE_BPS = decimal(0.0001);

/**
 * What the same cash would have come to, had all of it gone into the instrument at the first price,
 * as a taker, and stayed there: as many whole lots as it pays for, fee included.
 */
export class BuyAndHold {
  readonly track: EquityTrack;
  readonly #terms: HoldTerms;
  readonly #holding: Holding;
  readonly #fees: Decimal;
  readonly #firstPrice: number;
  #lastPrice: number;

  private constructor(terms: HoldTerms, time: number, price: number) {
    const { cash, takerFeeBps, instrument } = terms;
    const fee = decimal(takerFeeBps).times(ONE_BPS);
    const exact = cash.div(decimal(price).times(fee.plus(1)));
    const quantity = roundDown(exact, decimalsOf(instrument.sizeIncrement));
    const value = quantity.times(decimal(price));
    this.#terms = terms;
    this.#fees = value.times(fee);
    this.#holding = { cash: cash.minus(value).minus(this.#fees), quantity };
    this.#firstPrice = price;
    this.#lastPrice = price;
    this.track = new EquityTrack({ cash, quantity: ZERO }, time);
    this.track.hold(this.#holding, time);
    this.track.mark(time, price);
  }

  /** Null where nothing can be bought at such a price. */
  static begin(terms: HoldTerms, time: number, price: number): BuyAndHold | null {
    return price > 0 ? new BuyAndHold(terms, time, price) : null;
  }

  mark(time: number, price: number): void {
    this.#lastPrice = price;
    this.track.mark(time, price);
  }

  /** `values` is its equity at the ends of even periods. */
  report(
    endTime: number,
    values: readonly number[],
    periodMs: number,
  ): BacktestReport['buyAndHold'] {
    const { cash } = this.#terms;
    const equity = this.track.equity;
    const pnl = equity.minus(cash);
    return {
      quantity: toDecimalString(this.#holding.quantity),
      ...{ firstPrice: this.#firstPrice, lastPrice: this.#lastPrice },
      finalEquity: toDecimalString(equity),
      pnl: toDecimalString(pnl),
      returnPercent: percentOf(pnl, cash),
      fees: toDecimalString(this.#fees),
      drawdown: this.track.drawdown(endTime),
      ...ratiosOf(values, periodMs),
    };
  }
}
