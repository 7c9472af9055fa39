import type { DecimalString } from './decimal.ts';
import type { InstrumentId } from './instrument.ts';
import type { Side } from './side.ts';
import type { EpochMs } from './units.ts';

export const ORDER_STATUSES = [
  'submitted',
  'accepted',
  'partiallyFilled',
  'filled',
  'canceled',
  'rejected',
  'expired',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];
type OrderType = 'market' | 'limit';

/** An order of ours. Quantities are of the base currency, prices of the quote currency. */
export interface Order {
  readonly id: string;
  readonly botId: string;
  readonly instrumentId: InstrumentId;
  readonly type: OrderType;
  readonly side: Side;
  readonly quantity: DecimalString;
  /** Null for a market order. */
  readonly limitPrice: DecimalString | null;
  readonly status: OrderStatus;
  readonly filledQuantity: DecimalString;
  /** Why it was rejected, canceled or expired; null otherwise. */
  readonly reason: string | null;
  readonly createdTime: EpochMs;
  readonly updatedTime: EpochMs;
}

/** An order before it is one: what a strategy asks for. */
export type OrderDraft =
  | { readonly type: 'market'; readonly side: Side; readonly quantity: DecimalString }
  | {
      readonly type: 'limit';
      readonly side: Side;
      readonly quantity: DecimalString;
      readonly limitPrice: DecimalString;
    };

const FINAL: ReadonlySet<OrderStatus> = new Set(['filled', 'canceled', 'rejected', 'expired']);

export const isOpen = (order: Order): boolean => !FINAL.has(order.status);
