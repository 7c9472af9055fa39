import { z } from 'zod';

const ERROR_CODES = [
  'unauthorized',
  'access_denied',
  'protocol_mismatch',
  'invalid_payload',
  'unknown_event',
  'unknown_method',
  'unknown_channel',
  'unknown_instrument',
  'unknown_bot',
  'unknown_feed',
  'not_found',
  'conflict',
  'invalid_state',
  'too_many_subscriptions',
  'rate_limited',
  'server_full',
  'message_too_large',
  'malformed_packet',
  'bad_request',
  'foreign_host',
  'foreign_origin',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The only shape in which a failure crosses a boundary: never an `Error`, never a stack. */
export const failureSchema = z.object({ code: z.enum(ERROR_CODES), message: z.string() });
export type Failure = z.infer<typeof failureSchema>;

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

export const succeed = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (code: ErrorCode, message: string): { ok: false; error: Failure } => ({
  ok: false,
  error: { code, message },
});
