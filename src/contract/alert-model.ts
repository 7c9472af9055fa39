import { z } from 'zod';
import {
  ALERT_DELIVERY_REASONS,
  ALERT_LABELS,
  type Alert,
  type AlertDelivery,
  type AlertInhibition,
  type AlertPolicy,
  type AlertSilence,
} from '#domain/alert.ts';
import {
  type AlertCondition,
  type AlertRule,
  CROSSING_DIRECTIONS,
  HUB_MEASURES,
  WATCHED_BOT_STATES,
} from '#domain/alert-rule.ts';
import { SEVERITIES } from '#domain/notification.ts';
import { decimalStringSchema } from './decimals.ts';
import { botIdSchema, epochMsSchema, instrumentIdSchema, priceSchema } from './model.ts';
import { nameSchema } from './names.ts';

/** Schemas of the domain's words about alerts. */

const SECOND = 1_000;
const DAY = 86_400_000;
/** Flapping about a level must cost no more than this. */
const SHORTEST_COOLDOWN_MS = SECOND;

const durationSchema = (least: number, most: number) => z.number().int().min(least).max(most);
const directionSchema = z.enum(CROSSING_DIRECTIONS);
const percentSchema = z.number().positive().max(10_000);
/** Null: any. */
const botSchema = botIdSchema.nullable();
const exchangeSchema = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'not an exchange');

export const alertConditionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('priceCross'),
    instrumentId: instrumentIdSchema,
    level: priceSchema,
    direction: directionSchema,
  }),
  z.strictObject({
    kind: z.literal('priceMove'),
    instrumentId: instrumentIdSchema,
    percent: percentSchema,
    direction: directionSchema,
    windowMs: durationSchema(SECOND, DAY),
  }),
  z.strictObject({
    kind: z.literal('volumeSpike'),
    instrumentId: instrumentIdSchema,
    ratio: z.number().min(1).max(1_000),
    windowMs: durationSchema(SECOND, DAY / 24),
    baselineWindows: z.number().int().min(2).max(100).default(20),
  }),
  z.strictObject({
    kind: z.literal('spread'),
    instrumentId: instrumentIdSchema,
    aboveBps: z.number().positive().max(10_000),
  }),
  z.strictObject({
    kind: z.literal('positionPnl'),
    botId: botSchema,
    level: decimalStringSchema,
    side: z.enum(['above', 'below']),
  }),
  z.strictObject({
    kind: z.literal('drawdown'),
    botId: botSchema,
    percent: z.number().positive().max(100),
  }),
  z.strictObject({
    kind: z.literal('botState'),
    botId: botSchema,
    states: z.array(z.enum(WATCHED_BOT_STATES)).min(1).max(WATCHED_BOT_STATES.length).readonly(),
  }),
  z.strictObject({ kind: z.literal('feedStale'), exchange: exchangeSchema.nullable() }),
  z.strictObject({
    kind: z.literal('hubHealth'),
    measure: z.enum(HUB_MEASURES),
    above: z.number().nonnegative(),
  }),
]) satisfies z.ZodType<AlertCondition>;

/** What the user says of a rule. */
export const alertRuleDraft = {
  name: nameSchema(),
  condition: alertConditionSchema,
  severity: z.enum(SEVERITIES),
  /** How long the condition must hold before it fires. */
  forMs: durationSchema(0, DAY),
  /** For so long after it fired it does not fire again about the same thing. */
  cooldownMs: durationSchema(SHORTEST_COOLDOWN_MS, 7 * DAY),
  isEnabled: z.boolean(),
  sound: z.boolean(),
};
const DEFAULT_COOLDOWN_MS = 60 * SECOND;

export const alertRuleDraftSchema = z.strictObject({
  ...alertRuleDraft,
  severity: alertRuleDraft.severity.default('info'),
  forMs: alertRuleDraft.forMs.default(0),
  cooldownMs: alertRuleDraft.cooldownMs.default(DEFAULT_COOLDOWN_MS),
  isEnabled: alertRuleDraft.isEnabled.default(true),
  sound: alertRuleDraft.sound.default(true),
});
export type AlertRuleDraft = z.output<typeof alertRuleDraftSchema>;

export const alertRuleSchema = z.object({
  id: z.string(),
  ...alertRuleDraft,
  /** One that was kept before names had a rule stays as it is. */
  name: z.string().min(1).max(80),
  isBuiltIn: z.boolean(),
  createdTime: epochMsSchema,
  updatedTime: epochMsSchema,
}) satisfies z.ZodType<AlertRule>;

const labelSchema = z.enum(ALERT_LABELS);
const labelValueSchema = z.string().min(1).max(160);
export const alertLabelsSchema = z.strictObject({
  rule: labelValueSchema.exactOptional(),
  kind: labelValueSchema.exactOptional(),
  severity: labelValueSchema.exactOptional(),
  instrument: labelValueSchema.exactOptional(),
  exchange: labelValueSchema.exactOptional(),
  bot: labelValueSchema.exactOptional(),
  feed: labelValueSchema.exactOptional(),
  direction: labelValueSchema.exactOptional(),
});
/** All must match; so there must be one. */
export const alertMatchersSchema = alertLabelsSchema.refine(
  (matchers) => Object.keys(matchers).length > 0,
  'at least one label',
);

export const alertSchema = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  severity: z.enum(SEVERITIES),
  labels: alertLabelsSchema,
  condition: alertConditionSchema,
  value: z.number().nullable(),
  state: z.enum(['firing', 'resolved']),
  pendingTime: epochMsSchema,
  firedTime: epochMsSchema,
  marketTime: epochMsSchema.nullable(),
  resolvedTime: epochMsSchema.nullable(),
  acknowledgedTime: epochMsSchema.nullable(),
  escalatedTime: epochMsSchema.nullable(),
  isTest: z.boolean(),
}) satisfies z.ZodType<Alert>;

export const alertSilenceSchema = z.object({
  id: z.string(),
  matchers: alertMatchersSchema,
  comment: z.string().trim().max(200),
  startTime: epochMsSchema,
  endTime: epochMsSchema,
}) satisfies z.ZodType<AlertSilence>;

const inhibitionSchema = z.strictObject({
  source: alertMatchersSchema,
  target: alertMatchersSchema,
  equal: z.array(labelSchema).max(ALERT_LABELS.length).readonly(),
}) satisfies z.ZodType<AlertInhibition>;

const HOUR = DAY / 24;
export const alertPolicySchema = z.strictObject({
  groupBy: z.array(labelSchema).max(ALERT_LABELS.length).readonly(),
  groupWaitMs: durationSchema(0, HOUR),
  groupIntervalMs: durationSchema(SECOND, DAY),
  repeatIntervalMs: durationSchema(SECOND, 7 * DAY),
  escalateAfterMs: durationSchema(SECOND, DAY).nullable(),
  tellResolved: z.boolean(),
  inhibitions: z.array(inhibitionSchema).max(32).readonly(),
}) satisfies z.ZodType<AlertPolicy>;

export const alertDeliverySchema = z.object({
  id: z.string(),
  time: epochMsSchema,
  routeId: z.string(),
  reason: z.enum(ALERT_DELIVERY_REASONS),
  title: z.string(),
  alertIds: z.array(z.string()).readonly(),
  error: z.string().nullable(),
}) satisfies z.ZodType<AlertDelivery>;
