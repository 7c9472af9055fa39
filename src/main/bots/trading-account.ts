import type { Result } from '#contract/errors.ts';
import type { BotConfig } from '#domain/bot.ts';
import type { Decimal } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Order, OrderDraft } from '#domain/order.ts';
import type { OrderPrices } from '#domain/order-change.ts';
import type { OrderPair } from '#domain/order-pair.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';

/** An order in a new state, and the fill that brought it there if one did. */
export interface AccountChange {
  readonly order: Order;
  readonly fill: Fill | null;
}

/** Of the bot's configuration what its account goes by. */
export type AccountTerms = Pick<
  BotConfig,
  'makerFeeBps' | 'takerFeeBps' | 'latencyMs' | 'slippageBps' | 'leverage'
>;

/** Where a bot's orders go: the paper broker now, an exchange's account some day. */
export interface TradingAccount {
  readonly cash: Decimal;
  readonly position: Position;
  readonly orderSequence: number;
  readonly fillSequence: number;
  readonly openOrders: readonly Order[];
  /** Cash and what the position is worth at `markPrice`. */
  equity(markPrice: number): Decimal;
  place(request: OrderDraft, time: EpochMs): Order;
  /** Keeps one for a market that is closed: `submitted` until that is heard of again. */
  hold(request: OrderDraft, time: EpochMs): Order;
  /** Two of which one ends the other: both are taken, or none. `isHeld`: as `hold` does. */
  placePair(requests: OrderPair, time: EpochMs, isHeld: boolean): readonly Order[];
  /** Takes note of an order that is not let through to the exchange: `rejected`, for this reason. */
  refuse(request: OrderDraft, time: EpochMs, reason: string): Order;
  /** Pays cash in; less than zero takes it out. */
  deposit(amount: Decimal): void;
  cancel(orderId: string, time: EpochMs, reason: string): Order | undefined;
  /** Gives an open order other prices, here and now. Refused, it stays as it was. */
  change(orderId: string, prices: OrderPrices, time: EpochMs): Result<Order>;
  /** Ends every order here and now, whatever is under way: of a bot that ends, or is made to. */
  cancelAll(time: EpochMs, reason: string): void;
  /** Closes the position here and now at what the market pays; undefined where there is none. */
  closePosition(time: EpochMs, why: string): Order | undefined;
  /** For what the user has changed of the bot. */
  setTerms(terms: AccountTerms): void;
  /** For an instrument whose increments or least value have changed. */
  setInstrument(instrument: Instrument): void;
  onEvent(event: MarketEvent, time: EpochMs): void;
  /** What happened since the last call, in order. */
  takeChanges(): readonly AccountChange[];
  /**
   * JSON of all that orders, position and cash do not tell: with it a restored account goes on as if
   * it had never stopped. Undefined where there is nothing of the kind.
   */
  state(): unknown;
}
