import { z } from 'zod';
import {
  type FillTrail,
  type OrderTrail,
  TRAIL_CAUSES,
  type TrailEvent,
} from '#domain/fill-trail.ts';
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

const TRAIL_STEPS = [
  'event',
  'received',
  'decided',
  'submitted',
  'accepted',
  'executed',
  'written',
  'told',
] as const;

/** Why a fill came to be, and how long each step of its way took. */
export const fillWhySchema = z.object({
  fill: fillSchema,
  order: orderSchema.nullable(),
  /** What made the strategy act; null of an order from before such trails were kept. */
  cause: trailEventSchema.nullable(),
  /** What the strategy said the order is for. */
  why: z.string().nullable(),
  /** What executed it. */
  execution: trailEventSchema,
  steps: z.array(
    z.object({
      step: z.enum(TRAIL_STEPS),
      /** Epoch milliseconds; null where it is not known. */
      time: epochMsSchema.nullable(),
      /** Whose clock `time` is of: what one clock says is not compared with what the other says. */
      clock: z.enum(['market', 'ours']),
      /** Since the step before it was under way, measured; null where that cannot be. */
      tookMs: z.number().nullable(),
    }),
  ),
});
export type FillWhy = z.infer<typeof fillWhySchema>;
