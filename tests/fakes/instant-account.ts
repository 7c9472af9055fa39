import { fail, type Result, succeed } from '#contract/errors.ts';
import { type Decimal, type DecimalString, decimal, toDecimalString } from '#domain/decimal.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { isOpen, type Order, type OrderDraft, submittedOrder } from '#domain/order.ts';
import { type OrderPrices, repriced } from '#domain/order-change.ts';
import type { OrderPair } from '#domain/order-pair.ts';
import { applyExecution, cashFlowOf, type Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import type { AccountChange, TradingAccount } from '#main/bots/trading-account.ts';

export interface InstantState {
  readonly cash: Decimal;
  readonly position: Position;
  readonly openOrders: readonly Order[];
  readonly orderSequence: number;
  readonly fillSequence: number;
  readonly lastPrice: number | null;
}

/**
 * An account without a market: market orders are filled at the last price at once, limit orders and
 * stops whole at their own price when a trade reaches it. No fees.
 */
export class InstantAccount implements TradingAccount {
  cash: Decimal;
  position: Position;
  orderSequence: number;
  fillSequence: number;
  readonly #open: Map<string, Order>;
  #lastPrice: number | null;
  #changes: AccountChange[] = [];

  constructor(state: InstantState) {
    this.cash = state.cash;
    this.position = state.position;
    this.orderSequence = state.orderSequence;
    this.fillSequence = state.fillSequence;
    this.#lastPrice = state.lastPrice;
    this.#open = new Map(state.openOrders.map((order) => [order.id, order]));
  }

  get openOrders(): readonly Order[] {
    return [...this.#open.values()];
  }

  equity(markPrice: number): Decimal {
    return this.cash.plus(decimal(this.position.quantity).times(decimal(markPrice)));
  }

  place(draft: OrderDraft, time: EpochMs): Order {
    const accepted: Order = { ...this.#submit(draft, time), status: 'accepted' };
    if (draft.type === 'market' && this.#lastPrice !== null) {
      return this.#fill(accepted, toDecimalString(decimal(this.#lastPrice)), time);
    }
    this.#open.set(accepted.id, accepted);
    this.#changes.push({ order: accepted, fill: null });
    return accepted;
  }

  hold(draft: OrderDraft, time: EpochMs): Order {
    return this.place(draft, time);
  }

  placePair(drafts: OrderPair, time: EpochMs): readonly Order[] {
    return drafts.map((draft) => this.place(draft, time));
  }

  refuse(draft: OrderDraft, time: EpochMs, reason: string): Order {
    const order: Order = { ...this.#submit(draft, time), status: 'rejected', reason };
    this.#changes.push({ order, fill: null });
    return order;
  }

  deposit(amount: Decimal): void {
    this.cash = this.cash.plus(amount);
  }

  cancel(orderId: string, updatedTime: EpochMs, reason: string): Order | undefined {
    const order = this.#open.get(orderId);
    if (!order) return undefined;
    this.#open.delete(orderId);
    const canceled: Order = { ...order, status: 'canceled', reason, updatedTime };
    this.#changes.push({ order: canceled, fill: null });
    return canceled;
  }

  change(orderId: string, prices: OrderPrices, updatedTime: EpochMs): Result<Order> {
    const order = this.#open.get(orderId);
    const changed = order && repriced(order, prices);
    if (typeof changed !== 'object') return fail('invalid_state', 'not open, or not of this order');
    const moved = { ...changed, updatedTime };
    this.#open.set(orderId, moved);
    this.#changes.push({ order: moved, fill: null });
    return succeed(moved);
  }

  cancelAll(time: EpochMs, reason: string): void {
    for (const { id } of this.openOrders) this.cancel(id, time, reason);
  }

  closePosition(time: EpochMs, why: string): Order | undefined {
    const held = decimal(this.position.quantity);
    if (held.eq(0)) return undefined;
    const side = held.gt(0) ? 'sell' : 'buy';
    return this.place({ type: 'market', side, quantity: toDecimalString(held.abs()), why }, time);
  }

  /** It has no terms: no fees, no latency, all the money of the world. */
  setTerms(): void {
    this.cash = this.cash.plus(0);
  }

  setInstrument(): void {
    this.cash = this.cash.plus(0);
  }

  onEvent(event: MarketEvent, time: EpochMs): void {
    if (event.kind !== 'trade') return;
    const { price } = event.trade;
    this.#lastPrice = price;
    for (const order of [...this.#open.values()]) {
      const at = order.triggerPrice ?? order.limitPrice;
      if (at === null || !isOpen(order)) continue;
      const isBelow = price <= Number(at);
      const isAbove = price >= Number(at);
      const isReached = (order.side === 'buy') === (order.type === 'limit') ? isBelow : isAbove;
      if (isReached) this.#fill(order, at, time);
    }
  }

  takeChanges(): readonly AccountChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  state(): unknown {
    return { lastPrice: this.#lastPrice };
  }

  #submit(draft: OrderDraft, time: EpochMs): Order {
    this.orderSequence += 1;
    const { botId, instrumentId } = this.position;
    const id = `${botId}-${this.orderSequence}`;
    return submittedOrder(draft, { id, botId, instrumentId }, time);
  }

  #fill(order: Order, price: DecimalString, time: EpochMs): Order {
    this.#open.delete(order.id);
    this.fillSequence += 1;
    const { side, quantity, botId, instrumentId } = order;
    const execution = { side, quantity, price, fee: '0' as DecimalString, eventTime: time };
    const booked = applyExecution(this.position, execution);
    this.position = booked.position;
    this.cash = this.cash.plus(cashFlowOf(execution));
    const filled: Order = {
      ...order,
      status: 'filled',
      filledQuantity: quantity,
      updatedTime: time,
    };
    this.#changes.push({
      order: filled,
      fill: {
        ...execution,
        id: `${botId}-f${this.fillSequence}`,
        ...{ botId, instrumentId, orderId: order.id },
        feeCurrency: 'USDT',
        liquidity: 'taker',
        realizedPnl: booked.realizedPnl,
      },
    });
    return filled;
  }
}
