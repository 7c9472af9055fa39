import { io, type Socket } from 'socket.io-client';
import { botCommandSchema } from '#contract/bot-records.ts';
import {
  type AckOf,
  type ClientEvent,
  type ClientPayload,
  HUB_EVENTS,
} from '#contract/client-events.ts';
import { type Closing, closingSchema } from '#contract/disconnect-reasons.ts';
import { fail } from '#contract/errors.ts';
import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import { isPushEvent, type Push } from '#contract/pushes.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import { backoffDelayMs } from './backoff.ts';
import { SilenceWatch } from './silence-watch.ts';
import type { HubTransport, TransportHandlers } from './transport.ts';
import { notSent, unanswered } from './unreached.ts';

/** A hub that does not answer for so long is as good as gone. */
const ACK_TIMEOUT_MS = 20_000;

/** So long a connection may take to be made. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Where a WebSocket is let through and then cut, as some proxies do, nobody tells: the next try begins with
 * the other transport. By polling the page goes on, and to a WebSocket as soon as one works.
 */
function orByTheOther(socket: Socket): HubSocket {
  socket.on('connect_error', ({ message }) => {
    const { opts } = socket.io;
    if (message === 'timeout') opts.transports = opts.transports?.toReversed() ?? [];
  });
  return socket;
}

/** The part of a Socket.IO client that is used here. */
export interface HubSocket {
  readonly connected: boolean;
  connect(): unknown;
  disconnect(): unknown;
  on(event: 'connect', listener: () => void): unknown;
  on(event: 'disconnect', listener: (reason: string) => void): unknown;
  on(event: 'connect_error', listener: (error: ConnectError) => void): unknown;
  onAny(listener: (event: string, payload: unknown) => void): unknown;
  timeout(ms: number): { emitWithAck(event: string, payload: unknown): Promise<unknown> };
}

/** `data` is there where the hub itself refused, not where it could not be reached. */
interface ConnectError extends Error {
  readonly data?: { readonly code?: unknown };
}

export interface SocketTransportOptions {
  readonly socket: HubSocket;
  readonly clock: TimerClock;
  /** In [0, 1): the jitter of the backoff. */
  readonly random: () => number;
  /** Makes sure of the session before each connection; where it rejects, that is tried again later. */
  readonly openSession: () => Promise<void>;
}

/** A socket to the hub that served this page. Reconnecting is the transport's own business. */
export const sameOriginSocket = (): HubSocket =>
  orByTheOther(
    io({
      // The page has its cookie and no token: it is refused at once where that is not good.
      auth: { protocol: PROTOCOL_VERSION, session: true, batch: true },
      autoConnect: false,
      reconnection: false,
      transports: ['websocket', 'polling'],
      timeout: CONNECT_TIMEOUT_MS,
      tryAllTransports: true,
      withCredentials: true,
    }),
  );

interface TokenSocketOptions {
  /** The hub's base address. */
  readonly url: string;
  /** Asked before each connection, so that it may be a fresh one. */
  readonly token: () => string;
  readonly transports?: ('websocket' | 'polling')[];
}

/** A socket of a program that has a token: a bot, in Node. */
export const tokenSocket = ({ url, token, transports }: TokenSocketOptions): HubSocket =>
  orByTheOther(
    io(url, {
      auth: (give) => give({ token: token(), protocol: PROTOCOL_VERSION, batch: true }),
      autoConnect: false,
      forceNew: true,
      reconnection: false,
      timeout: CONNECT_TIMEOUT_MS,
      transports: transports ?? ['websocket', 'polling'],
      tryAllTransports: true,
    }),
  );

export class SocketTransport implements HubTransport {
  readonly #options: SocketTransportOptions;
  readonly #silence: SilenceWatch;
  #handlers: TransportHandlers | null = null;
  /** Number of the try that is under way or comes next, counted from the loss; 0 before any. */
  #attempt = 0;
  #cancelRetry: (() => void) | null = null;
  /** Why the hub is about to disconnect; null where the connection breaks by itself. */
  #closing: Closing | null = null;
  /** The hub asked not to come back: no retry but by hand. */
  #isSentAway = false;

  constructor(options: SocketTransportOptions) {
    this.#options = options;
    this.#silence = new SilenceWatch(options.clock, (sinceTime) =>
      this.#handlers?.onSilence?.(sinceTime),
    );
  }

  start(handlers: TransportHandlers): void {
    this.#handlers = handlers;
    const { socket } = this.#options;
    socket.on('connect', () => {
      this.#attempt = 0;
      this.#closing = null;
      this.#handlers?.onConnection({ kind: 'connected' });
    });
    socket.on('disconnect', (reason) => {
      this.#silence.heard();
      this.#disconnected(reason);
    });
    socket.on('connect_error', (error) => this.#connectFailed(error));
    socket.onAny((event, payload) => {
      this.#silence.heard();
      // The client checks each push against the contract before anyone sees it.
      if (event === HUB_EVENTS.closing)
        this.#closing = closingSchema.safeParse(payload).data ?? null;
      if (event === HUB_EVENTS.botCommand) this.#commanded(payload);
      const pushes = pushesOf(event, payload);
      if (pushes.length > 0) this.#handlers?.onPushes(pushes);
    });
    void this.#connect();
  }

  async call<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<AckOf<E>> {
    const { socket } = this.#options;
    if (!socket.connected) return notSent(event, payload);
    const answered = this.#silence.asked();
    try {
      const ack = await socket.timeout(ACK_TIMEOUT_MS).emitWithAck(event, payload);
      this.#silence.heard();
      return isAck(ack) ? (ack as AckOf<E>) : fail('internal', 'The hub gave no proper answer');
    } catch {
      // Either the connection is gone, or the hub is silent: then it is given up here.
      if (socket.connected) socket.disconnect();
      return unanswered(event, payload, 'hub');
    } finally {
      answered();
    }
  }

  retryNow(): void {
    // A connection that nothing comes over any more: given up for a new one.
    if (this.#silence.isSilent) this.#options.socket.disconnect();
    if (this.#cancelRetry === null && !this.#isSentAway) return;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#isSentAway = false;
    void this.#connect();
  }

  stop(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    const handlers = this.#handlers;
    this.#handlers = null;
    this.#options.socket.disconnect();
    handlers?.onConnection({ kind: 'stopped' });
  }

  async #connect(): Promise<void> {
    this.#handlers?.onConnection({ kind: 'connecting', attempt: this.#attempt });
    try {
      await this.#options.openSession();
    } catch (error) {
      this.#retryLater({ kind: 'lost', reason: messageOf(error) });
      return;
    }
    if (this.#handlers !== null) this.#options.socket.connect();
  }

  /** One that this version does not know is left unanswered: the hub says so to who asked. */
  #commanded(payload: unknown): void {
    const command = botCommandSchema.safeParse(payload);
    if (command.success) this.#handlers?.onCommand?.(command.data);
  }

  #disconnected(reason: string): void {
    const closing = this.#closing;
    this.#closing = null;
    if (!closing) this.#retryLater({ kind: 'lost', reason });
    else if (closing.reconnect) this.#retryLater({ kind: 'refused', code: closing.reason });
    else this.#stayAway(closing.reason);
  }

  #stayAway(code: string): void {
    this.#isSentAway = true;
    const state = { kind: 'refused', code, attempt: this.#attempt } as const;
    this.#handlers?.onConnection({ ...state, nextTryTime: null });
  }

  #connectFailed(error: ConnectError): void {
    const code = error.data?.code ?? (error.message === 'unauthorized' ? error.message : null);
    if (typeof code === 'string') this.#retryLater({ kind: 'refused', code });
    else this.#retryLater({ kind: 'lost', reason: error.message });
  }

  #retryLater(state: { kind: 'lost'; reason: string } | { kind: 'refused'; code: string }): void {
    if (this.#handlers === null) return;
    this.#attempt += 1;
    const { clock, random } = this.#options;
    const delayMs = backoffDelayMs(this.#attempt, random());
    this.#cancelRetry?.();
    this.#cancelRetry = clock.setTimeout(() => {
      this.#cancelRetry = null;
      void this.#connect();
    }, delayMs);
    const nextTryTime = (clock.now() + delayMs) as EpochMs;
    this.#handlers.onConnection({ ...state, attempt: this.#attempt, nextTryTime });
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** An event as the pushes in it; none where it is not one of the contract's. */
function pushesOf(event: string, payload: unknown): readonly Push[] {
  if (isPushEvent(event)) return [{ event, payload } as Push];
  if (event !== HUB_EVENTS.priceBatch) return [];
  if (!isBatch(payload)) return [];
  return payload.updates.map((update) => ({ event: 'price:update', payload: update }) as Push);
}

/** What is in it is checked one by one, as pushes that came alone. */
const isBatch = (value: unknown): value is { readonly updates: readonly unknown[] } =>
  typeof value === 'object' && value !== null && 'updates' in value && Array.isArray(value.updates);

const isAck = (value: unknown): value is { ok: boolean } =>
  typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
