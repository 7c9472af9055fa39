import type { DecimalString } from './decimal.ts';
import type { OrderStatus } from './order.ts';
import type { EpochMs } from './units.ts';

/** A state of an order that a bot elsewhere told of. */
export interface ReportedOrderState {
  readonly status: OrderStatus;
  readonly filledQuantity: DecimalString;
  readonly limitPrice: DecimalString | null;
  readonly triggerPrice: DecimalString | null;
  readonly reason: string | null;
  /** By the bot's clock. */
  readonly time: EpochMs;
  /** By ours; null where it was not kept. */
  readonly reportedTime: EpochMs | null;
}

type State = Omit<ReportedOrderState, 'time' | 'reportedTime'>;

/** Whether it was told a second time. */
export const isSameState = (a: State, b: State): boolean =>
  a.status === b.status &&
  a.filledQuantity === b.filledQuantity &&
  a.limitPrice === b.limitPrice &&
  a.triggerPrice === b.triggerPrice &&
  a.reason === b.reason;
