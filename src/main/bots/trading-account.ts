import type { Decimal } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Order, OrderDraft } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';

/** An order in a new state, and the fill that brought it there if one did. */
export interface AccountChange {
  readonly order: Order;
  readonly fill: Fill | null;
}

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
  cancel(orderId: string, time: EpochMs, reason: string): Order | undefined;
  setFees(fees: { readonly makerFeeBps: number; readonly takerFeeBps: number }): void;
  onEvent(event: MarketEvent, time: EpochMs): void;
  /** What happened since the last call, in order. */
  takeChanges(): readonly AccountChange[];
  /**
   * JSON of all that orders, position and cash do not tell: with it a restored account goes on as if
   * it had never stopped. Undefined where there is nothing of the kind.
   */
  state(): unknown;
}
