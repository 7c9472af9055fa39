import { z } from 'zod';
import { type ClientEvent, clientEventSchemas } from './client-events.ts';

const MAX_COUNT = 1_000_000;
const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

const count = z.number().int().min(1).max(MAX_COUNT);
/** Of what a connection has to answer in time: in less nobody's would last. */
const patienceMs = z.number().int().min(SECOND_MS).max(DAY_MS);
const spanShape = { count, periodMs: z.number().int().min(1).max(DAY_MS) };

/** So many in a period, and besides them so many more at once, which a longer period gives back. */
export const rateLimitSchema = z.strictObject({
  ...spanShape,
  burst: z.strictObject(spanShape).exactOptional(),
});
export type RateLimit = Readonly<z.infer<typeof rateLimitSchema>>;

const RATED_EVENTS = [...(Object.keys(clientEventSchemas) as ClientEvent[]), 'unknown'] as const;

/** What one client may cost the others (rule H4). */
export const hubLimitsSchema = z.strictObject({
  /** Of one user; the oldest makes room. The owner is exempt. */
  connectionsPerUser: count,
  connections: count,
  messageBytes: z.number().int().min(1_024).max(16_777_216),
  /** Beside those of bots. */
  subscriptionsPerConnection: count,
  authenticationTimeoutMs: patienceMs,
  /** How often the hub pings, and how long after that it waits for a sign of life (rule H5). */
  pingIntervalMs: patienceMs,
  pingTimeoutMs: patienceMs,
  /** Of each event and connection. */
  eventRate: rateLimitSchema,
  eventRates: z.partialRecord(z.enum(RATED_EVENTS), rateLimitSchema),
  /** Refusals of any kind and connection: who goes on beyond them is disconnected. */
  refusalRate: rateLimitSchema,
});
export type HubLimits = Readonly<z.infer<typeof hubLimitsSchema>>;

const { shape } = hubLimitsSchema;

/** Those that are not as by default. An event that is not named keeps its own rate. */
export const hubLimitChangesSchema = z.strictObject({
  connectionsPerUser: shape.connectionsPerUser.exactOptional(),
  connections: shape.connections.exactOptional(),
  messageBytes: shape.messageBytes.exactOptional(),
  subscriptionsPerConnection: shape.subscriptionsPerConnection.exactOptional(),
  authenticationTimeoutMs: shape.authenticationTimeoutMs.exactOptional(),
  pingIntervalMs: shape.pingIntervalMs.exactOptional(),
  pingTimeoutMs: shape.pingTimeoutMs.exactOptional(),
  eventRate: shape.eventRate.exactOptional(),
  eventRates: shape.eventRates.exactOptional(),
  refusalRate: shape.refusalRate.exactOptional(),
});
export type HubLimitChanges = Readonly<z.infer<typeof hubLimitChangesSchema>>;

const hubLimitsViewSchema = z.object({
  /** What the hub runs with. */
  inUse: hubLimitsSchema,
  defaults: hubLimitsSchema,
  /** What it begins with at its next start, beside the defaults. */
  kept: hubLimitChangesSchema,
});
export type HubLimitsView = z.infer<typeof hubLimitsViewSchema>;

export const hubLimitsRequestSchemas = {
  'hub.getLimits': { params: z.strictObject({}).optional(), result: hubLimitsViewSchema },
  /** In place of all that was kept; `{}` keeps none. They count from the next start. */
  'hub.setLimits': { params: hubLimitChangesSchema, result: hubLimitsViewSchema },
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;
