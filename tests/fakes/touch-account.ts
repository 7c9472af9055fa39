import { fail, type Result, succeed } from '#contract/errors.ts';
import { type Decimal, type DecimalString, decimal } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { type Order, type OrderDraft, submittedOrder } from '#domain/order.ts';
import { type OrderPrices, repriced } from '#domain/order-change.ts';
import type { OrderPair } from '#domain/order-pair.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import type { AccountChange, TradingAccount } from '#main/bots/trading-account.ts';

/** An account that fills a resting order whole when a print or the ask touches its price. */
export class TouchAccount implements TradingAccount {
  cash = decimal(10_000);
  orderSequence: number;
  fillSequence: number;
  readonly position: Position;
  /** Those that it was given after its first. */
  readonly instruments: Instrument[] = [];
  readonly #open = new Map<string, Order>();
  #changes: AccountChange[] = [];

  constructor(
    botId: string,
    open: readonly Order[],
    sequences: [number, number],
    position: Position,
  ) {
    for (const order of open) this.#open.set(order.id, order);
    [this.orderSequence, this.fillSequence] = sequences;
    this.position = { ...position, botId };
  }

  get openOrders(): readonly Order[] {
    return [...this.#open.values()];
  }

  place(request: OrderDraft, time: EpochMs): Order {
    this.orderSequence += 1;
    const { botId, instrumentId } = this.position;
    const id = `${botId}-${this.orderSequence}`;
    const submitted = submittedOrder(request, { id, botId, instrumentId }, time);
    const order: Order = { ...submitted, status: 'accepted' };
    this.#open.set(order.id, order);
    this.#changes.push({ order, fill: null });
    return order;
  }

  hold(request: OrderDraft, time: EpochMs): Order {
    return this.place(request, time);
  }

  placePair(drafts: OrderPair, time: EpochMs): readonly Order[] {
    return drafts.map((draft) => this.place(draft, time));
  }

  refuse(request: OrderDraft, time: EpochMs, reason: string): Order {
    this.orderSequence += 1;
    const { botId, instrumentId } = this.position;
    const id = `${botId}-${this.orderSequence}`;
    const submitted = submittedOrder(request, { id, botId, instrumentId }, time);
    const order: Order = { ...submitted, status: 'rejected', reason };
    this.#changes.push({ order, fill: null });
    return order;
  }

  deposit(amount: Decimal): void {
    this.cash = this.cash.plus(amount);
  }

  cancel(orderId: string, _time: EpochMs, reason: string): Order | undefined {
    const order = this.#open.get(orderId);
    if (!order) return undefined;
    this.#open.delete(orderId);
    const canceled: Order = { ...order, status: 'canceled', reason };
    this.#changes.push({ order: canceled, fill: null });
    return canceled;
  }

  change(orderId: string, prices: OrderPrices): Result<Order> {
    const order = this.#open.get(orderId);
    const changed = order && repriced(order, prices);
    if (typeof changed !== 'object') return fail('invalid_state', 'not open, or not of this order');
    this.#open.set(orderId, changed);
    this.#changes.push({ order: changed, fill: null });
    return succeed(changed);
  }

  equity(markPrice: number): Decimal {
    return this.cash.plus(decimal(this.position.quantity).times(decimal(markPrice)));
  }

  state(): unknown {
    return undefined;
  }

  cancelAll(time: EpochMs, reason: string): void {
    for (const { id } of this.openOrders) this.cancel(id, time, reason);
  }

  /** It never has one. */
  closePosition(): undefined {
    return undefined;
  }

  setTerms(): void {
    this.cash = decimal(10_000);
  }

  setInstrument(instrument: Instrument): void {
    this.instruments.push(instrument);
  }

  onEvent(event: MarketEvent, time: EpochMs): void {
    const price = event.kind === 'trade' ? event.trade.price : null;
    const ask = event.kind === 'quote' ? event.quote.askPrice : null;
    for (const order of [...this.#open.values()]) {
      const limit = Number(order.limitPrice);
      if (limit === price || limit === ask) this.#fill(order, time);
    }
  }

  takeChanges(): readonly AccountChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  #fill(order: Order, time: EpochMs): void {
    this.#open.delete(order.id);
    this.fillSequence += 1;
    const fill: Fill = {
      id: `${order.botId}-f${this.fillSequence}`,
      botId: order.botId,
      orderId: order.id,
      instrumentId: this.position.instrumentId,
      side: order.side,
      quantity: order.quantity,
      price: order.limitPrice ?? order.quantity,
      fee: '0' as DecimalString,
      feeCurrency: 'USDT',
      liquidity: 'maker',
      realizedPnl: '0' as DecimalString,
      eventTime: time,
    };
    const filled: Order = { ...order, status: 'filled', filledQuantity: order.quantity };
    this.#changes.push({ order: filled, fill });
  }
}
