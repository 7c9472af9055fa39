import { z } from 'zod';
import { CHANNEL_KINDS } from './channels.ts';
import { epochMsSchema } from './model.ts';
import { scopeSchema } from './scopes.ts';

/** Looks into the hub itself: who is connected, what is listened to, what the log says. */

const search = z.string().trim().max(200).default('');
const limit = (most: number) => z.number().int().min(1).max(most).default(100);
/** What the answer before called `next`. */
const after = z.string().max(200).optional();

const hubClientSchema = z.object({
  /** For as long as it is connected. */
  id: z.string(),
  userId: z.string(),
  scopes: z.array(scopeSchema),
  /** `window`: of the desktop app, over its bridge. */
  transport: z.enum(['websocket', 'polling', 'window']),
  connectedTime: epochMsSchema,
  subscriptions: z.number().int(),
  /** Pushes that it was sent. */
  sent: z.number().int(),
  /** It is told once a second what changed: its page is hidden, or it asked for that. */
  isHidden: z.boolean(),
  /** Something waits until it has read what it was sent before. */
  isBehind: z.boolean(),
});
export type HubClientInfo = z.infer<typeof hubClientSchema>;

const hubChannelSchema = z.object({
  channel: z.string(),
  kind: z.enum(CHANNEL_KINDS),
  subscribers: z.number().int(),
  /** Of the last publication. */
  offset: z.number().int(),
});
export type HubChannelInfo = z.infer<typeof hubChannelSchema>;

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export const logLineSchema = z.object({
  time: epochMsSchema,
  level: z.enum(LOG_LEVELS),
  message: z.string(),
  /** What else the entry says. Secrets were taken out when it was written. */
  fields: z.record(z.string(), z.unknown()),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** Merged into `requestSchemas`. */
export const inspectionRequestSchemas = {
  /** Those that came first, first; `search` is looked for in user and transport. */
  'hub.clients': {
    params: z.strictObject({ search, limit: limit(500), after }),
    result: z.object({
      items: z.array(hubClientSchema),
      /** Of all that were found. */
      total: z.number().int(),
      next: z.string().nullable(),
    }),
  },
  /** Those with the most subscribers first; `search` is looked for in the name. */
  'hub.channels': {
    params: z.strictObject({ search, limit: limit(500) }),
    result: z.object({ items: z.array(hubChannelSchema), total: z.number().int() }),
  },
  /** Newest first. A page may hold fewer than wished, or none, and yet have a next one. */
  'logs.list': {
    params: z.strictObject({
      /** The least severe that is wanted. */
      level: z.enum(LOG_LEVELS).default('info'),
      search,
      limit: limit(500),
      after,
    }),
    result: z.object({ items: z.array(logLineSchema), next: z.string().nullable() }),
  },
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;
