import { MOST_DAYS, type ReportDay } from '#contract/backtest-report.ts';
import { type Decimal, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { percentOf } from './percent.ts';
import { Tail } from './tail.ts';

/** What each day (UTC) came to. */
export class DayTable {
  readonly #days = new Tail<ReportDay>(MOST_DAYS);
  #equity: Decimal;
  #fees: Decimal = ZERO;
  #fills = 0;
  #trips = 0;

  constructor(initialEquity: Decimal) {
    this.#equity = initialEquity;
  }

  onFill({ fee }: Fill): void {
    this.#fees = this.#fees.plus(decimal(fee));
    this.#fills += 1;
  }

  onTrip(): void {
    this.#trips += 1;
  }

  /** Ends the day that `lastTime` lies in. */
  end(lastTime: number, equity: Decimal): void {
    const pnl = equity.minus(this.#equity);
    this.#days.push({
      date: new Date(lastTime).toISOString().slice(0, 'yyyy-mm-dd'.length),
      equity: toDecimalString(equity),
      pnl: toDecimalString(pnl),
      returnPercent: percentOf(pnl, this.#equity),
      fees: toDecimalString(this.#fees),
      ...{ fills: this.#fills, trips: this.#trips },
    });
    this.#equity = equity;
    this.#fees = ZERO;
    this.#fills = 0;
    this.#trips = 0;
  }

  list(): ReportDay[] {
    return this.#days.list();
  }
}
