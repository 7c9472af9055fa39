import { z } from 'zod';
import { symbolOf } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import { fitsWords } from '../../ui/fits-words.ts';
import { nextSorting, type OrderValue, orderRows } from '../../ui/row-order.ts';

/** What orders may be sorted by; `time` is when they were made. */
const ORDER_COLUMNS = [
  ...(['time', 'bot', 'instrument', 'side', 'type', 'price', 'quantity', 'filled'] as const),
  'status',
] as const;
type OrderColumn = (typeof ORDER_COLUMNS)[number];

export const orderSortingSchema = z.object({
  key: z.enum(ORDER_COLUMNS),
  isDescending: z.boolean(),
});
export type OrderSorting = z.infer<typeof orderSortingSchema>;
export const NEWEST_FIRST: OrderSorting = { key: 'time', isDescending: true };

const DESCENDING: ReadonlySet<string> = new Set(['time', 'price', 'quantity', 'filled']);

export const nextOrderSorting = (current: OrderSorting, key: string): OrderSorting =>
  orderSortingSchema.parse(
    nextSorting(current, { key, isDescending: DESCENDING.has(key) }, NEWEST_FIRST),
  );

export const ORDER_KINDS = ['open', 'all'] as const;
type OrderKind = (typeof ORDER_KINDS)[number];

export interface OrderFilter {
  /** Words of what its row says; why it was sent counts where no row says them. */
  readonly search: string;
  /** Ended ones as well. */
  readonly kind: OrderKind;
}
export const OPEN_ORDERS: OrderFilter = { search: '', kind: 'open' };

/** What the bot of an order is called. */
export type BotName = (botId: string) => string;

/** The orders that fit, in the order that is asked for. */
export function shownOrders(
  orders: readonly Order[],
  { search, sorting }: { readonly search: string; readonly sorting: OrderSorting },
  botName: BotName,
  wordsOf: (order: Order) => string = () => '',
): readonly Order[] {
  const fits = fitsWords(search);
  const rowOf = (order: Order) => `${botName(order.botId)} ${order.instrumentId} ${wordsOf(order)}`;
  const byRow = orders.filter((order) => fits(rowOf(order)));
  // A purchase may answer a sale: who looks for sales does not mean it.
  const byReason = () => orders.filter((order) => fits(`${rowOf(order)} ${order.why ?? ''}`));
  const fitting = byRow.length > 0 ? byRow : byReason();
  const newestFirst = orderRows(fitting, ({ createdTime }) => createdTime, true);
  const { key, isDescending } = sorting;
  return orderRows(newestFirst, (order) => ORDER_VALUES[key](order, botName), isDescending);
}

/** Exact figures; as numbers they are near enough to be sorted by. */
const ORDER_VALUES: Readonly<Record<OrderColumn, (order: Order, botName: BotName) => OrderValue>> =
  {
    time: ({ createdTime }) => createdTime,
    bot: ({ botId }, botName) => botName(botId),
    instrument: ({ instrumentId }) => symbolOf(instrumentId),
    side: ({ side }) => side,
    type: ({ type }) => type,
    price({ limitPrice, triggerPrice }) {
      const price = limitPrice ?? triggerPrice;
      return price === null ? null : Number(price);
    },
    quantity: ({ quantity }) => Number(quantity),
    filled: ({ filledQuantity }) => Number(filledQuantity),
    status: ({ status }) => status,
  };
