import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { FakeConnection, textOf } from './fake-connection.ts';
import { type Fault, SLOW_BY_MS } from './fake-exchange.ts';
import { FaultBox, type Frame } from './fault-box.ts';

export interface RestRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface RestAnswer {
  /** 200 unless told. */
  readonly status?: number;
  /** Made JSON, unless it is text already. */
  readonly body: unknown;
}

/** One connected client and the streams that it asked for. */
export interface FakeClient {
  /** The path (with query) that it dialled. */
  readonly path: string;
  readonly streams: Set<string>;
  /** Free for the dialect: what it must remember of this client. */
  readonly memory: Map<string, unknown>;
  /** An answer to this client alone: delayed and silenced like all, never distorted. */
  send(message: unknown): void;
}

/** What an exchange's fake says in its own dialect. */
export interface Dialect {
  /** Undefined is answered with 404. */
  rest(request: RestRequest): RestAnswer | undefined;
  onMessage(client: FakeClient, text: string): void;
  onOpen?(client: FakeClient): void;
  /** The frame as this client is told it, where that differs (a sequence of its own). */
  stamp?(client: FakeClient, text: string): string;
}

const textOfRaw = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');

/**
 * HTTP and WebSocket on one free port of the loopback, with everything that can go wrong with a
 * connection. What is said over it is the dialect's.
 */
export class FakeServer {
  readonly port: number;
  readonly faults: FaultBox;
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  readonly #dialect: Dialect;
  readonly #connections = new Set<FakeConnection>();
  readonly #delayedAnswers = new Set<NodeJS.Timeout>();
  readonly #waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();

  private constructor(http: Server, dialect: Dialect, faults: FaultBox) {
    this.#http = http;
    this.#dialect = dialect;
    this.faults = faults;
    this.port = (http.address() as AddressInfo).port;
    this.#sockets = new WebSocketServer({ noServer: true, autoPong: false });
    http.on('request', (request, response) => this.#answer(request, response));
    http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  static async start(dialect: Dialect, faults = new FaultBox()): Promise<FakeServer> {
    const http = createServer();
    await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
    return new FakeServer(http, dialect, faults);
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get wsUrl(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  /** Those that are alive. */
  get connections(): number {
    return [...this.#connections].filter((each) => !each.isDead).length;
  }

  /** The largest number of bytes that waits at a socket. */
  get bufferedBytes(): number {
    const alive = [...this.#connections].filter((each) => !each.isDead);
    return Math.max(0, ...alive.map((each) => each.socket.bufferedAmount));
  }

  hasSubscriber(stream: string): boolean {
    return [...this.#connections].some((each) => each.streams.has(stream));
  }

  /** To everyone who has the stream, as the faults have it. */
  publish(frame: Frame): void {
    if (!this.hasSubscriber(frame.stream)) return;
    const said = this.faults.spoilsChecksum(frame) ? frame.withBadChecksum?.() : undefined;
    const distortion = said === undefined ? this.faults.distort(frame) : 'none';
    const text = said ?? frame.text;
    for (const connection of this.#connections) {
      if (!connection.streams.has(frame.stream)) continue;
      const own = this.#dialect.stamp?.(connection, text) ?? text;
      connection.deliver(frame, distortion, own);
    }
  }

  /** To every client that has subscribed to anything; not distorted. */
  toAll(message: unknown): void {
    for (const connection of this.#connections)
      if (connection.streams.size > 0) connection.send(message);
  }

  inject(fault: Fault): void {
    this.faults.inject(fault);
    for (const connection of this.#connections) this.#strike(connection, fault);
  }

  subscribed(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ count, resolve });
      this.#tellSubscribed();
    });
  }

  async close(): Promise<void> {
    for (const timer of this.#delayedAnswers) clearTimeout(timer);
    for (const connection of this.#connections) connection.socket.terminate();
    this.#http.closeAllConnections();
    this.#sockets.close();
    await new Promise<void>((closed) => this.#http.close(() => closed()));
  }

  #strike(connection: FakeConnection, fault: Fault): void {
    switch (fault) {
      case 'close':
      case 'rateLimited':
      case 'geoBlocked':
        connection.socket.close(1001, 'going away');
        break;
      case 'reset':
        tcpSocketOf(connection.socket)?.resetAndDestroy();
        break;
      case 'silence':
        connection.silence();
        break;
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const refusal = this.#refusal();
    const answer = refusal ?? this.#dialect.rest(restRequestOf(request)) ?? NOT_FOUND;
    const write = () => {
      if (refusal?.status === 429) response.setHeader('retry-after', '1');
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
      response.end(textOf(answer.body));
    };
    if (!this.faults.isOn('slow')) {
      write();
      return;
    }
    const timer = setTimeout(() => {
      this.#delayedAnswers.delete(timer);
      write();
    }, SLOW_BY_MS);
    this.#delayedAnswers.add(timer);
  }

  #refusal(): RestAnswer | undefined {
    if (this.faults.isOn('rateLimited')) return { status: 429, body: 'Too many requests' };
    if (this.faults.isOn('geoBlocked'))
      return { status: 451, body: 'Service unavailable from a restricted location' };
    return undefined;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const refusal = this.#refusal();
    if (refusal) {
      const body = textOf(refusal.body);
      socket.end(
        `HTTP/1.1 ${refusal.status} Refused\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#join(ws, request.url ?? '/'));
  }

  #join(socket: WebSocket, path: string): void {
    const connection = new FakeConnection(socket, path, this.faults);
    this.#connections.add(connection);
    socket.on('close', () => this.#connections.delete(connection));
    // The close event follows; a reset that the test asked for is no news.
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      if (connection.isDead) return;
      this.#dialect.onMessage(connection, textOfRaw(data));
      this.#tellSubscribed();
    });
    if (!connection.isDead) this.#dialect.onOpen?.(connection);
    this.#tellSubscribed();
  }

  #tellSubscribed(): void {
    const alive = [...this.#connections].filter((each) => !each.isDead);
    const count = alive.reduce((sum, each) => sum + each.streams.size, 0);
    for (const waiting of this.#waiting) {
      if (waiting.count > count) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }
}

const NOT_FOUND: RestAnswer = { status: 404, body: { error: 'not found' } };

/** `ws` keeps the TCP socket to itself; a reset can be had no other way. */
function tcpSocketOf(socket: WebSocket): { resetAndDestroy(): void } | undefined {
  return (socket as unknown as { _socket?: { resetAndDestroy(): void } })._socket;
}

function restRequestOf(request: IncomingMessage): RestRequest {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams };
}
