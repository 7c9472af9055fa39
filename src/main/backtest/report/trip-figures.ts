import type { BacktestReport, RoundTrip } from '#contract/backtest-report.ts';
import {
  type Decimal,
  type DecimalString,
  decimal,
  toDecimalString,
  ZERO,
} from '#domain/decimal.ts';

/**
 * What round trips come to, added up one by one. All after fees; a trip that comes to nothing is
 * neither won nor lost.
 */
export class TripFigures {
  #count = 0;
  #wins = 0;
  #losses = 0;
  #won: Decimal = ZERO;
  #lost: Decimal = ZERO;
  #largestWin: Decimal | null = null;
  #largestLoss: Decimal | null = null;
  #durationMs = 0;

  get count(): number {
    return this.#count;
  }

  add({ pnl: text, openedTime, closedTime }: RoundTrip): void {
    const pnl = decimal(text);
    this.#count += 1;
    this.#durationMs += closedTime - openedTime;
    if (pnl.gt(ZERO)) {
      this.#wins += 1;
      this.#won = this.#won.plus(pnl);
      if (this.#largestWin === null || pnl.gt(this.#largestWin)) this.#largestWin = pnl;
    } else if (pnl.lt(ZERO)) {
      this.#losses += 1;
      this.#lost = this.#lost.minus(pnl);
      if (this.#largestLoss === null || pnl.lt(this.#largestLoss)) this.#largestLoss = pnl;
    }
  }

  /**
   * Win rate: wins / trips. Profit factor: Σ wins / |Σ losses| (P. J. Kaufman, "Trading Systems and
   * Methods", chapter on system testing). Expectancy: win rate × average win − loss rate × average loss (V. K.
   * Tharp, "Trade Your Way to Financial Freedom", 1998), which is the mean PnL of a trip.
   */
  figures(): BacktestReport['trades'] {
    const net = this.#won.minus(this.#lost);
    return {
      count: this.#count,
      wins: this.#wins,
      losses: this.#losses,
      winRatePercent: this.#count > 0 ? (this.#wins / this.#count) * 100 : null,
      profitFactor: this.#lost.gt(ZERO) ? this.#won.div(this.#lost).toNumber() : null,
      expectancy: meanOf(net, this.#count),
      averageWin: meanOf(this.#won, this.#wins),
      averageLoss: meanOf(this.#lost.times(-1), this.#losses),
      largestWin: this.#largestWin && toDecimalString(this.#largestWin),
      largestLoss: this.#largestLoss && toDecimalString(this.#largestLoss),
      averageDurationMs: this.#count > 0 ? this.#durationMs / this.#count : null,
    };
  }
}

const meanOf = (sum: Decimal, count: number): DecimalString | null =>
  count > 0 ? toDecimalString(sum.div(count)) : null;
