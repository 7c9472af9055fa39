import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ErrorCode } from '#contract/errors.ts';
import type { HubMeter } from '#main/telemetry/hub-meter.ts';
import type { Log } from '#main/telemetry/log.ts';
import { isForEngine } from './engine-query.ts';
import type { Perimeter } from './perimeter.ts';
import { endWith, refusalBody } from './refusal.ts';

export interface DoorOptions {
  readonly perimeter: Perimeter;
  readonly meter: HubMeter;
  readonly log: Log;
  /** By what a session of Engine.IO's goes; undefined where there is none of that id. */
  readonly transportOf: (sid: string) => string | undefined;
}

type Listener = (...args: unknown[]) => unknown;

const SOCKET_IO_PATH = '/socket.io/';
const STATUSES = {
  foreign_host: 403,
  foreign_origin: 403,
  bad_request: 400,
  not_found: 404,
} as const;
const PAYLOAD_TOO_LARGE = 413;
const HEADERS_TOO_LARGE = 431;
const REQUEST_TIMEOUT = 408;

/**
 * Puts the perimeter before everything that is attached to the server (rule H3): plain HTTP, each
 * poll of Socket.IO and each upgrade. (Socket.IO itself would ask at a handshake only, and not when
 * a request carries a session id.) Nothing that comes here can throw through to the process.
 */
export function guardDoors(server: HttpServer | HttpsServer, options: DoorOptions): void {
  const { perimeter, meter, transportOf } = options;
  const engineRefusal = (request: IncomingMessage, isUpgrade: boolean) =>
    isSocketIo(request) && !isForEngine(request, isUpgrade, transportOf)
      ? 'bad_request'
      : undefined;
  const refuse = (code: ErrorCode): string => refusalBody(meter, code);
  const endResponse = (response: ServerResponse, code: keyof typeof STATUSES): void => {
    response.writeHead(STATUSES[code], {
      'content-type': 'application/json',
      connection: 'close',
    });
    response.end(refuse(code));
  };
  takeOver(server, 'request', (request: IncomingMessage, response: ServerResponse, inner) => {
    const refusal = perimeter(request) ?? engineRefusal(request, false) ?? attempt(inner, options);
    if (refusal === undefined) {
      if (isSocketIo(request)) countTooLarge(response, meter);
    } else if (!response.headersSent) {
      endResponse(response, refusal);
    }
  });
  takeOver(server, 'upgrade', (request: IncomingMessage, socket: Duplex, inner) => {
    const refusal =
      perimeter(request) ??
      engineRefusal(request, true) ??
      (isSocketIo(request) ? attempt(inner, options) : 'not_found');
    if (refusal !== undefined) endWith(socket, STATUSES[refusal], refuse(refusal));
  });
  // Node would answer it by itself, to whomever.
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    endResponse(response, perimeter(request) ?? 'bad_request');
  });
  server.on('connect', (_request, socket: Duplex) => endWith(socket, 400, refuse('bad_request')));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // A connection that simply broke, or that has been answered already, hears nothing.
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else endWith(socket, statusOf(error.code), refuse('bad_request'));
  });
}

const isSocketIo = ({ url }: IncomingMessage): boolean => url?.startsWith(SOCKET_IO_PATH) ?? false;

function attempt(inner: () => void, { log }: DoorOptions): 'bad_request' | undefined {
  try {
    inner();
    return undefined;
  } catch (error) {
    log.warn({ err: error }, 'A request broke what was to answer it');
    return 'bad_request';
  }
}

/** Socket.IO answers a poll's body that is too large by itself, and tells nobody. */
function countTooLarge(response: ServerResponse, meter: HubMeter): void {
  response.once('finish', () => {
    if (response.statusCode === PAYLOAD_TOO_LARGE) meter.failures.add('message_too_large');
  });
}

/** What listened so far comes behind the new listener, which decides whether it is asked. */
function takeOver<First, Second>(
  server: HttpServer | HttpsServer,
  event: 'request' | 'upgrade',
  listener: (first: First, second: Second, inner: () => void) => void,
): void {
  const former = server.listeners(event) as Listener[];
  server.removeAllListeners(event);
  server.on(event, (...args: unknown[]) => {
    const [first, second] = args;
    listener(first as First, second as Second, () => {
      for (const one of former) one.apply(server, args);
    });
  });
}

function statusOf(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return HEADERS_TOO_LARGE;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? REQUEST_TIMEOUT : 400;
}
