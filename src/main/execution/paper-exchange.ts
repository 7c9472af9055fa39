import { type Decimal, decimal, floorTo, smaller, ZERO } from '#domain/decimal.ts';
import type { Fill, Liquidity } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { isOpen, isWaiting, type Order, remainingOf } from '#domain/order.ts';
import { opposite } from '#domain/side.ts';
import { MOST_SKEW_MS } from '#domain/sound-time.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { arrivalRefusal, postOnlyRefusal } from './arrival-refusal.ts';
import type { Holdings } from './holdings.ts';
import { type Execution, takeLiquidity } from './liquidity.ts';
import { levelsOf, type MarketView, reaches, type Source, sourceOf } from './market-view.ts';
import type { PaperTerms } from './paper-terms.ts';
import type { TakenLiquidity } from './taken-liquidity.ts';
import { WorkingOrder } from './working-order.ts';
import type { WorkingOrders } from './working-orders.ts';

export interface PaperExchangeOptions {
  readonly market: MarketView;
  readonly holdings: Holdings;
  readonly working: WorkingOrders;
  readonly taken: TakenLiquidity;
  /** Told of every new state of an order, with the fill that brought it there if one did. */
  readonly record: (order: Order, fill: Fill | null) => void;
  /** One of its group was filled or triggered: the others are to be canceled. */
  readonly endGroup: (order: Order, time: EpochMs, what: string) => void;
}

/** How often it is told where a trailing stop stands, market time. It moves with every trade. */
const TRAIL_TOLD_EVERY_MS = 1_000;

/** The exchange's side of the paper broker: takes orders in, and lets the market act on them. */
export class PaperExchange {
  readonly #options: PaperExchangeOptions;
  #instrument: Instrument;
  #terms: PaperTerms;

  constructor(options: PaperExchangeOptions, instrument: Instrument, terms: PaperTerms) {
    this.#options = options;
    this.#instrument = instrument;
    this.#terms = terms;
  }

  /** Nothing that happens in the market concerns it. */
  get isIdle(): boolean {
    return this.#options.working.isEmpty && this.#options.taken.isEmpty;
  }

  setTerms(terms: PaperTerms): void {
    this.#terms = terms;
  }

  setInstrument(instrument: Instrument): void {
    this.#instrument = instrument;
  }

  /** Takes a submitted order in and executes what can be executed now. Returns it as it then stands. */
  accept(order: Order, time: EpochMs): Order {
    const refusal = this.#refusalOf(order, this.#options.working.orders);
    if (refusal) return this.#end(order, 'rejected', refusal, time);
    return this.#takeIn({ ...order, status: 'accepted', updatedTime: time }, time);
  }

  /**
   * Puts an open order at the prices that it has here: behind all others there, or it trades at once. Returns
   * it as it then stands, or why it was refused: then it stays where it was, in its place.
   */
  change(order: Order, time: EpochMs): Order | string {
    const { working } = this.#options;
    const others = working.orders.filter(({ id }) => id !== order.id);
    const refusal = this.#refusalOf(order, others);
    if (refusal) return refusal;
    working.remove(order.id);
    return this.#takeIn({ ...order, updatedTime: time }, time);
  }

  /** Undefined where there is no such open order. */
  cancel(orderId: string, time: EpochMs, reason: string): Order | undefined {
    const working = this.#options.working.remove(orderId);
    return working && this.#end(working.order, 'canceled', reason, time);
  }

  onEvent(event: MarketEvent, time: EpochMs): void {
    switch (event.kind) {
      case 'trade':
        this.#onTrade(event.trade, time);
        break;
      case 'quote':
      case 'bookSnapshot':
      case 'bookDelta':
      case 'bookLost':
        this.#onShown(time);
        break;
      // Of what was missed nobody knows what it would have done to our orders.
      case 'gap':
      case 'backfill':
        break;
      // What it does to the market comes as trades.
      case 'liquidation':
        break;
    }
  }

  get #source() {
    const { market, taken } = this.#options;
    return { market, taken, instrument: this.#instrument, slippageBps: this.#terms.slippageBps };
  }

  #onTrade(trade: Trade, time: EpochMs): void {
    const { working, market } = this.#options;
    if (working.isQuietAt(trade.price)) return;
    // Exchanges print out of order, and tell of their last trades when one connects.
    const newest = market.lastTrade?.eventTime ?? Number.NEGATIVE_INFINITY;
    const isLate = trade.eventTime < newest || trade.receivedTime - trade.eventTime > MOST_SKEW_MS;
    const isPast = (one: WorkingOrder) => isLate && trade.eventTime < one.since;
    let takenByUs = ZERO;
    for (const resting of working.resting()) {
      // One filled before it may have ended it, by their group or by the position.
      if (!working.has(resting) || isPast(resting)) continue;
      if (resting.isTradedThrough(trade.price)) {
        this.#fillResting(resting, remainingOf(resting.order), time);
        continue;
      }
      const pastQueue = resting.pass(trade);
      if (!pastQueue) continue;
      takenByUs = takenByUs.plus(this.#fillResting(resting, pastQueue.minus(takenByUs), time));
    }
    for (const waiting of working.waiting()) {
      if (working.has(waiting) && !isPast(waiting)) {
        this.#onTradeWhileWaiting(waiting, trade.price, time);
      }
    }
  }

  #onTradeWhileWaiting(waiting: WorkingOrder, price: number, time: EpochMs): void {
    if (waiting.stop?.isReachedBy(price)) this.#trigger(waiting, time);
    else if (waiting.follow(price)) this.#moved(waiting, time);
  }

  /** A trailing stop stands elsewhere: not each of its steps is worth a word, nor a write to disk. */
  #moved(waiting: WorkingOrder, time: EpochMs): void {
    this.#options.working.changed();
    if (Math.abs(time - waiting.trailToldTime) < TRAIL_TOLD_EVERY_MS) return;
    waiting.trailToldTime = time;
    waiting.order = this.#told({ ...waiting.order, updatedTime: time });
  }

  /** Book or quote have changed. */
  #onShown(time: EpochMs): void {
    const { market, working, taken } = this.#options;
    const source = sourceOf(market);
    if (!taken.isEmpty) taken.forgetChanged(source);
    if (working.isEmpty || !working.look(source)) return;
    for (const resting of working.resting()) {
      if (working.has(resting)) this.#fillFromTouch(resting, source, time);
    }
  }

  /** The opposite side has come to our price: it trades with us, as far as it is there. */
  #fillFromTouch(resting: WorkingOrder, source: Source, time: EpochMs): void {
    const { side } = resting.order;
    const { taken, working } = this.#options;
    for (const [price, size] of levelsOf(source, opposite(side))) {
      if (!reaches(side, resting.limitPrice, price) || !working.has(resting)) return;
      // A quote without sizes tells of its price only: what it has passed is done.
      const isPassed = size === 0 && resting.isTradedThrough(price);
      const reaching = isPassed
        ? remainingOf(resting.order)
        : taken.left(opposite(side), price, size);
      const filled = this.#fillResting(resting, reaching, time);
      if (!isPassed && filled.gt(ZERO)) taken.take(opposite(side), price, size, filled);
    }
  }

  #refusalOf(order: Order, openOrders: readonly Order[]): string | undefined {
    const { holdings } = this.#options;
    return arrivalRefusal(order, { ...this.#source, holdings, openOrders, terms: this.#terms });
  }

  #takeIn(order: Order, time: EpochMs): Order {
    return isWaiting(order) ? this.#wait(order, time) : this.#enter(this.#told(order), time);
  }

  #wait(order: Order, time: EpochMs): Order {
    const { working, market } = this.#options;
    const waiting = working.add(this.#arrived(order, time));
    const lastPrice = market.lastTrade?.price ?? null;
    if (lastPrice !== null) waiting.follow(lastPrice);
    this.#told(waiting.order);
    const isReached = lastPrice !== null && waiting.stop?.isReachedBy(lastPrice);
    return isReached ? this.#trigger(waiting, time) : waiting.order;
  }

  #arrived(order: Order, time: EpochMs): WorkingOrder {
    const arrived = new WorkingOrder(order, time);
    arrived.since = this.#options.market.lastTrade?.eventTime ?? time;
    return arrived;
  }

  #trigger(waiting: WorkingOrder, time: EpochMs): Order {
    this.#options.working.remove(waiting.order.id);
    const order = this.#told({ ...waiting.order, triggeredTime: time, updatedTime: time });
    this.#options.endGroup(order, time, 'was triggered');
    const refusal = postOnlyRefusal(order, this.#source);
    return refusal ? this.#end(order, 'canceled', refusal, time) : this.#enter(order, time);
  }

  /** Takes what can be taken now; the rest goes to the book, or ends. */
  #enter(order: Order, time: EpochMs): Order {
    const { working } = this.#options;
    const own = working.bestOf(opposite(order.side));
    const limit = order.limitPrice === null ? null : Number(order.limitPrice);
    const wish = {
      side: order.side,
      quantity: this.#executable(order),
      isAllowed: (price: number) =>
        (limit === null || reaches(order.side, limit, price)) &&
        (own === undefined || reaches(order.side, own.limitPrice, price)),
    };
    let current = order;
    for (const execution of takeLiquidity(wish, this.#source)) {
      current = this.#execute(current, execution, 'taker', time);
      this.#afterFill(current, time);
    }
    if (!isOpen(current)) return current;
    const ending = this.#endingOf(current, own);
    if (ending) return this.#end(current, 'canceled', ending, time);
    working.add(this.#arrived(current, time)).look(sourceOf(this.#options.market));
    return current;
  }

  /** Why what is left of an order that has taken all it can does not go to the book. */
  #endingOf(order: Order, own: WorkingOrder | undefined): string | undefined {
    if (order.reduceOnly && this.#executable(order).lte(ZERO)) return NOTHING_TO_REDUCE;
    const isUnlimited = order.limitPrice === null;
    if (own && (isUnlimited || reaches(order.side, Number(order.limitPrice), own.limitPrice))) {
      return `what is left would trade with ${own.order.id}, of the same bot, at ${own.limitPrice}`;
    }
    if (isUnlimited) return 'not enough liquidity in the book';
    return order.timeInForce === 'ioc' ? 'not filled at once' : undefined;
  }

  /** Fills up to `reaching`, in whole lots; returns how much that was. */
  #fillResting(resting: WorkingOrder, reaching: Decimal, time: EpochMs): Decimal {
    const wanted = this.#executable(resting.order);
    const quantity = reaching.lt(wanted)
      ? floorTo(reaching, this.#instrument.sizeIncrement)
      : wanted;
    if (quantity.lte(ZERO)) return ZERO;
    const execution = { quantity, price: decimal(resting.limitPrice) };
    resting.order = this.#execute(resting.order, execution, 'maker', time);
    if (!isOpen(resting.order)) this.#options.working.remove(resting.order.id);
    this.#options.working.changed();
    this.#afterFill(resting.order, time);
    return quantity;
  }

  /** What is left of it, or of the position that it may only reduce. */
  #executable(order: Order): Decimal {
    const remaining = remainingOf(order);
    if (!order.reduceOnly) return remaining;
    return smaller(remaining, this.#options.holdings.reducible(order.side));
  }

  #execute(order: Order, execution: Execution, liquidity: Liquidity, time: EpochMs): Order {
    const terms = { instrument: this.#instrument, fees: this.#terms };
    const booked = this.#options.holdings.execute(order, { ...execution, liquidity }, terms, time);
    this.#options.record(booked.order, booked.fill);
    return booked.order;
  }

  #afterFill(order: Order, time: EpochMs): void {
    const { endGroup, holdings, working } = this.#options;
    endGroup(order, time, 'was filled');
    for (const { id, side, reduceOnly } of working.orders) {
      if (reduceOnly && holdings.reducible(side).lte(ZERO))
        this.cancel(id, time, NOTHING_TO_REDUCE);
    }
  }

  #told(order: Order): Order {
    this.#options.record(order, null);
    return order;
  }

  #end(order: Order, status: 'canceled' | 'rejected', reason: string, time: EpochMs): Order {
    return this.#told({ ...order, status, reason, updatedTime: time });
  }
}

const NOTHING_TO_REDUCE = 'nothing is left to reduce';
