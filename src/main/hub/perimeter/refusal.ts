import type { Duplex } from 'node:stream';
import { type ErrorCode, fail } from '#contract/errors.ts';
import type { HubMeter } from '#main/telemetry/hub-meter.ts';

const MESSAGES: Partial<Record<ErrorCode, string>> = {
  foreign_host: 'Refused: foreign host. Behind a proxy, `serve --public-url` tells its name.',
  foreign_origin: 'Refused: foreign origin. Behind a proxy, `serve --public-url` tells its name.',
  bad_request: 'This is no request to the hub',
  not_found: 'There is nothing here',
};

/** Counts a refusal below any event, and gives the words for it as JSON. */
export function refusalBody(meter: HubMeter, code: ErrorCode): string {
  meter.connectionRefused(code);
  return JSON.stringify({ error: fail(code, MESSAGES[code] ?? 'Refused').error });
}

/** Answers on a connection that no response belongs to, and ends it. */
export function endWith(socket: Duplex, status: number, body: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
