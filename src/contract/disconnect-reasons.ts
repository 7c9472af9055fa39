import { z } from 'zod';

/**
 * Why the hub ends a connection: all reasons there are, and whether each invites to come back. The
 * hub says it in a `closing` event right before it disconnects. A connection that ends without one
 * broke by itself, and is always worth another try.
 */
export const DISCONNECT_REASONS = {
  /** The user opened more connections than he may have; this was his oldest. */
  replaced: { reconnect: false },
  /** The hub holds as many connections as it may. */
  server_full: { reconnect: true },
  /** What it was to receive overflowed its queue; it recovers by its positions (rules B4, B7). */
  slow_consumer: { reconnect: true },
  /** No token in time, or one that expired or was revoked: come back with a fresh one. */
  unauthorized: { reconnect: true },
  /** It kept sending although it was told to slow down. */
  rate_limited: { reconnect: true },
  /** What it sent is not the protocol: it would send it again. */
  malformed_packet: { reconnect: false },
  shutting_down: { reconnect: true },
} as const satisfies Record<string, { readonly reconnect: boolean }>;

export type DisconnectReason = keyof typeof DISCONNECT_REASONS;

export const invitesReconnection = (reason: DisconnectReason): boolean =>
  DISCONNECT_REASONS[reason].reconnect;

/** The payload of `closing`. A reason of a later version is still understood by its `reconnect`. */
export const closingSchema = z.object({ reason: z.string().max(64), reconnect: z.boolean() });
export type Closing = z.infer<typeof closingSchema>;
