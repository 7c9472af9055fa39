import { z } from 'zod';
import type { DeskMessage, DeskPresence } from '#domain/desk.ts';
import type { EpochMs } from '#domain/units.ts';
import { type BotRecordReceipt, botRecordSchema } from './bot-records.ts';
import { DESK_ROOM, MAX_CHANNEL_LENGTH } from './channels.ts';
import type { Failure } from './errors.ts';
import { botIdSchema } from './model.ts';
import type { Push } from './pushes.ts';
import type { Scope } from './scopes.ts';

/** What a client may send. Every event takes an acknowledgement callback, answered with an `Ack`. */

const symbolSchema = z.string().min(1).max(MAX_CHANNEL_LENGTH);

/** Where a consumer stands in a channel: an offset means nothing without its epoch (rule B4). */
const streamPositionSchema = z.strictObject({
  epoch: z.string().min(1).max(64),
  offset: z.number().int().nonnegative(),
});
export type StreamPosition = z.infer<typeof streamPositionSchema>;

const deskRoomSchema = z.string().regex(DESK_ROOM, 'not a room: a-z, 0-9, _ and -, at most 32');
const MAX_DESK_TEXT_LENGTH = 1_000;

/** Rarer than this one may as well ask. */
const MOST_INTERVAL_MS = 60_000;

const subscribeSchema = z.strictObject({
  channel: z.string().min(1).max(MAX_CHANNEL_LENGTH),
  since: streamPositionSchema.exactOptional(),
  /** So long between two pushes of a *latest* channel, ms; other kinds do not heed it (B6). */
  minIntervalMs: z.number().int().min(0).max(MOST_INTERVAL_MS).exactOptional(),
});

/** Of one message: a page that comes back asks for thousands of channels. */
export const MOST_SUBSCRIBED_AT_ONCE = 64;

export const tokenSchema = z.string().min(1).max(4_096);

export const clientEventSchemas = {
  authenticate: tokenSchema,
  'price:subscribe': z.array(symbolSchema).max(256),
  'price:unsubscribe': z.array(symbolSchema).max(256),
  'subscribe:price': symbolSchema,
  'subscribe:trades': symbolSchema,
  'bot:subscribe': z.undefined().or(z.null()),
  'bot:subscribe:one': botIdSchema,
  subscribe: subscribeSchema,
  /** As so many `subscribe`s, each with its own answer. */
  'subscribe:many': z.strictObject({
    channels: z.array(subscribeSchema).min(1).max(MOST_SUBSCRIBED_AT_ONCE),
  }),
  unsubscribe: subscribeSchema.pick({ channel: true }),
  /** Enters a room: subscribes to its messages and its presence, and is seen there. */
  'desk:join': z.strictObject({ room: deskRoomSchema }),
  'desk:leave': z.strictObject({ room: deskRoomSchema }),
  'desk:send': z.strictObject({
    room: deskRoomSchema,
    text: z.string().trim().min(1).max(MAX_DESK_TEXT_LENGTH),
  }),
  'bot:publish': botRecordSchema,
  /** Hidden, it gets *latest* values once a second; shown again, it is brought up to date (B6). */
  visibility: z.strictObject({ hidden: z.boolean() }),
  request: z.strictObject({ method: z.string().max(64), params: z.unknown().optional() }),
} as const;

export type ClientEvent = keyof typeof clientEventSchemas;
export type ClientPayload<E extends ClientEvent> = z.infer<(typeof clientEventSchemas)[E]>;

export const isClientEvent = (name: string): name is ClientEvent =>
  Object.hasOwn(clientEventSchemas, name);

/**
 * The reply to a subscription (rules B3, B4). `channel` is canonical: a bare symbol is resolved.
 * With `recovered: true`, `pushes` are exactly what was missed since the position given, in order.
 * Otherwise they are the fresh start: the retained value, the book, or the recent history.
 */
export interface SubscribeReply {
  readonly channel: string;
  readonly epoch: string;
  readonly offset: number;
  readonly recovered: boolean;
  readonly pushes: readonly Push[];
}

export type Ack<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly error: Failure };

/** Who a connection speaks for from now on. The owner's token does not expire: null. */
interface Authenticated {
  readonly userId: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: EpochMs | null;
}

interface AckPayloads {
  authenticate: Authenticated;
  'price:subscribe': { channels: SubscribeReply[] };
  'price:unsubscribe': { channels: string[] };
  'subscribe:price': { channels: SubscribeReply[] };
  'subscribe:trades': { channels: SubscribeReply[] };
  'bot:subscribe': { bots: string[]; channels: SubscribeReply[] };
  'bot:subscribe:one': { channels: SubscribeReply[] };
  subscribe: SubscribeReply;
  /** In the order in which they were asked for. */
  'subscribe:many': { replies: readonly Ack<SubscribeReply>[] };
  unsubscribe: { channel: string };
  'desk:join': { presence: DeskPresence; channels: SubscribeReply[] };
  'desk:leave': { room: string };
  'desk:send': { message: DeskMessage };
  'bot:publish': BotRecordReceipt;
  visibility: { hidden: boolean };
  request: { result: unknown };
}
export type AckOf<E extends ClientEvent> = Ack<AckPayloads[E]>;

/** Event names that the hub itself emits outside channels. */
export const HUB_EVENTS = {
  error: 'error',
  botSubscribed: 'bot:subscribed',
  /** To the connection that reports for a bot: what it is to do (rule X4.9). */
  botCommand: 'bot:command',
  /** In place of `price:update`s, where the handshake said `batch`. */
  priceBatch: 'price:batch',
  /** Answers a token, be it of the handshake or of `authenticate`. */
  authenticated: 'authenticated',
  /** Right before the hub disconnects: why, and whether to come back. */
  closing: 'closing',
} as const;

/** A failure pushed where the client gave no acknowledgement callback. */
export interface ErrorEvent extends Failure {
  readonly event?: string;
}
