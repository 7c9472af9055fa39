import { type DecimalString, decimal, negated, toDecimalString, ZERO } from './decimal.ts';
import type { InstrumentId } from './instrument.ts';
import { quotient } from './quotient.ts';
import type { Side } from './side.ts';
import type { EpochMs } from './units.ts';

/**
 * The net position of one bot in one instrument. `quantity` and `cost` are signed: negative is
 * short. `cost` is what the open quantity was bought (or sold) for, so `cost / quantity` is the
 * average entry. PnL is before fees; fees stand beside it.
 */
export interface Position {
  readonly botId: string;
  readonly instrumentId: InstrumentId;
  readonly quantity: DecimalString;
  readonly cost: DecimalString;
  /** Null while flat. Rounded for display; accounting uses `cost`. */
  readonly averagePrice: DecimalString | null;
  readonly realizedPnl: DecimalString;
  readonly fees: DecimalString;
  readonly updatedTime: EpochMs;
}

export interface Execution {
  readonly side: Side;
  readonly quantity: DecimalString;
  readonly price: DecimalString;
  readonly fee: DecimalString;
  readonly eventTime: EpochMs;
}

const NIL = toDecimalString(ZERO);
const ONE = decimal(1);

export const flatPosition = (
  botId: string,
  instrumentId: InstrumentId,
  time: EpochMs,
): Position => ({
  botId,
  instrumentId,
  quantity: NIL,
  cost: NIL,
  averagePrice: null,
  realizedPnl: NIL,
  fees: NIL,
  updatedTime: time,
});

/** What an execution does to a position, and what it realises (before its fee). */
export function applyExecution(
  position: Position,
  execution: Execution,
): { position: Position; realizedPnl: DecimalString } {
  const held = decimal(position.quantity);
  const quantityTraded = decimal(execution.quantity);
  const traded = execution.side === 'buy' ? quantityTraded : negated(quantityTraded);
  const price = decimal(execution.price);
  const cost = decimal(position.cost);

  const reduces = held.times(traded).lt(ZERO);
  const closed = reduces ? (held.abs().lt(traded.abs()) ? held : negated(traded)) : ZERO;
  // A full close releases the whole cost, so that no rounding of the quotient is left behind.
  const released = closed.eq(held)
    ? cost
    : quotient(cost.times(closed), held.eq(ZERO) ? ONE : held);
  const realized = reduces ? closed.times(price).minus(released) : ZERO;
  const opened = traded.plus(closed);

  const quantity = held.plus(traded);
  const newCost = (reduces ? cost.minus(released) : cost).plus(opened.times(price));
  return {
    realizedPnl: toDecimalString(realized),
    position: {
      ...position,
      quantity: toDecimalString(quantity),
      cost: toDecimalString(newCost),
      averagePrice: quantity.eq(ZERO) ? null : toDecimalString(quotient(newCost, quantity)),
      realizedPnl: toDecimalString(decimal(position.realizedPnl).plus(realized)),
      fees: toDecimalString(decimal(position.fees).plus(decimal(execution.fee))),
      updatedTime: execution.eventTime,
    },
  };
}

/** Change of cash by an execution: a buy costs price × quantity, a sale earns it; both cost the fee. */
export function cashFlowOf(execution: Execution): DecimalString {
  const value = decimal(execution.quantity).times(decimal(execution.price));
  const signed = execution.side === 'buy' ? negated(value) : value;
  return toDecimalString(signed.minus(decimal(execution.fee)));
}

/** What the open quantity would realise at `markPrice`, before fees. */
export const unrealizedPnl = (position: Position, markPrice: number): DecimalString =>
  toDecimalString(
    decimal(position.quantity).times(decimal(markPrice)).minus(decimal(position.cost)),
  );
