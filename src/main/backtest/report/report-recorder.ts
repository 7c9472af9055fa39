import {
  type BacktestReport,
  MOST_LOGS,
  MOST_TRIPS,
  type RoundTrip,
} from '#contract/backtest-report.ts';
import type { DeckBot } from '#contract/replay-requests.ts';
import type { BotLogEntry } from '#domain/bot.ts';
import { type Decimal, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import { feesOf } from '#domain/fee-schedule.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import { BuyAndHold } from './buy-and-hold.ts';
import { DayTable } from './day-table.ts';
import { EquityTrack } from './equity-track.ts';
import { Exposure } from './exposure.ts';
import { percentOf } from './percent.ts';
import { periodsAYear, ratiosOf } from './ratios.ts';
import { RoundTrips } from './round-trips.ts';
import { Samples } from './samples.ts';
import { Tail } from './tail.ts';
import { TripFigures } from './trip-figures.ts';

export interface ReportTerms {
  readonly bot: DeckBot;
  readonly instrument: Instrument;
  readonly source: BacktestReport['source'];
  readonly fromTime: EpochMs;
  /** Exclusive. */
  readonly toTime: EpochMs;
}

/** What one step of a bot changed, as far as the report is concerned. */
export interface RecordedStep {
  readonly fills: readonly Fill[];
  readonly orders: readonly Order[];
  readonly logs: readonly BotLogEntry[];
  readonly cash: Decimal;
  /** Null where nothing was filled. */
  readonly position: Position | null;
}

/** How a run ended. */
export interface RunEnd extends Pick<BacktestReport, 'played' | 'state' | 'error'> {
  /** What is told ends here. */
  readonly time: EpochMs;
}

/**
 * Hears what a bot does and what the market's price is, in bounded memory, and makes a report of it.
 * Of each event: `advance` before it is played, `mark` afterwards.
 */
export class ReportRecorder {
  readonly #terms: ReportTerms;
  readonly #initial: Decimal;
  readonly #track: EquityTrack;
  readonly #samples: Samples;
  readonly #days: DayTable;
  readonly #exposure = new Exposure();
  readonly #tripFigures = new TripFigures();
  readonly #trips = new Tail<RoundTrip>(MOST_TRIPS);
  readonly #logs = new Tail<BacktestReport['logs'][number]>(MOST_LOGS);
  readonly #roundTrips: RoundTrips;
  #hold: BuyAndHold | null = null;
  #hasPrice = false;
  #lastPrice = 0;
  #position: Position | null = null;
  #fillCount = 0;

  constructor(terms: ReportTerms) {
    this.#terms = terms;
    this.#initial = decimal(terms.bot.initialCash);
    this.#track = new EquityTrack({ cash: this.#initial, quantity: ZERO }, terms.fromTime);
    this.#days = new DayTable(this.#initial);
    this.#roundTrips = new RoundTrips((trip) => this.#onTrip(trip));
    this.#samples = new Samples(terms, {
      equity: () => this.#track.equity,
      hold: () => this.#hold?.track.equity ?? this.#initial,
      value: () => this.#track.value,
      holdValue: () => this.#hold?.track.value ?? this.#initial.toNumber(),
      takeDepth: () => this.#track.takeDepth(),
      onDayEnd: (lastTime) => this.#days.end(lastTime, this.#track.equity),
    });
  }

  /** Whether anything is to be told of the time before `time`: asked for each event. */
  isDue(time: number): boolean {
    return time >= this.#samples.nextTime;
  }

  /** Tells of all that was so before `time`. */
  advance(time: number): void {
    this.#samples.advance(time);
  }

  onStep({ fills, orders, logs, cash, position }: RecordedStep): void {
    for (const { level, message, time } of logs) this.#logs.push({ level, message, time });
    if (!position) return;
    for (const fill of fills) {
      this.#days.onFill(fill);
      this.#roundTrips.add(fill, whyOf(fill, orders));
    }
    const quantity = decimal(position.quantity);
    this.#fillCount += fills.length;
    this.#position = position;
    this.#track.hold({ cash, quantity }, position.updatedTime);
    this.#exposure.set(position.updatedTime, !quantity.eq(ZERO));
  }

  mark(time: number, price: number): void {
    this.#lastPrice = price;
    this.#track.mark(time, price);
    if (this.#hold) this.#hold.mark(time, price);
    else if (!this.#hasPrice) this.#beginHold(time, price);
  }

  finish({ time, played, state, error }: RunEnd): BacktestReport {
    const { bot, instrument, source, fromTime } = this.#terms;
    this.#roundTrips.finish();
    const sampled = this.#samples.finish(time);
    const equity = this.#track.equity;
    const pnl = equity.minus(this.#initial);
    const { periodMs, values, holdValues, curve } = sampled;
    return {
      ...{ bot, currency: instrument.quote, source, fromTime, toTime: time },
      ...{ played, state, error },
      initialEquity: toDecimalString(this.#initial),
      finalEquity: toDecimalString(equity),
      pnl: toDecimalString(pnl),
      returnPercent: percentOf(pnl, this.#initial),
      ...this.#positionFigures(),
      fills: this.#fillCount,
      drawdown: this.#track.drawdown(time),
      exposurePercent: this.#exposure.percent(fromTime, time),
      ...ratiosOf(values, periodMs),
      returns: {
        periodMs,
        count: Math.max(0, values.length - 1),
        periodsAYear: periodsAYear(periodMs),
      },
      trades: this.#tripFigures.figures(),
      buyAndHold: this.#hold?.report(time, holdValues, periodMs) ?? null,
      curve: { ...curve, buyAndHold: this.#hold ? curve.buyAndHold : [] },
      days: this.#days.list(),
      trips: this.#trips.list(),
      logs: this.#logs.list(),
    };
  }

  #positionFigures(): Pick<BacktestReport, 'realizedPnl' | 'unrealizedPnl' | 'fees'> {
    const position = this.#position;
    if (!position) return { realizedPnl: NIL, unrealizedPnl: NIL, fees: NIL };
    const { quantity, cost, realizedPnl, fees } = position;
    const value = decimal(quantity).times(decimal(this.#lastPrice));
    return { realizedPnl, unrealizedPnl: toDecimalString(value.minus(cost)), fees };
  }

  #beginHold(time: number, price: number): void {
    this.#hasPrice = true;
    const { bot, instrument } = this.#terms;
    const { takerFeeBps } = { ...feesOf(instrument), ...bot };
    const terms = { cash: this.#initial, takerFeeBps, instrument };
    this.#hold = BuyAndHold.begin(terms, time, price);
  }

  #onTrip(trip: RoundTrip): void {
    this.#trips.push(trip);
    this.#tripFigures.add(trip);
    this.#days.onTrip();
  }
}

const NIL = toDecimalString(ZERO);

const whyOf = ({ orderId }: Fill, orders: readonly Order[]): string | null =>
  orders.find(({ id }) => id === orderId)?.why ?? null;
