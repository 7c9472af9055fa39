import { type Decimal, type DecimalString, decimal, toDecimalString, ZERO } from './decimal.ts';
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

export const ORDER_TYPES = ['market', 'limit', 'stop', 'stopLimit', 'trailingStop'] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

/** `gtc` rests until it is filled or canceled; of an `ioc` what cannot be filled at once is canceled. */
export const TIMES_IN_FORCE = ['gtc', 'ioc'] as const;
type TimeInForce = (typeof TIMES_IN_FORCE)[number];

/** An order of ours. Quantities are of the base currency, prices of the quote currency. */
export interface Order {
  readonly id: string;
  readonly botId: string;
  readonly instrumentId: InstrumentId;
  readonly type: OrderType;
  readonly side: Side;
  readonly quantity: DecimalString;
  /** Of limit and stop-limit orders, else null. */
  readonly limitPrice: DecimalString | null;
  /** Of all stops, else null; of a trailing stop where it stands now, null until it has begun to trail. */
  readonly triggerPrice: DecimalString | null;
  /** How far a trailing stop stays behind the best price, else null. */
  readonly trailingOffset: DecimalString | null;
  /** When the stop was reached; null while it waits, and of orders that wait for nothing. */
  readonly triggeredTime: EpochMs | null;
  readonly timeInForce: TimeInForce;
  /** Refused where it would trade at once. */
  readonly postOnly: boolean;
  /** Never makes the position larger, nor turns it. */
  readonly reduceOnly: boolean;
  /** One of a group fills or is triggered: the others of the same bot and group are canceled. */
  readonly ocoGroup: string | null;
  /** What the strategy said it is for. */
  readonly why: string | null;
  readonly status: OrderStatus;
  readonly filledQuantity: DecimalString;
  /** Why it was rejected, canceled or expired; null otherwise. */
  readonly reason: string | null;
  readonly createdTime: EpochMs;
  readonly updatedTime: EpochMs;
}

interface CommonDraft {
  readonly side: Side;
  readonly quantity: DecimalString;
  /** A few words of what it is for. */
  readonly why?: string;
  readonly ocoGroup?: string;
  readonly reduceOnly?: boolean;
}

/** What is said of an order that the user has placed by hand, on the account of a bot. */
export const PLACED_BY_USER = 'placed by the user';

/** An order before it is one: what a strategy asks for. */
export type OrderDraft = CommonDraft &
  (
    | { readonly type: 'market' }
    | {
        readonly type: 'limit';
        readonly limitPrice: DecimalString;
        readonly timeInForce?: TimeInForce;
        readonly postOnly?: boolean;
      }
    /** Becomes a market order when a trade reaches its trigger: from below to buy, from above to sell. */
    | { readonly type: 'stop'; readonly triggerPrice: DecimalString }
    /** Becomes a limit order when a trade reaches its trigger. */
    | {
        readonly type: 'stopLimit';
        readonly triggerPrice: DecimalString;
        readonly limitPrice: DecimalString;
        readonly postOnly?: boolean;
      }
    /** A stop that follows the best price since it was accepted, at this distance in the quote currency. */
    | { readonly type: 'trailingStop'; readonly trailingOffset: DecimalString }
  );

/** Whether it asks for nothing that has to be done at once. */
export const canWait = (draft: OrderDraft): boolean =>
  draft.type !== 'market' && !(draft.type === 'limit' && draft.timeInForce === 'ioc');

const NOTHING_ASKED = {
  limitPrice: null,
  triggerPrice: null,
  trailingOffset: null,
  triggeredTime: null,
  timeInForce: 'gtc',
  postOnly: false,
  reduceOnly: false,
  ocoGroup: null,
  why: null,
  reason: null,
} as const;

const NIL = toDecimalString(ZERO);

/** The order that a draft asks for, sent at `time`. */
export const submittedOrder = (
  draft: OrderDraft,
  from: Pick<Order, 'id' | 'botId' | 'instrumentId'>,
  time: EpochMs,
): Order => ({
  ...NOTHING_ASKED,
  ...(draft.type === 'market' && { timeInForce: 'ioc' }),
  ...draft,
  id: from.id,
  botId: from.botId,
  instrumentId: from.instrumentId,
  status: 'submitted',
  filledQuantity: NIL,
  createdTime: time,
  updatedTime: time,
});

const FINAL: ReadonlySet<OrderStatus> = new Set(['filled', 'canceled', 'rejected', 'expired']);

/** What of its quantity is not filled. */
export const remainingOf = (order: Pick<Order, 'quantity' | 'filledQuantity'>): Decimal =>
  decimal(order.quantity).minus(decimal(order.filledQuantity));

export const isOpen = (order: Pick<Order, 'status'>): boolean => !FINAL.has(order.status);

/** Whether it still waits for its stop to be reached: it stands in no book, whatever its limit. */
export const isWaiting = (order: Pick<Order, 'type' | 'triggeredTime' | 'status'>): boolean =>
  isOpen(order) &&
  order.triggeredTime === null &&
  order.type !== 'market' &&
  order.type !== 'limit';
