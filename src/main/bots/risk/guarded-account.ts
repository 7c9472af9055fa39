import { fail, type Result } from '#contract/errors.ts';
import type { Decimal } from '#domain/decimal.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { type Order, type OrderDraft, submittedOrder } from '#domain/order.ts';
import { draftOfRest, type OrderPrices, repriced } from '#domain/order-change.ts';
import { type OrderPair, pairRefusals } from '#domain/order-pair.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import type { AccountChange, AccountTerms, TradingAccount } from '../trading-account.ts';
import { type AccountHoldings, exposedQuantity } from './exposure.ts';

/** Why an order may not be sent now; undefined where it may. */
export type OrderGate = (
  draft: OrderDraft,
  holdings: AccountHoldings,
  time: EpochMs,
  /** It waits for its market to open, as the bot itself may. */
  isHeld?: boolean,
) => string | undefined;

/** An account whose orders pass a gate first. What the gate refuses is written down as rejected. */
export class GuardedAccount implements TradingAccount {
  readonly #account: TradingAccount;
  readonly #gate: OrderGate;
  #exposed: Decimal | null = null;

  constructor(account: TradingAccount, gate: OrderGate) {
    this.#account = account;
    this.#gate = gate;
  }

  get cash(): Decimal {
    return this.#account.cash;
  }

  get position(): Position {
    return this.#account.position;
  }

  get orderSequence(): number {
    return this.#account.orderSequence;
  }

  get fillSequence(): number {
    return this.#account.fillSequence;
  }

  get openOrders(): readonly Order[] {
    return this.#account.openOrders;
  }

  /** The most that may be held, as orders stand; in the base currency. */
  get exposedQuantity(): Decimal {
    this.#exposed ??= exposedQuantity(this.#account);
    return this.#exposed;
  }

  equity(markPrice: number): Decimal {
    return this.#account.equity(markPrice);
  }

  place(draft: OrderDraft, time: EpochMs): Order {
    const refusal = this.#gate(draft, this.#account, time);
    if (refusal !== undefined) return this.#account.refuse(draft, time, refusal);
    this.#exposed = null;
    return this.#account.place(draft, time);
  }

  hold(draft: OrderDraft, time: EpochMs): Order {
    const refusal = this.#gate(draft, this.#account, time, true);
    if (refusal !== undefined) return this.#account.refuse(draft, time, refusal);
    this.#exposed = null;
    return this.#account.hold(draft, time);
  }

  /** The second one passes the gate beside the first. */
  placePair(drafts: OrderPair, time: EpochMs, isHeld: boolean): readonly Order[] {
    const [first, second] = drafts;
    const { position, openOrders } = this.#account;
    const { botId, instrumentId } = position;
    const beside = submittedOrder(first, { id: '', botId, instrumentId }, time);
    const refusals = pairRefusals(
      this.#gate(first, this.#account, time, isHeld),
      this.#gate(second, { position, openOrders: [...openOrders, beside] }, time, isHeld),
    );
    if (refusals) {
      return drafts.map((draft, index) => this.#account.refuse(draft, time, refusals[index] ?? ''));
    }
    this.#exposed = null;
    return this.#account.placePair(drafts, time, isHeld);
  }

  refuse(draft: OrderDraft, time: EpochMs, reason: string): Order {
    return this.#account.refuse(draft, time, reason);
  }

  cancel(orderId: string, time: EpochMs, reason: string): Order | undefined {
    this.#exposed = null;
    return this.#account.cancel(orderId, time, reason);
  }

  /** As an order at these prices would have to, beside the others: one that waits for the opening as it came. */
  change(orderId: string, prices: OrderPrices, time: EpochMs): Result<Order> {
    const { position, openOrders } = this.#account;
    const order = openOrders.find(({ id }) => id === orderId);
    const changed = order && repriced(order, prices);
    if (typeof changed === 'object') {
      const others = openOrders.filter(({ id }) => id !== orderId);
      // Under way it may be as well; then nobody changes it, whatever the gate says.
      const isHeld = changed.status === 'submitted';
      const holdings = { position, openOrders: others };
      const refusal = this.#gate(draftOfRest(changed), holdings, time, isHeld);
      if (refusal !== undefined) return fail('invalid_state', refusal);
    }
    this.#exposed = null;
    return this.#account.change(orderId, prices, time);
  }

  deposit(amount: Decimal): void {
    this.#account.deposit(amount);
  }

  cancelAll(time: EpochMs, reason: string): void {
    this.#exposed = null;
    this.#account.cancelAll(time, reason);
  }

  closePosition(time: EpochMs, why: string): Order | undefined {
    return this.#account.closePosition(time, why);
  }

  setTerms(terms: AccountTerms): void {
    this.#account.setTerms(terms);
  }

  setInstrument(instrument: Instrument): void {
    this.#account.setInstrument(instrument);
  }

  onEvent(event: MarketEvent, time: EpochMs): void {
    this.#account.onEvent(event, time);
  }

  takeChanges(): readonly AccountChange[] {
    const changes = this.#account.takeChanges();
    if (changes.length > 0) this.#exposed = null;
    return changes;
  }

  state(): unknown {
    return this.#account.state();
  }
}
