import { type Decimal, decimal, negated, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { FeeSchedule } from '#domain/fee-schedule.ts';
import type { Fill, Liquidity } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import { applyExecution, cashFlowOf, type Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Execution } from './liquidity.ts';

const ONE_BASIS_POINT = decimal(0.0001);

/** What a bot has: cash and a position. Changed by executions and by what is paid in; exact (rule X1). */
export class Holdings {
  #cash: Decimal;
  #position: Position;
  #fillSequence: number;

  constructor(cash: Decimal, position: Position, fillSequence: number) {
    this.#cash = cash;
    this.#position = position;
    this.#fillSequence = fillSequence;
  }

  get cash(): Decimal {
    return this.#cash;
  }

  get position(): Position {
    return this.#position;
  }

  /** Number of the last fill given out. */
  get fillSequence(): number {
    return this.#fillSequence;
  }

  equity(markPrice: number): Decimal {
    return this.#cash.plus(decimal(this.#position.quantity).times(decimal(markPrice)));
  }

  deposit(amount: Decimal): void {
    this.#cash = this.#cash.plus(amount);
  }

  /** Books one execution of `order`: what it is as a fill, and the order after it. */
  execute(
    order: Order,
    { quantity, price, liquidity }: Execution & { readonly liquidity: Liquidity },
    { instrument, fees }: { readonly instrument: Instrument; readonly fees: FeeSchedule },
    time: EpochMs,
  ): { readonly fill: Fill; readonly order: Order } {
    const feeBps = liquidity === 'maker' ? fees.makerFeeBps : fees.takerFeeBps;
    const value = quantity.times(price).abs();
    const execution = {
      side: order.side,
      quantity: toDecimalString(quantity),
      price: toDecimalString(price),
      fee: toDecimalString(value.times(decimal(feeBps)).times(ONE_BASIS_POINT)),
      eventTime: time,
    };
    const booked = applyExecution(this.#position, execution);
    this.#position = booked.position;
    this.#cash = this.#cash.plus(decimal(cashFlowOf(execution)));
    this.#fillSequence += 1;
    const fill: Fill = {
      ...execution,
      id: `${order.botId}-f${this.#fillSequence}`,
      botId: order.botId,
      orderId: order.id,
      instrumentId: instrument.id,
      feeCurrency: instrument.quote,
      liquidity,
      realizedPnl: booked.realizedPnl,
    };
    const filledQuantity = decimal(order.filledQuantity).plus(quantity);
    const isDone = filledQuantity.gte(decimal(order.quantity));
    return {
      fill,
      order: {
        ...order,
        status: isDone ? 'filled' : 'partiallyFilled',
        filledQuantity: toDecimalString(filledQuantity),
        updatedTime: time,
      },
    };
  }

  /** What an order of `side` would close of the position: zero where it would open or add. */
  reducible(side: Order['side']): Decimal {
    const held = decimal(this.#position.quantity);
    const closable = side === 'sell' ? held : negated(held);
    return closable.gt(ZERO) ? closable : ZERO;
  }
}
