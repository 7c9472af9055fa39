import { fail, type Result, succeed } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import { type Decimal, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { type Order, type OrderDraft, submittedOrder } from '#domain/order.ts';
import { draftOfRest, type OrderPrices, repriced } from '#domain/order-change.ts';
import { type OrderPair, pairRefusals } from '#domain/order-pair.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import { actingRefusal } from './acting-refusal.ts';
import { draftRefusal, MOST_WHY_LENGTH } from './draft-refusal.ts';
import { HeldOrders } from './held-orders.ts';
import { Holdings } from './holdings.ts';
import { type MarketView, sourceOf } from './market-view.ts';
import { type Message, OrderFlight } from './order-flight.ts';
import { OrderPairs } from './order-pairs.ts';
import { PaperExchange } from './paper-exchange.ts';
import type { PaperTerms } from './paper-terms.ts';
import {
  heldOf,
  messagesOf,
  readSavedState,
  type SavedState,
  savedFlight,
  savedWorking,
  workingOf,
} from './saved-state.ts';
import { TakenLiquidity } from './taken-liquidity.ts';
import type { WorkingOrders } from './working-orders.ts';

export interface PaperBrokerState {
  readonly cash: Decimal;
  readonly position: Position;
  readonly openOrders: readonly Order[];
  /** Numbers of the last order and fill given out, so that ids go on after a restart. */
  readonly orderSequence: number;
  readonly fillSequence: number;
  /** What `state()` gave before a restart. */
  readonly saved: unknown;
}

export interface PaperBrokerOptions {
  readonly botId: string;
  readonly instrument: Instrument;
  readonly terms: PaperTerms;
  readonly state: PaperBrokerState;
  readonly market: MarketView;
}

/** An order in a new state, and the fill that brought it there if one did. */
export interface PaperChange {
  readonly order: Order;
  readonly fill: Fill | null;
}

/**
 * Executes one bot's orders on one instrument against the public market, without touching it: our side
 * of it. Gives orders their ids, sends them to the exchange's side on their way through latency, and
 * keeps what happened until it is taken. What is modelled and what is not: docs/paper-broker.md.
 */
export class PaperBroker {
  readonly #botId: string;
  readonly #holdings: Holdings;
  readonly #working: WorkingOrders;
  readonly #taken: TakenLiquidity;
  readonly #flight: OrderFlight;
  readonly #held: HeldOrders;
  readonly #pairs: OrderPairs;
  readonly #market: MarketView;
  readonly #exchange: PaperExchange;
  #instrument: Instrument;
  #terms: PaperTerms;
  #orderSequence: number;
  #changes: PaperChange[] = [];

  constructor({ botId, instrument, terms, state, market }: PaperBrokerOptions) {
    const saved = readSavedState(state.saved);
    this.#botId = botId;
    this.#instrument = instrument;
    this.#terms = terms;
    this.#orderSequence = state.orderSequence;
    this.#holdings = new Holdings(state.cash, state.position, state.fillSequence);
    this.#working = workingOf(state.openOrders, saved);
    this.#taken = new TakenLiquidity(saved.taken);
    this.#flight = new OrderFlight(messagesOf(state.openOrders, saved));
    this.#held = new HeldOrders(heldOf(state.openOrders, saved));
    this.#pairs = new OrderPairs(saved.pairs);
    this.#market = market;
    this.#exchange = new PaperExchange(
      {
        market,
        holdings: this.#holdings,
        working: this.#working,
        taken: this.#taken,
        record: (order, fill) => this.#changes.push({ order, fill }),
        endGroup: (order, time, what) => this.#endGroup(order, time, what),
      },
      instrument,
      terms,
    );
  }

  get cash(): Decimal {
    return this.#holdings.cash;
  }

  get position(): Position {
    return this.#holdings.position;
  }

  get orderSequence(): number {
    return this.#orderSequence;
  }

  get fillSequence(): number {
    return this.#holdings.fillSequence;
  }

  /** Those under way to the exchange, or waiting for its opening, as well. */
  get openOrders(): readonly Order[] {
    const { orders } = this.#working;
    if (this.#flight.isEmpty && this.#held.isEmpty) return orders;
    return [...orders, ...this.#flight.orders, ...this.#held.orders];
  }

  equity(markPrice: number): Decimal {
    return this.#holdings.equity(markPrice);
  }

  setTerms(terms: PaperTerms): void {
    this.#terms = terms;
    this.#exchange.setTerms(terms);
  }

  /** For an instrument whose increments or least value have changed: of the orders that come from now on. */
  setInstrument(instrument: Instrument): void {
    this.#instrument = instrument;
    this.#exchange.setInstrument(instrument);
  }

  /**
   * Sends an order. Without latency it is executed at once as far as it can be, and is returned as it
   * then stands; with latency it is `submitted` until it has reached the market.
   */
  place(draft: OrderDraft, time: EpochMs): Order {
    const order = this.#submit(draft, time);
    const refusal = draftRefusal(draft, this.#instrument);
    if (refusal) return this.#record({ ...order, status: 'rejected', reason: refusal });
    if (!this.#hasLatency) return this.#exchange.accept(order, time);
    this.#flight.send({ kind: 'order', order, ...this.#timing(time) });
    return order;
  }

  /** Keeps an order for a market that is closed: `submitted` until that is heard of, whatever the latency. */
  hold(draft: OrderDraft, time: EpochMs): Order {
    const order = this.#submit(draft, time);
    const refusal = draftRefusal(draft, this.#instrument);
    if (refusal) return this.#record({ ...order, status: 'rejected', reason: refusal });
    this.#held.add(order);
    return order;
  }

  /**
   * Sends two of which one ends the other: both, or none. To be taken both have to wait for the market, as far
   * as it is known; if one is refused when it comes there, the other ends. `isHeld`: as in `hold`.
   */
  placePair(drafts: OrderPair, time: EpochMs, isHeld: boolean): readonly Order[] {
    const ocoGroup = `${this.#botId}-${this.#orderSequence + 1}-oco`;
    const [first, second] = drafts.map((draft) => this.#submit({ ...draft, ocoGroup }, time));
    invariant(first && second, 'a pair is of two');
    const refusals = pairRefusals(
      this.#pairRefusal(drafts[0], isHeld),
      this.#pairRefusal(drafts[1], isHeld),
    );
    if (refusals) {
      return [first, second].map((order, index) =>
        this.#record({ ...order, status: 'rejected', reason: refusals[index] ?? null }),
      );
    }
    this.#pairs.link(first, second);
    const comesAtOnce = !isHeld && !this.#hasLatency;
    for (const order of [first, second]) {
      if (isHeld) this.#held.add(order);
      else this.#flight.send({ kind: 'order', order, ...this.#timing(time) });
    }
    if (comesAtOnce) this.#land(time);
    return [first, second].map((order) => this.#lastOf(order));
  }

  /** Takes note of an order that is not let through to the exchange. */
  refuse(draft: OrderDraft, time: EpochMs, reason: string): Order {
    return this.#record({ ...this.#submit(draft, time), status: 'rejected', reason });
  }

  deposit(amount: Decimal): void {
    this.#holdings.deposit(amount);
  }

  /** As it stands after that, and with latency before it; undefined where there is no such open order. */
  cancel(orderId: string, time: EpochMs, reason: string): Order | undefined {
    const held = this.#held.withdraw(orderId);
    if (held) return this.#canceled(held, time, reason);
    if (!this.#hasLatency) return this.#exchange.cancel(orderId, time, reason);
    const order = this.openOrders.find(({ id }) => id === orderId);
    if (order && !this.#flight.isCanceling(orderId)) {
      this.#flight.send({ kind: 'cancel', orderId, reason, ...this.#timing(time) });
    }
    return order;
  }

  /**
   * Gives an open order other prices, here and now, whatever the latency; one that waits for the opening then
   * comes after the others there. Refused, it stays as it was: as one is that is under way to the exchange, or
   * that is being canceled.
   */
  change(orderId: string, prices: OrderPrices, time: EpochMs): Result<Order> {
    const held = this.#held.find(orderId);
    const order = held ?? this.#working.orders.find(({ id }) => id === orderId);
    if (order === undefined || this.#flight.isCanceling(orderId)) {
      return fail('invalid_state', 'The order does not stand in the market');
    }
    const changed = repriced(order, prices);
    if (typeof changed === 'string') {
      return fail('invalid_payload', `${changed}: not of this order, as it stands`);
    }
    const refusal = draftRefusal(draftOfRest(changed), this.#instrument);
    const done =
      refusal ?? (held ? this.#rehold(changed, time) : this.#exchange.change(changed, time));
    return typeof done === 'string' ? fail('invalid_state', done) : succeed(done);
  }

  /** Ends every order here and now, whatever the latency: of a bot that ends, or is made to. */
  cancelAll(time: EpochMs, reason: string): void {
    for (const { id } of this.openOrders) this.#cancelAtOnce(id, time, reason);
  }

  /**
   * Closes the position here and now at what the market pays; undefined where there is none. Own orders
   * that would add to it are canceled: they must not stand in the way.
   */
  closePosition(time: EpochMs, why: string): Order | undefined {
    const held = decimal(this.position.quantity);
    if (held.eq(ZERO)) return undefined;
    const side = held.gt(ZERO) ? 'sell' : 'buy';
    for (const open of this.openOrders) {
      if (open.side !== side) this.#cancelAtOnce(open.id, time, 'the position is being closed');
    }
    const quantity = toDecimalString(held.abs());
    const draft: OrderDraft = { type: 'market', side, quantity, why, reduceOnly: true };
    return this.#exchange.accept(this.#submit(draft, time), time);
  }

  /** Lets the market act on the orders that were not canceled before, then lets in what has arrived by now. */
  onEvent(event: MarketEvent, time: EpochMs): void {
    if (!this.#flight.isEmpty) this.#landCancels(time);
    if (!this.#exchange.isIdle) this.#exchange.onEvent(event, time);
    if (!this.#flight.isEmpty) this.#land(time);
    if (!this.#held.isEmpty) this.#release(event, time);
  }

  /** What happened since the last call, in order: to be on disk before anyone hears of it. */
  takeChanges(): readonly PaperChange[] {
    if (this.#changes.length === 0) return NO_CHANGES;
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  state(): SavedState | undefined {
    if (this.#exchange.isIdle && this.#flight.isEmpty && this.#held.isEmpty) return undefined;
    return {
      working: savedWorking(this.#working),
      flight: savedFlight(this.#flight),
      taken: [...this.#taken.save()],
      held: this.#held.orders.map(({ id }) => id),
      pairs: this.#pairs.save([...this.#flight.orders, ...this.#held.orders]),
    };
  }

  get #hasLatency(): boolean {
    return this.#terms.latencyMs > 0 || !this.#flight.isEmpty;
  }

  #timing(time: EpochMs): Pick<Message, 'sentTime' | 'dueTime'> {
    return { sentTime: time, dueTime: (time + this.#terms.latencyMs) as EpochMs };
  }

  #landCancels(time: EpochMs): void {
    for (;;) {
      const cancel = this.#flight.canceledBefore(time);
      if (!cancel) return;
      this.#exchange.cancel(cancel.orderId, time, cancel.reason);
    }
  }

  #land(time: EpochMs): void {
    for (let one = this.#flight.arrived(time); one; one = this.#flight.arrived(time)) {
      if (one.kind === 'order') this.#arrive(one.order, time);
      else this.#exchange.cancel(one.orderId, time, one.reason);
    }
  }

  #release(event: MarketEvent, time: EpochMs): void {
    for (const order of this.#held.release(event, sourceOf(this.#market))) {
      this.#arrive(order, time);
    }
  }

  #arrive(sent: Order, time: EpochMs): void {
    const order = this.#exchange.accept(sent, time);
    const other = this.#pairs.takeOther(sent.id);
    if (other === undefined || order.status !== 'rejected') return;
    this.#cancelAtOnce(other, time, `${sent.id} of its pair was refused: ${order.reason}`);
  }

  #pairRefusal(draft: OrderDraft, isHeld: boolean): string | undefined {
    return (
      draftRefusal(draft, this.#instrument) ??
      (isHeld ? undefined : actingRefusal(draft, this.#market))
    );
  }

  /** As it stands after what happened since it was sent. */
  #lastOf({ id }: Order): Order {
    const last = this.#changes.findLast(({ order }) => order.id === id);
    invariant(last, 'what was sent is noted');
    return last.order;
  }

  #rehold(order: Order, updatedTime: EpochMs): Order {
    this.#held.withdraw(order.id);
    const changed = this.#record({ ...order, updatedTime });
    this.#held.add(changed);
    return changed;
  }

  #submit(draft: OrderDraft, time: EpochMs): Order {
    this.#orderSequence += 1;
    const from = {
      id: `${this.#botId}-${this.#orderSequence}`,
      botId: this.#botId,
      instrumentId: this.#instrument.id,
    };
    const order = submittedOrder(draft, from, time);
    return this.#record({ ...order, why: order.why?.slice(0, MOST_WHY_LENGTH) ?? null });
  }

  #endGroup({ id, ocoGroup }: Order, time: EpochMs, what: string): void {
    if (ocoGroup === null) return;
    for (const other of this.openOrders) {
      if (other.ocoGroup !== ocoGroup || other.id === id) continue;
      this.#cancelAtOnce(other.id, time, `${id} of its group ${what}`);
    }
  }

  #cancelAtOnce(orderId: string, time: EpochMs, reason: string): void {
    const unsent = this.#flight.withdraw(orderId) ?? this.#held.withdraw(orderId);
    if (unsent) this.#canceled(unsent, time, reason);
    else this.#exchange.cancel(orderId, time, reason);
  }

  #canceled(order: Order, updatedTime: EpochMs, reason: string): Order {
    return this.#record({ ...order, status: 'canceled', reason, updatedTime });
  }

  #record(order: Order): Order {
    this.#changes.push({ order, fill: null });
    return order;
  }
}

const NO_CHANGES: readonly PaperChange[] = [];
