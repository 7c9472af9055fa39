import type { RoundTrip } from '#contract/backtest-report.ts';
import { type Decimal, decimal, negated, smaller, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { EpochMs } from '#domain/units.ts';
import { percentOf } from './percent.ts';

/** The part of a position that one order closes, as it grows. */
interface Closing {
  readonly orderId: string;
  readonly side: RoundTrip['side'];
  readonly openedTime: EpochMs;
  readonly why: string | null;
  closedTime: EpochMs;
  quantity: Decimal;
  entryValue: Decimal;
  exitValue: Decimal;
  fees: Decimal;
}

/**
 * Cuts fills into round trips. What an order takes off a position is one trip, from the position's
 * average entry to the prices at which it was closed: so the trips' PnL before fees adds up to the
 * realised PnL of the account, which counts by average cost, too. Fees of the opening go with the
 * share that is closed. A fill that turns a position round closes one and opens the next, and its fee
 * is shared by quantity.
 */
export class RoundTrips {
  readonly #onTrip: (trip: RoundTrip) => void;
  #held: Decimal = ZERO;
  /** What was paid (got, if short) for what is held, and the fees of that. */
  #entryValue: Decimal = ZERO;
  #entryFees: Decimal = ZERO;
  #openedTime = 0 as EpochMs;
  #closing: Closing | null = null;

  constructor(onTrip: (trip: RoundTrip) => void) {
    this.#onTrip = onTrip;
  }

  /** `why` is what the strategy said that the order is for. */
  add(fill: Fill, why: string | null): void {
    const quantity = decimal(fill.quantity);
    const signed = fill.side === 'buy' ? quantity : negated(quantity);
    const reduces = this.#held.times(signed).lt(ZERO);
    const closed = reduces ? smaller(this.#held.abs(), quantity) : ZERO;
    const closedFee = shareOf(decimal(fill.fee), closed, quantity);
    if (closed.gt(ZERO)) this.#close(this.#closingOf(fill, why), fill, { closed, fee: closedFee });
    const opened = quantity.minus(closed);
    if (opened.gt(ZERO)) this.#open(fill, opened, decimal(fill.fee).minus(closedFee));
  }

  /** What was closed last may be a trip that is not told yet. */
  finish(): void {
    if (this.#closing) this.#onTrip(tripOf(this.#closing));
    this.#closing = null;
  }

  #open({ side, price, eventTime }: Fill, quantity: Decimal, fee: Decimal): void {
    this.finish();
    if (this.#held.eq(ZERO)) this.#openedTime = eventTime;
    this.#held = side === 'buy' ? this.#held.plus(quantity) : this.#held.minus(quantity);
    this.#entryValue = this.#entryValue.plus(quantity.times(decimal(price)));
    this.#entryFees = this.#entryFees.plus(fee);
  }

  #close(
    closing: Closing,
    fill: Fill,
    { closed, fee }: { readonly closed: Decimal; readonly fee: Decimal },
  ): void {
    const size = this.#held.abs();
    const entryValue = shareOf(this.#entryValue, closed, size);
    const entryFees = shareOf(this.#entryFees, closed, size);
    closing.closedTime = fill.eventTime;
    closing.quantity = closing.quantity.plus(closed);
    closing.entryValue = closing.entryValue.plus(entryValue);
    closing.exitValue = closing.exitValue.plus(closed.times(decimal(fill.price)));
    closing.fees = closing.fees.plus(fee).plus(entryFees);
    this.#entryValue = this.#entryValue.minus(entryValue);
    this.#entryFees = this.#entryFees.minus(entryFees);
    this.#held = fill.side === 'buy' ? this.#held.plus(closed) : this.#held.minus(closed);
    if (this.#held.eq(ZERO)) this.finish();
  }

  #closingOf({ orderId, side, eventTime }: Fill, why: string | null): Closing {
    if (this.#closing && this.#closing.orderId !== orderId) this.finish();
    this.#closing ??= {
      ...{ orderId, why, openedTime: this.#openedTime, closedTime: eventTime },
      side: side === 'sell' ? 'long' : 'short',
      ...{ quantity: ZERO, entryValue: ZERO, exitValue: ZERO, fees: ZERO },
    };
    return this.#closing;
  }
}

/** All of it gives all of it, so that no rounding of the quotient is left behind. */
const shareOf = (value: Decimal, part: Decimal, whole: Decimal): Decimal =>
  part.eq(whole) ? value : value.times(part).div(whole);

function tripOf({ side, quantity, entryValue, exitValue, fees, ...closing }: Closing): RoundTrip {
  const grossPnl = side === 'long' ? exitValue.minus(entryValue) : entryValue.minus(exitValue);
  const pnl = grossPnl.minus(fees);
  return {
    side,
    quantity: toDecimalString(quantity),
    entryPrice: toDecimalString(entryValue.div(quantity)),
    exitPrice: toDecimalString(exitValue.div(quantity)),
    openedTime: closing.openedTime,
    closedTime: closing.closedTime,
    grossPnl: toDecimalString(grossPnl),
    fees: toDecimalString(fees),
    pnl: toDecimalString(pnl),
    returnPercent: percentOf(pnl, entryValue),
    why: closing.why,
  };
}
