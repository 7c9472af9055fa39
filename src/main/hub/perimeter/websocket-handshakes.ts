import type { Duplex } from 'node:stream';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { HubMeter } from '#main/telemetry/hub-meter.ts';
import { endWith, refusalBody } from './refusal.ts';

const BAD_REQUEST = 400;

/** `ws` for Engine.IO, but that a handshake which is none is refused in our words, and counted. */
export const countingWebSocketServer = (
  meter: HubMeter,
): (new (
  options?: ServerOptions,
) => WebSocketServer) =>
  class extends WebSocketServer {
    constructor(options?: ServerOptions) {
      super(options);
      this.on('wsClientError', (_error: Error, socket: Duplex) =>
        endWith(socket, BAD_REQUEST, refusalBody(meter, 'bad_request')),
      );
    }
  };
