import { z } from 'zod';
import { CHANNEL_KINDS } from './channels.ts';
import { epochMsSchema } from './model.ts';
import { scopeSchema } from './scopes.ts';

/** Looks into the hub itself: who is connected, what is listened to, what the log says. */

const search = z.string().trim().max(200).default('');
const limit = (most: number) => z.number().int().min(1).max(most).default(100);
/** What the answer before called `next`. */
const after = (place: RegExp) =>
  z.string().regex(place, 'not what the page before called `next`').optional();

/** What clients may be ordered by: when they came, or what they are and do. */
export const CLIENT_ORDERS = [
  ...(['since', 'user', 'transport', 'subscriptions', 'sent', 'state'] as const),
] as const;
export type ClientOrder = (typeof CLIENT_ORDERS)[number];

export const CHANNEL_ORDERS = ['channel', 'kind', 'subscribers', 'offset'] as const;

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
  /**
   * Those that came first, first, where nothing else is asked for; `search` is looked for in user and
   * transport. By `state`, those that read come before hidden ones, and those before who is behind.
   */
  'hub.clients': {
    params: z.strictObject({
      search,
      orderBy: z.enum(CLIENT_ORDERS).default('since'),
      isDescending: z.boolean().default(false),
      limit: limit(500),
      after: after(/^\d{1,16}$/),
    }),
    result: z.object({
      items: z.array(hubClientSchema),
      /** Of all that were found. */
      total: z.number().int(),
      next: z.string().nullable(),
    }),
  },
  /** Those with the most subscribers first, where nothing else is asked for; `search` is looked for in the name. */
  'hub.channels': {
    params: z.strictObject({
      search,
      orderBy: z.enum(CHANNEL_ORDERS).default('subscribers'),
      isDescending: z.boolean().default(true),
      limit: limit(500),
    }),
    result: z.object({ items: z.array(hubChannelSchema), total: z.number().int() }),
  },
  /** Newest first. A page may hold fewer than wished, or none, and yet have a next one. */
  'logs.list': {
    params: z.strictObject({
      /** The least severe that is wanted. */
      level: z.enum(LOG_LEVELS).default('info'),
      search,
      limit: limit(500),
      after: after(/^\d{1,9}:\d{0,15}$/),
    }),
    result: z.object({ items: z.array(logLineSchema), next: z.string().nullable() }),
  },
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;
