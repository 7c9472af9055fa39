import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';
import type { TimerClock } from '#domain/clock.ts';
import type { SessionNotice, SessionSink } from '../session/session.ts';
import { type EngineConnection, lineOf, writeFlushesAtOnce } from './engine-connection.ts';
import type { Outgoing } from './outgoing.ts';
import { TurnWrites } from './turn-writes.ts';

/** So much may wait for the next poll, or the end of an upgrade, before the sink calls itself full. */
const MAX_ENGINE_BYTES = 64 * 1_024;
/** How long a connection that is ended may take to read why. */
const CUT_AFTER_MS = 1_000;

/**
 * The way to a client over Socket.IO. On an open WebSocket, messages that were encoded once are
 * written straight to the connection, in the order in which Engine.IO itself writes there; while
 * Engine.IO holds packets back (long polling, an upgrade), they queue behind those.
 */
export class SocketSink implements SessionSink {
  readonly #socket: Socket;
  readonly #conn: EngineConnection;
  /** Of which transport `#direct` is. */
  #transport: unknown;
  #direct: NetSocket | undefined;
  readonly #clock: TimerClock;
  readonly #end: () => void;
  readonly #writes = new TurnWrites();
  #engineBytes = 0;
  #followsEngine = false;
  #onReady: (() => void) | undefined;

  /** `end` closes the connection of a client that is too slow, with that reason. */
  constructor(socket: Socket, clock: TimerClock, end: () => void) {
    this.#socket = socket;
    this.#conn = socket.conn as unknown as EngineConnection;
    this.#clock = clock;
    this.#end = end;
    forgetRequest(socket);
    writeFlushesAtOnce(socket.conn);
  }

  get transport(): 'websocket' | 'polling' {
    return this.#conn.transport.name === 'websocket' ? 'websocket' : 'polling';
  }

  get isReady(): boolean {
    const line = this.#line();
    return line ? !line.writableNeedDrain : this.#engineBytes < MAX_ENGINE_BYTES;
  }

  /** Called once, when the sink is ready again. */
  whenReady(listener: () => void): void {
    const isWaiting = this.#onReady !== undefined;
    this.#onReady = listener;
    if (isWaiting) return;
    const line = this.#line();
    if (line) line.once('drain', () => this.#ready());
    else this.#followEngine();
  }

  push(outgoing: Outgoing): void {
    const line = this.#line();
    if (line) {
      this.#writes.write(line, outgoing.frames);
      return;
    }
    this.#followEngine();
    this.#engineBytes += outgoing.frames.length;
    for (const packet of outgoing.packets) this.#socket.conn.write(packet);
  }

  notify({ event, payload }: SessionNotice): void {
    this.#socket.emit(event, payload);
  }

  /** It does not read: what it has not taken after a moment goes with the connection. */
  overflow(): void {
    const line = this.#line();
    this.#end();
    if (!line) return;
    line.once(
      'close',
      this.#clock.setTimeout(() => line.destroy(), CUT_AFTER_MS),
    );
  }

  /** The connection under an open WebSocket that nothing waits to be written to before us. */
  #line(): NetSocket | undefined {
    const { readyState, writeBuffer, transport } = this.#conn;
    if (transport !== this.#transport) this.#takeTransport();
    const isFree = readyState === 'open' && writeBuffer?.length === 0;
    return isFree && this.#direct?.writable ? this.#direct : undefined;
  }

  /** At the start and at an upgrade: the line itself is asked for at every message. */
  #takeTransport(): void {
    const { transport } = this.#conn;
    this.#transport = transport;
    this.#direct = lineOf(this.#conn);
  }

  #followEngine(): void {
    if (this.#followsEngine) return;
    this.#followsEngine = true;
    this.#socket.conn.on('drain', () => {
      this.#engineBytes = 0;
      if (this.#onReady) this.#ready();
    });
  }

  #ready(): void {
    const listener = this.#onReady;
    this.#onReady = undefined;
    listener?.();
  }
}

/** The request of the handshake has been answered; kept, it would be the largest part of each client. */
function forgetRequest({ conn }: Socket): void {
  // Long polling still takes its requests from here.
  if (conn.transport.name === 'websocket') (conn as { request: unknown }).request = null;
}
