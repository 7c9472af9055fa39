import { z } from 'zod';
import { decimalStringSchema } from './decimals.ts';
import { fillWhySchema } from './fill-trails.ts';
import { manualOrderSchema, manualPairSchema } from './manual-order.ts';
import {
  botIdSchema,
  fillIdSchema,
  fillSchema,
  instrumentIdSchema,
  markedPositionSchema,
  orderSchema,
} from './model.ts';
import { page, pageOf } from './paging.ts';

/** Orders, fills and positions over all bots. */
export const tradingRequestSchemas = {
  'orders.list': {
    params: z.strictObject({
      botId: botIdSchema.optional(),
      openOnly: z.boolean().default(false),
      ...pageOf(1_000),
    }),
    result: page(orderSchema),
  },
  /**
   * Other prices for an open order that was placed by hand, at once; what is left out stays. Refused, it stays as
   * it was.
   */
  'orders.change': {
    params: z.strictObject({
      orderId: z.string(),
      limitPrice: decimalStringSchema.optional(),
      triggerPrice: decimalStringSchema.optional(),
    }),
    result: orderSchema,
  },
  'orders.cancel': { params: z.strictObject({ orderId: z.string() }), result: orderSchema },
  /** By hand, on the account of a bot: its limits hold, and its strategy is told of it. */
  'orders.place': { params: manualOrderSchema, result: orderSchema },
  /**
   * Two orders of which one ends the other (OCO), both or none: where one is refused, both are `rejected`,
   * each with its reason. They have to wait for the market: one that would act at once is refused.
   */
  'orders.placePair': {
    params: manualPairSchema,
    result: z.object({ orders: z.array(orderSchema) }),
  },
  'fills.list': {
    params: z.strictObject({
      botId: botIdSchema.optional(),
      instrumentId: instrumentIdSchema.optional(),
      ...pageOf(1_000),
    }),
    result: page(fillSchema),
  },
  'positions.list': {
    params: z.strictObject({}).optional(),
    result: z.object({ positions: z.array(markedPositionSchema) }),
  },
  /** What made the bot send the order, what executed it, and how long each step took. */
  'fills.why': { params: z.strictObject({ fillId: fillIdSchema }), result: fillWhySchema },
  /** By a market order that can only reduce it. A bot that runs goes on. */
  'positions.close': { params: z.strictObject({ botId: botIdSchema }), result: orderSchema },
} as const;
