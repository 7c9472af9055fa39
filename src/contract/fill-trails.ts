import { z } from 'zod';
import {
  type FillTrail,
  type OrderTrail,
  TRAIL_CAUSES,
  type TrailEvent,
} from '#domain/fill-trail.ts';
import { ORDER_STATUSES } from '#domain/order.ts';
import type { ReportedOrderState } from '#domain/reported-order-state.ts';
import { decimalStringSchema } from './decimals.ts';
import { botIdSchema, epochMsSchema, fillSchema, orderSchema } from './model.ts';

const trailEventSchema = z.object({
  kind: z.enum(TRAIL_CAUSES),
  price: z.number().nullable(),
  candleOpenTime: epochMsSchema.nullable(),
  fillId: z.string().nullable(),
  eventTime: epochMsSchema.nullable(),
  receivedTime: epochMsSchema.nullable(),
}) satisfies z.ZodType<TrailEvent>;

export const orderTrailSchema = z.object({
  orderId: z.string(),
  botId: botIdSchema,
  cause: trailEventSchema,
  why: z.string().nullable(),
  decidedTime: epochMsSchema,
  decidedAfterMs: z.number(),
  submittedTime: epochMsSchema,
}) satisfies z.ZodType<OrderTrail>;

export const fillTrailSchema = z.object({
  fillId: z.string(),
  orderId: z.string(),
  botId: botIdSchema,
  execution: trailEventSchema,
  executedTime: epochMsSchema,
  executedAfterMs: z.number(),
}) satisfies z.ZodType<FillTrail>;

export const reportedOrderStateSchema = z.object({
  status: z.enum(ORDER_STATUSES),
  filledQuantity: decimalStringSchema,
  limitPrice: decimalStringSchema.nullable(),
  triggerPrice: decimalStringSchema.nullable(),
  reason: z.string().nullable(),
  time: epochMsSchema,
  reportedTime: epochMsSchema.nullable(),
}) satisfies z.ZodType<ReportedOrderState>;

const TRAIL_STEPS = [
  'event',
  'received',
  'decided',
  'submitted',
  'accepted',
  'executed',
  'written',
  'told',
  'reported',
] as const;

/**
 * Why a fill came to be, and how long each step of its way took. A bot that runs elsewhere tells less of it:
 * only the steps that it, and its report, can have are listed.
 */
export const fillWhySchema = z.object({
  fill: fillSchema,
  /** Null where it is not known: a bot elsewhere need not report its orders. */
  order: orderSchema.nullable(),
  /** A bot that runs elsewhere reported it: of what made it act and what executed it, nothing is known. */
  isReported: z.boolean(),
  /** All that such a bot told of its order, in that order; empty of our own bots. */
  orderStates: z.array(reportedOrderStateSchema).default([]),
  /** What made the strategy act; null where nobody told, and of an order from before such trails were kept. */
  cause: trailEventSchema.nullable(),
  /** What the strategy said the order is for. */
  why: z.string().nullable(),
  /** What executed it; null where nobody told. */
  execution: trailEventSchema.nullable(),
  steps: z.array(
    z.object({
      step: z.enum(TRAIL_STEPS),
      /** Epoch milliseconds; null where it is not known. */
      time: epochMsSchema.nullable(),
      /** Whose clock `time` is of: what one clock says is not compared with what the other says. */
      clock: z.enum(['market', 'ours', 'bot']),
      /** Since the step before it was under way, measured; null where that cannot be. */
      tookMs: z.number().nullable(),
    }),
  ),
});
export type FillWhy = z.infer<typeof fillWhySchema>;
