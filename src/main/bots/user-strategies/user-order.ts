import { z } from 'zod';
import { type DecimalString, decimal, isDecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import { ORDER_TYPES, type Order, TIMES_IN_FORCE } from '#domain/order.ts';
import { atLot, atTick } from '../increments.ts';
import type { StrategyOrder } from '../strategy.ts';

const figure = z.union([z.number(), z.string().refine(isDecimalString, 'not a decimal')]);

const draftSchema = z.strictObject({
  side: z.enum(['buy', 'sell']),
  quantity: figure,
  type: z.enum(ORDER_TYPES).default('market'),
  limitPrice: figure.optional(),
  triggerPrice: figure.optional(),
  trailingOffset: figure.optional(),
  timeInForce: z.enum(TIMES_IN_FORCE).optional(),
  postOnly: z.boolean().optional(),
  reduceOnly: z.boolean().optional(),
  ocoGroup: z.string().min(1).max(64).optional(),
  why: z.string('say what the order is for').trim().min(1).max(500, 'no more than 500 characters'),
});
type Draft = z.output<typeof draftSchema>;

/** What a user's module asks for, at the instrument's steps; throws with what is wrong with it. */
export function readDraft(given: unknown, instrument: Instrument): StrategyOrder {
  const parsed = draftSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new TypeError(
      `order.${issue?.path.join('.') || 'draft'}: ${issue?.message ?? 'invalid'}`,
    );
  }
  refuseForeign(parsed.data);
  const { side, why, reduceOnly, ocoGroup, quantity } = parsed.data;
  const lots = atLot(decimal(quantity as DecimalString), instrument);
  const common = {
    ...{ side, why, quantity: storable('quantity', lots) },
    ...(reduceOnly !== undefined && { reduceOnly }),
    ...(ocoGroup !== undefined && { ocoGroup }),
  };
  return { ...common, ...ofType(parsed.data, instrument) };
}

/** A number may be too large to be written down. */
function storable(name: string, text: DecimalString): DecimalString {
  if (isDecimalString(text)) return text;
  throw new TypeError(`order.${name}: ${Number(text)} has more digits than are kept`);
}

const TERMS_OF: Readonly<Record<Draft['type'], readonly (keyof Draft)[]>> = {
  market: [],
  limit: ['limitPrice', 'postOnly', 'timeInForce'],
  stop: ['triggerPrice'],
  stopLimit: ['triggerPrice', 'limitPrice', 'postOnly'],
  trailingStop: ['trailingOffset'],
};

/** What its type does not know was meant for another: without its limit an order is a market order. */
function refuseForeign(draft: Draft): void {
  const { type, postOnly, timeInForce } = draft;
  const given: readonly (keyof Draft | false)[] = [
    draft.limitPrice !== undefined && 'limitPrice',
    draft.triggerPrice !== undefined && 'triggerPrice',
    draft.trailingOffset !== undefined && 'trailingOffset',
    postOnly === true && 'postOnly',
    // Of those without a limit nothing ever rests.
    timeInForce === 'ioc' && type === 'stopLimit' && 'timeInForce',
  ];
  const foreign = given.find((name) => name !== false && !TERMS_OF[type].includes(name));
  if (foreign) throw new TypeError(`order.${foreign}: a ${type} order has none, say another type`);
}

function ofType(draft: Draft, instrument: Instrument) {
  const price = (name: 'limitPrice' | 'triggerPrice' | 'trailingOffset'): DecimalString => {
    const value = draft[name];
    if (value === undefined) throw new TypeError(`order.${name}: a ${draft.type} order needs it`);
    return typeof value === 'number'
      ? storable(name, atTick(value, instrument))
      : (value as DecimalString);
  };
  const { type, postOnly, timeInForce } = draft;
  const rests = { ...(postOnly !== undefined && { postOnly }) };
  switch (type) {
    case 'market':
      return { type };
    case 'limit':
      return {
        ...{ type, limitPrice: price('limitPrice') },
        ...rests,
        ...(timeInForce !== undefined && { timeInForce }),
      };
    case 'stop':
      return { type, triggerPrice: price('triggerPrice') };
    case 'stopLimit':
      return {
        ...{ type, triggerPrice: price('triggerPrice'), limitPrice: price('limitPrice') },
        ...rests,
      };
    case 'trailingStop':
      return { type, trailingOffset: price('trailingOffset') };
  }
}

const numberOf = (text: DecimalString | null): number | null =>
  text === null ? null : Number(text);

/** An order as a module sees it: with numbers. */
export const userOrder = (order: Order) => ({
  id: order.id,
  side: order.side,
  type: order.type,
  quantity: Number(order.quantity),
  filledQuantity: Number(order.filledQuantity),
  limitPrice: numberOf(order.limitPrice),
  triggerPrice: numberOf(order.triggerPrice),
  trailingOffset: numberOf(order.trailingOffset),
  reduceOnly: order.reduceOnly,
  ocoGroup: order.ocoGroup,
  status: order.status,
  why: order.why,
  reason: order.reason,
  createdTime: order.createdTime,
});

/** A fill as a module sees it: with numbers. */
export const userFill = (fill: Fill) => ({
  id: fill.id,
  orderId: fill.orderId,
  side: fill.side,
  quantity: Number(fill.quantity),
  price: Number(fill.price),
  fee: Number(fill.fee),
  liquidity: fill.liquidity,
  realizedPnl: Number(fill.realizedPnl),
  eventTime: fill.eventTime,
});
