import { RequestError } from '@hono/node-server';
import type { Context } from 'hono';
import { type ErrorCode, type Failure, fail } from '#contract/errors.ts';
import type { HubMeter } from '#main/telemetry/hub-meter.ts';
import type { Log } from '#main/telemetry/log.ts';

/** The HTTP status that stands for each code of failure. The code itself is in the body. */
export const HTTP_STATUS = {
  unauthorized: 401,
  access_denied: 403,
  protocol_mismatch: 400,
  invalid_payload: 400,
  unknown_event: 404,
  unknown_method: 404,
  unknown_channel: 404,
  unknown_instrument: 404,
  unknown_bot: 404,
  unknown_feed: 404,
  not_found: 404,
  conflict: 409,
  invalid_state: 409,
  too_many_subscriptions: 429,
  rate_limited: 429,
  server_full: 503,
  message_too_large: 413,
  malformed_packet: 400,
  bad_request: 400,
  foreign_host: 403,
  foreign_origin: 403,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

type RefusalStatus = (typeof HTTP_STATUS)[ErrorCode] | 405 | 415;

/** Answers with a failure, and counts it. The status may say more than the code does. */
export function refuse(
  c: Context,
  meter: HubMeter,
  error: Failure,
  status: RefusalStatus = HTTP_STATUS[error.code],
): Response {
  meter.failures.add(error.code);
  return c.json({ error }, status);
}

/** What the adapter could not make a request of, and so nobody else answers. */
export const refuseUnread = (meter: HubMeter, log: Log) => (error: unknown) => {
  const isTheirs = error instanceof RequestError;
  if (!isTheirs) log.error({ err: error }, 'A request could not be answered');
  const refusal = isTheirs
    ? fail('bad_request', 'This is no request to the hub')
    : fail('internal', 'Something went wrong');
  meter.failures.add(refusal.error.code);
  const { error: told } = refusal;
  return Response.json({ error: told }, { status: HTTP_STATUS[told.code] });
};
