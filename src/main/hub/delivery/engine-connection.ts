import type { EventEmitter } from 'node:events';
import type { Socket as NetSocket } from 'node:net';

/**
 * What Engine.IO and `ws` keep to themselves and Socket.IO's own adapter relies on as well
 * (`writeBuffer`, pre-encoded frames). Where it is not found, packets go the ordinary way.
 */
export interface EngineConnection {
  readonly readyState: string;
  readonly writeBuffer?: readonly unknown[];
  readonly transport: {
    readonly name: string;
    readonly socket?: { readonly _socket?: NetSocket | null };
  };
}

/** The TCP connection under a WebSocket; undefined under long polling. */
export const lineOf = ({ transport }: EngineConnection): NetSocket | undefined =>
  (transport.name === 'websocket' && transport.socket?._socket) || undefined;

/**
 * The packets that Engine.IO flushes together leave in one write to the system, where `ws` would
 * make one of each: a group of records is acknowledged all at once.
 */
export function writeFlushesAtOnce(connection: EventEmitter): void {
  // Engine.IO tells of a flush at its beginning and, before anything else can run, at its end.
  connection.on('flush', holdBack);
  connection.on('drain', letGo);
}

// One function for all connections, which are many.
function holdBack(this: EventEmitter): void {
  lineOf(this as unknown as EngineConnection)?.cork();
}

function letGo(this: EventEmitter): void {
  lineOf(this as unknown as EngineConnection)?.uncork();
}
