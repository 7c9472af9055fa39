import { z } from 'zod';
import {
  alertDeliverySchema,
  alertMatchersSchema,
  alertPolicySchema,
  alertRuleDraft,
  alertRuleDraftSchema,
  alertRuleSchema,
  alertSchema,
  alertSilenceSchema,
} from './alert-model.ts';
import { isDeckId } from './decks.ts';
import { page, pageOf } from './paging.ts';

/**
 * Requests about alerts. Those that only look take a `deckId`: they are then about that replay deck,
 * which has rules and alerts of its own.
 */

/** Each is looked at with every event of what it watches. */
export const MAX_ALERT_RULES = 500;
export const MAX_ALERT_SILENCES = 200;
/** A silence has an end. */
const LONGEST_SILENCE_MS = 366 * 86_400_000;

const idSchema = z.string().min(1).max(64);
const ruleOnly = z.strictObject({ ruleId: idSchema });
const deckIdSchema = z.string().refine(isDeckId, 'not a deck id').optional();
const none = z.strictObject({}).optional();

/** Merged into `requestSchemas`. */
export const alertRequestSchemas = {
  'alerts.listRules': {
    params: z.strictObject({ deckId: deckIdSchema }),
    result: z.object({ rules: z.array(alertRuleSchema) }),
  },
  'alerts.createRule': { params: alertRuleDraftSchema, result: alertRuleSchema },
  /** A change of what it watches, or of when it fires, begins it anew: what fired of it is over. */
  'alerts.updateRule': {
    params: z.strictObject({
      ruleId: idSchema,
      changes: z.strictObject(alertRuleDraft).partial(),
    }),
    result: alertRuleSchema,
  },
  /** What fired of it is over. One that is built in can only be disabled. */
  'alerts.removeRule': { params: ruleOnly, result: z.object({ ruleId: z.string() }) },
  /** Tells the user as if it had fired, past groups and silences. */
  'alerts.testFire': { params: ruleOnly, result: alertSchema },
  'alerts.list': {
    params: z.strictObject({
      activeOnly: z.boolean().default(false),
      ruleId: idSchema.optional(),
      deckId: deckIdSchema,
      ...pageOf(1_000),
    }),
    result: page(alertSchema),
  },
  /** Without ids: all that fire. */
  'alerts.acknowledge': {
    params: z.strictObject({ ids: z.array(idSchema).max(1_000).optional() }),
    result: z.object({ alerts: z.array(alertSchema) }),
  },
  /** Those that have not ended. */
  'alerts.listSilences': {
    params: none,
    result: z.object({ silences: z.array(alertSilenceSchema) }),
  },
  'alerts.silence': {
    params: z.strictObject({
      matchers: alertMatchersSchema,
      durationMs: z.number().int().min(1_000).max(LONGEST_SILENCE_MS),
      comment: z.string().trim().max(200).default(''),
    }),
    result: alertSilenceSchema,
  },
  /** Ends it now. */
  'alerts.unsilence': {
    params: z.strictObject({ silenceId: idSchema }),
    result: z.object({ silenceId: z.string() }),
  },
  'alerts.getPolicy': { params: none, result: alertPolicySchema },
  /** Changes what is given, and answers with all. */
  'alerts.setPolicy': { params: alertPolicySchema.partial(), result: alertPolicySchema },
  /** The last attempts to tell the user, newest first, with those that failed. */
  'alerts.deliveries': {
    params: none,
    result: z.object({ deliveries: z.array(alertDeliverySchema) }),
  },
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;
