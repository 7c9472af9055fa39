import type { Decimal, DecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Order } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { Side } from '#domain/side.ts';
import type { EpochMs } from '#domain/units.ts';

export type OrderRequest =
  | { readonly type: 'market'; readonly side: Side; readonly quantity: DecimalString }
  | {
      readonly type: 'limit';
      readonly side: Side;
      readonly quantity: DecimalString;
      readonly limitPrice: DecimalString;
    };

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
  place(request: OrderRequest, time: EpochMs): Order;
  cancel(orderId: string, time: EpochMs, reason: string): Order | undefined;
  setFees(fees: { readonly makerFeeBps: number; readonly takerFeeBps: number }): void;
  onEvent(event: MarketEvent, time: EpochMs): void;
  /** What happened since the last call, in order. */
  takeChanges(): readonly AccountChange[];
}
