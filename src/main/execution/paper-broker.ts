import { type Decimal, decimal, roundDown, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { Fill, Liquidity } from '#domain/fill.ts';
import { decimalsOf, type Instrument } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { isOpen, type Order, type OrderDraft, submittedOrder } from '#domain/order.ts';
import { applyExecution, cashFlowOf, type Position } from '#domain/position.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { type Execution, type MarketView, takeLiquidity } from './liquidity.ts';
import { refusalOf } from './refusal.ts';
import { comparePriority, RestingOrder, remainingOf } from './resting-order.ts';

interface PaperBrokerState {
  readonly cash: Decimal;
  readonly position: Position;
  readonly openOrders: readonly Order[];
  /** Numbers of the last order and fill given out, so that ids go on after a restart. */
  readonly orderSequence: number;
  readonly fillSequence: number;
}

/** Basis points of the value traded; a negative one is a rebate. */
export interface FeeSchedule {
  readonly makerFeeBps: number;
  readonly takerFeeBps: number;
}

export interface PaperBrokerOptions {
  readonly botId: string;
  readonly instrument: Instrument;
  readonly fees: FeeSchedule;
  readonly state: PaperBrokerState;
  readonly market: MarketView;
}

/** An order in a new state, and the fill that brought it there if one did. */
export interface PaperChange {
  readonly order: Order;
  readonly fill: Fill | null;
}

/**
 * Executes one bot's orders on one instrument against the public market, without touching it.
 *
 * A marketable order walks the live book; where there is none, the quote or the last trade. A resting
 * limit order stands behind the size that its level showed when it came (its *queue*), and fills
 * when prints at its price have eaten the queue, or at once when the market trades or quotes through
 * its price. No latency, no margin, no funding.
 */
export class PaperBroker {
  readonly #options: PaperBrokerOptions;
  readonly #resting = new Map<string, RestingOrder>();
  #fees: FeeSchedule;
  #cash: Decimal;
  #position: Position;
  #orderSequence: number;
  #fillSequence: number;
  #changes: PaperChange[] = [];

  constructor(options: PaperBrokerOptions) {
    this.#options = options;
    this.#fees = options.fees;
    this.#cash = options.state.cash;
    this.#position = options.state.position;
    this.#orderSequence = options.state.orderSequence;
    this.#fillSequence = options.state.fillSequence;
    for (const order of options.state.openOrders) {
      this.#resting.set(order.id, RestingOrder.restored(order));
    }
  }

  get cash(): Decimal {
    return this.#cash;
  }

  get position(): Position {
    return this.#position;
  }

  get orderSequence(): number {
    return this.#orderSequence;
  }

  get fillSequence(): number {
    return this.#fillSequence;
  }

  get openOrders(): readonly Order[] {
    return [...this.#resting.values()].map((resting) => resting.order);
  }

  equity(markPrice: number): Decimal {
    return this.#cash.plus(decimal(this.#position.quantity).times(decimal(markPrice)));
  }

  state(): unknown {
    return undefined;
  }

  setFees(fees: FeeSchedule): void {
    this.#fees = fees;
  }

  /** Takes an order in and executes what can be executed now. Returns it as it then stands. */
  place(draft: OrderDraft, time: EpochMs): Order {
    const { botId, instrument } = this.#options;
    this.#orderSequence += 1;
    const id = `${botId}-${this.#orderSequence}`;
    const submitted = submittedOrder(draft, { id, botId, instrumentId: instrument.id }, time);
    this.#record(submitted);
    const refusal = refusalOf(draft, instrument);
    if (refusal) return this.#record({ ...submitted, status: 'rejected', reason: refusal });
    return this.#execute(this.#record({ ...submitted, status: 'accepted' }), time);
  }

  /** Undefined where there is no such open order. */
  cancel(orderId: string, time: EpochMs, reason: string): Order | undefined {
    const resting = this.#resting.get(orderId);
    if (!resting) return undefined;
    this.#resting.delete(orderId);
    return this.#record({ ...resting.order, status: 'canceled', reason, updatedTime: time });
  }

  /** Lets the market act on the resting orders: best price first, then oldest first. */
  onEvent(event: MarketEvent, time: EpochMs): void {
    if (this.#resting.size === 0) return;
    if (event.kind === 'trade') this.#onTrade(event.trade, time);
    else this.#onTouch(time);
  }

  /** What happened since the last call, in order: to be on disk before anyone hears of it. */
  takeChanges(): readonly PaperChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  #onTrade(trade: Trade, time: EpochMs): void {
    let takenByUs = ZERO;
    for (const resting of this.#byPriority()) {
      if (resting.isTradedThrough(trade.price)) {
        this.#fillResting(resting, remainingOf(resting.order), time);
        continue;
      }
      const pastQueue = resting.passQueue(trade);
      if (!pastQueue) continue;
      const reaching = pastQueue.minus(takenByUs);
      takenByUs = takenByUs.plus(this.#fillResting(resting, reaching, time));
    }
  }

  /** Orders that the opposite touch has reached are filled: the market moved through them. */
  #onTouch(time: EpochMs): void {
    const { market } = this.#options;
    for (const resting of this.#byPriority()) {
      if (resting.observeTouch(market)) {
        this.#fillResting(resting, remainingOf(resting.order), time);
      }
    }
  }

  #byPriority(): readonly RestingOrder[] {
    const list = [...this.#resting.values()];
    return list.length < 2 ? list : list.sort(comparePriority);
  }

  #execute(order: Order, time: EpochMs): Order {
    const { market } = this.#options;
    const executions = takeLiquidity(order, market, this.#options.instrument);
    let current = order;
    for (const execution of executions) current = this.#fill(current, execution, 'taker', time);
    if (!isOpen(current)) return current;
    if (current.type === 'market') {
      const reason = 'not enough liquidity in the book';
      return this.#record({ ...current, status: 'canceled', reason, updatedTime: time });
    }
    this.#resting.set(current.id, RestingOrder.placed(current, market));
    return current;
  }

  /** Fills up to `reaching`, in whole lots; returns how much that was. */
  #fillResting(resting: RestingOrder, reaching: Decimal, time: EpochMs): Decimal {
    const remaining = remainingOf(resting.order);
    const lots = decimalsOf(this.#options.instrument.sizeIncrement);
    const quantity = reaching.lt(remaining) ? roundDown(reaching, lots) : remaining;
    if (quantity.lte(ZERO)) return ZERO;
    const execution = { quantity, price: decimal(resting.limitPrice) };
    const filled = this.#fill(resting.order, execution, 'maker', time);
    if (isOpen(filled)) resting.order = filled;
    else this.#resting.delete(filled.id);
    return quantity;
  }

  #fill(order: Order, execution: Execution, liquidity: Liquidity, time: EpochMs): Order {
    const { botId, instrument } = this.#options;
    const filledQuantity = decimal(order.filledQuantity).plus(execution.quantity);
    const isDone = filledQuantity.gte(order.quantity);
    const feeBps = liquidity === 'maker' ? this.#fees.makerFeeBps : this.#fees.takerFeeBps;
    const value = execution.quantity.times(execution.price);
    const base = {
      side: order.side,
      quantity: toDecimalString(execution.quantity),
      price: toDecimalString(execution.price),
      fee: toDecimalString(value.times(decimal(feeBps)).times(decimal(0.0001))),
      eventTime: time,
    };
    this.#fillSequence += 1;
    const booked = applyExecution(this.#position, base);
    this.#position = booked.position;
    this.#cash = this.#cash.plus(cashFlowOf(base));
    const fill: Fill = {
      ...base,
      id: `${botId}-f${this.#fillSequence}`,
      botId,
      orderId: order.id,
      instrumentId: instrument.id,
      feeCurrency: instrument.quote,
      liquidity,
      realizedPnl: booked.realizedPnl,
    };
    const filled: Order = {
      ...order,
      status: isDone ? 'filled' : 'partiallyFilled',
      filledQuantity: toDecimalString(filledQuantity),
      updatedTime: time,
    };
    return this.#record(filled, fill);
  }

  #record(order: Order, fill: Fill | null = null): Order {
    this.#changes.push({ order, fill });
    return order;
  }
}
