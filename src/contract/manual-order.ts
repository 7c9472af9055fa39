import { z } from 'zod';
import { ORDER_TYPES, type Order, type OrderDraft, TIMES_IN_FORCE } from '#domain/order.ts';
import type { OrderPair } from '#domain/order-pair.ts';
import { decimalStringSchema, positiveDecimalSchema } from './decimals.ts';
import { fail, type Result, succeed } from './errors.ts';
import { botIdSchema } from './model.ts';

/** An order that the user places by hand. Which prices it needs, its type says. */
export const manualOrderSchema = z.strictObject({
  botId: botIdSchema,
  type: z.enum(ORDER_TYPES),
  side: z.enum(['buy', 'sell']),
  quantity: positiveDecimalSchema,
  limitPrice: decimalStringSchema.optional(),
  triggerPrice: decimalStringSchema.optional(),
  trailingOffset: positiveDecimalSchema.optional(),
  timeInForce: z.enum(TIMES_IN_FORCE).optional(),
  postOnly: z.boolean().optional(),
  reduceOnly: z.boolean().optional(),
  /** One of a group fills or is triggered: the others of the same bot are canceled. */
  ocoGroup: z.string().min(1).max(64).optional(),
});

/** One of two orders by hand of which one ends the other: it waits for the market. */
const pairedOrderSchema = manualOrderSchema
  .omit({ botId: true, timeInForce: true, ocoGroup: true })
  .extend({ type: z.enum(ORDER_TYPES).exclude(['market']) });

export const manualPairSchema = z.strictObject({
  botId: botIdSchema,
  orders: z.tuple([pairedOrderSchema, pairedOrderSchema]),
});

type ManualOrder = z.output<typeof manualOrderSchema>;

type Detail = keyof Pick<
  Order,
  'limitPrice' | 'triggerPrice' | 'trailingOffset' | 'timeInForce' | 'postOnly'
>;
const NEEDED: Readonly<Record<Order['type'], readonly Detail[]>> = {
  market: [],
  limit: ['limitPrice'],
  stop: ['triggerPrice'],
  stopLimit: ['triggerPrice', 'limitPrice'],
  trailingStop: ['trailingOffset'],
};
const ALLOWED: Readonly<Record<Order['type'], readonly Detail[]>> = {
  ...NEEDED,
  limit: ['limitPrice', 'timeInForce', 'postOnly'],
  stopLimit: ['triggerPrice', 'limitPrice', 'postOnly'],
};
const DETAILS: readonly Detail[] = [
  ...(['limitPrice', 'triggerPrice', 'trailingOffset', 'timeInForce', 'postOnly'] as const),
];

/** The draft that is meant; the sentence names what is missing or does not belong. */
export function draftOfManualOrder({
  botId: _,
  ...order
}: Omit<ManualOrder, 'botId'> & { readonly botId?: string }): Result<OrderDraft> {
  const missing = NEEDED[order.type].find((name) => order[name] === undefined);
  if (missing) return fail('invalid_payload', `${missing}: a ${order.type} order needs one`);
  const foreign = DETAILS.find(
    (name) => order[name] !== undefined && !ALLOWED[order.type].includes(name),
  );
  if (foreign) return fail('invalid_payload', `${foreign}: not of a ${order.type} order`);
  const given = Object.entries(order).filter(([, value]) => value !== undefined);
  // Its type's own fields are there, and no other's.
  return succeed(Object.fromEntries(given) as unknown as OrderDraft);
}

export function draftsOfManualPair({
  orders,
}: z.output<typeof manualPairSchema>): Result<OrderPair> {
  const [first, second] = [draftOfManualOrder(orders[0]), draftOfManualOrder(orders[1])];
  if (!first.ok) return first;
  return second.ok ? succeed([first.value, second.value]) : second;
}
