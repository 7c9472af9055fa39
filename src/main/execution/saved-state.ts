import { z } from 'zod';
import { decimalStringSchema } from '#contract/decimals.ts';
import { epochMsSchema } from '#contract/model.ts';
import type { Order } from '#domain/order.ts';
import type { Message, OrderFlight } from './order-flight.ts';
import { QueuePosition, savedQueueSchema } from './queue-position.ts';
import { savedTakenSchema } from './taken-liquidity.ts';
import { WorkingOrder } from './working-order.ts';
import { WorkingOrders } from './working-orders.ts';

const timing = { sentTime: epochMsSchema, dueTime: epochMsSchema };
const text = z.string();

/**
 * What a restart needs beside orders, position and cash so that the fills after it are the same as
 * without it. Orders stand in the order in which they came to the book.
 */
const savedStateSchema = z.object({
  working: z.array(
    z.object({
      id: text,
      queue: savedQueueSchema.optional(),
      trail: z.object({ price: decimalStringSchema, toldTime: epochMsSchema }).optional(),
      since: z.number().optional(),
    }),
  ),
  flight: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('order'), orderId: text, ...timing }),
      z.object({ kind: z.literal('cancel'), orderId: text, reason: text, ...timing }),
    ]),
  ),
  taken: z.array(savedTakenSchema),
  /** Ids of those that wait for the market to open. */
  held: z.array(text).default([]),
  /** Orders that have not come to the exchange yet, each with the other of its pair. */
  pairs: z.array(z.tuple([text, text])).default([]),
});
export type SavedState = z.infer<typeof savedStateSchema>;

const NOTHING_SAVED: SavedState = { working: [], flight: [], taken: [], held: [], pairs: [] };

/** What cannot be read is not known: orders start at the back of their queue again. */
export const readSavedState = (saved: unknown): SavedState =>
  savedStateSchema.safeParse(saved).data ?? NOTHING_SAVED;

/** The orders that the exchange knew, as they stood there. */
export function workingOf(openOrders: readonly Order[], saved: SavedState): WorkingOrders {
  const working = new WorkingOrders();
  const known = openOrders.filter(({ status }) => status !== 'submitted');
  const ranks = new Map(saved.working.map(({ id }, index) => [id, index]));
  const rankOf = ({ id }: Order) => ranks.get(id) ?? ranks.size;
  for (const order of known.sort((a, b) => rankOf(a) - rankOf(b))) {
    const { queue, trail, since } = saved.working[rankOf(order)] ?? {};
    const restored = working.add(
      new WorkingOrder(
        trail ? { ...order, triggerPrice: trail.price } : order,
        trail?.toldTime ?? order.updatedTime,
        queue && QueuePosition.restored(queue),
      ),
    );
    if (since !== undefined) restored.since = since;
  }
  return working;
}

export const savedWorking = (working: WorkingOrders): SavedState['working'] =>
  Array.from(working.values(), ({ order, queue, since, trailToldTime: toldTime }) => {
    const { id, trailingOffset, triggerPrice: price } = order;
    const saved = queue.save();
    return {
      id,
      ...(Number.isFinite(since) && { since }),
      ...(saved && { queue: saved }),
      ...(trailingOffset !== null && price !== null && { trail: { price, toldTime } }),
    };
  });

/** Those that waited for the market to open, in the order in which they came. */
export const heldOf = (openOrders: readonly Order[], { held }: SavedState): Order[] =>
  held.flatMap((id) => openOrders.find((order) => order.id === id) ?? []);

/** What was under way. An order of which that is not known any more arrives with the next event. */
export function messagesOf(openOrders: readonly Order[], saved: SavedState): Message[] {
  const isUnderWay = ({ id, status }: Order) => status === 'submitted' && !saved.held.includes(id);
  const underWay = new Map(
    openOrders.flatMap((order) => (isUnderWay(order) ? [[order.id, order]] : [])),
  );
  const messages = saved.flight.flatMap((one): Message[] => {
    if (one.kind === 'cancel') return [one];
    const { orderId, sentTime, dueTime } = one;
    const order = underWay.get(orderId);
    underWay.delete(orderId);
    return order ? [{ kind: 'order', order, sentTime, dueTime }] : [];
  });
  for (const order of underWay.values()) {
    const { createdTime } = order;
    messages.push({ kind: 'order', order, sentTime: createdTime, dueTime: createdTime });
  }
  return messages;
}

export const savedFlight = (flight: OrderFlight): SavedState['flight'] =>
  flight.messages.map((one) => {
    if (one.kind === 'cancel') return one;
    const { order, ...rest } = one;
    return { ...rest, orderId: order.id };
  });
