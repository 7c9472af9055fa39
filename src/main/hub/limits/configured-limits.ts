import { z } from 'zod';
import { type ClientEvent, clientEventSchemas } from '#contract/client-events.ts';
import { DEFAULT_HUB_LIMITS, type HubLimits } from './hub-limits.ts';

const count = z.number().int().min(1).max(1_000_000);
const periodMs = z.number().int().min(1).max(86_400_000);
const rateSchema = z.strictObject({
  count,
  periodMs,
  burst: z.strictObject({ count, periodMs }).exactOptional(),
});

const eventNames = [...(Object.keys(clientEventSchemas) as ClientEvent[]), 'unknown'] as const;

/** What a user may set of the hub's limits (rule H4); what is left out stays as it is. */
const limitsSchema = z.strictObject({
  connectionsPerUser: count.exactOptional(),
  connections: count.exactOptional(),
  messageBytes: z.number().int().min(1_024).max(16_777_216).exactOptional(),
  subscriptionsPerConnection: count.exactOptional(),
  authenticationTimeoutMs: periodMs.exactOptional(),
  pingIntervalMs: periodMs.exactOptional(),
  pingTimeoutMs: periodMs.exactOptional(),
  eventRate: rateSchema.exactOptional(),
  eventRates: z.partialRecord(z.enum(eventNames), rateSchema).exactOptional(),
  refusalRate: rateSchema.exactOptional(),
});

/** Limits as a file gives them. An event that it does not name keeps its own rate. */
export const configuredLimitsSchema = limitsSchema.transform(
  ({ eventRates, ...limits }): Partial<HubLimits> => ({
    ...limits,
    ...(eventRates && { eventRates: { ...DEFAULT_HUB_LIMITS.eventRates, ...eventRates } }),
  }),
);
