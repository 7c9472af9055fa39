import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import { tokenSchema } from '#contract/client-events.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { HubLimits } from '#contract/hub-limits.ts';
import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { HubMeter } from '#main/telemetry/hub-meter.ts';
import type { Log } from '#main/telemetry/log.ts';
import type { DownlinkWishes } from './delivery/downlink.ts';
import { SocketSink } from './delivery/socket-sink.ts';
import type { HubUser } from './dependencies.ts';
import { RateGate } from './limits/rate-gate.ts';
import { countEngineRefusals } from './perimeter/engine-refusals.ts';
import { countingWebSocketServer } from './perimeter/websocket-handshakes.ts';
import { ANONYMOUS, type ConnectionSurroundings, HubConnection } from './session/connection.ts';
import { ConnectionRegister } from './session/connection-register.ts';
import type { HubSession, SessionSink } from './session/session.ts';
import type { Identity, TokenAuthority } from './tokens/token-authority.ts';

export interface SocketServerOptions {
  readonly server: HttpServer | HttpsServer;
  readonly clock: TimerClock;
  readonly log: Log;
  readonly meter: HubMeter;
  readonly limits: HubLimits;
  readonly tokens: TokenAuthority;
  /** Whether a browser's `Cookie` header holds a session of the owner's. */
  readonly isSessionCookie: (header: string | undefined) => Promise<boolean>;
  readonly allowAnonymous: () => boolean;
  readonly openSession: (user: HubUser, sink: SessionSink, wishes: DownlinkWishes) => HubSession;
}

export interface SocketServer {
  /** By what a session of Engine.IO's goes; undefined where there is none of that id. */
  transportOf(sid: string): string | undefined;
  /** Ends the connections that have shown no token. */
  closeAnonymous(): void;
  /** Tells everyone, and ends all connections. */
  close(): Promise<void>;
}

/** Socket.IO’s words for ending a client that sent a packet out of turn, with and without what it had yet to send. */
const INVALID_STATES: readonly string[] = ['forced server close', 'forced close'];
/** How Socket.IO's packets of these types begin (`PacketType` of its protocol). */
const [ACK, BINARY_ACK] = ['3', '6'] as const;
/** Beyond the limit, so that who is too many can be told so; more than these are cut off. */
const CONNECTIONS_TO_REFUSE = 1_000;

const handshakeSchema = z.object({
  token: tokenSchema.nullish(),
  /** Of a page, which has nothing but its cookie: without a good one it is refused at once. */
  session: z.boolean().nullish(),
  protocol: z.unknown().optional(),
  /** All prices of a flush in one frame. */
  batch: z.boolean().default(false),
  /** Prices as `{ s, p, v, t }`. */
  compact: z.boolean().default(false),
  /** As `visibility` with `hidden: true`, from the start. */
  background: z.boolean().default(false),
});

/** Becomes a `connect_error` with `message` and `data`. */
class HandshakeRefusal extends Error {
  readonly data: { readonly code: ErrorCode };

  constructor(code: ErrorCode) {
    super(code);
    this.data = { code };
  }
}

/** The hub's door for browsers and programs: Socket.IO, both transports, namespace `/`. */
export function createSocketServer(options: SocketServerOptions): SocketServer {
  const { server, clock, log, meter, limits, tokens, allowAnonymous, openSession } = options;
  const io = new Server(server, {
    allowRequest: (_request, decide) => {
      const isCrowded = io.engine.clientsCount >= limits.connections + CONNECTIONS_TO_REFUSE;
      if (isCrowded) meter.connectionRefused('server_full');
      decide(isCrowded ? 'server_full' : undefined, !isCrowded);
    },
    serveClient: false,
    wsEngine: countingWebSocketServer(meter),
    maxHttpBufferSize: limits.messageBytes,
    pingInterval: limits.pingIntervalMs,
    pingTimeout: limits.pingTimeoutMs,
    connectTimeout: limits.authenticationTimeoutMs,
  });
  const register = new ConnectionRegister(limits);
  const surroundings: ConnectionSurroundings = {
    ...{ clock, meter, limits, allowAnonymous },
    eventGate: new RateGate(limits.eventRate, limits.eventRates),
    refusalGate: new RateGate(limits.refusalRate),
    identify: (token) => tokens.identify(token),
    onIdentified: (connection) => {
      register.settle(connection);
      endIfRevoked(connection);
    },
  };
  /** Its token may have been revoked while it was looked at. */
  const endIfRevoked = (connection: HubConnection): void => {
    const tokenId = connection.identity?.tokenId;
    if (tokenId != null && tokens.isRevoked(tokenId)) connection.close('unauthorized');
  };
  const engine = countEngineRefusals(io, meter);
  const sessions = engineSessions(io);
  io.use((socket, next) => {
    engine.settled(socket.conn);
    admit(socket, io, options).then(next, (error: unknown) => {
      log.error({ err: error }, 'A handshake could not be handled');
      meter.connectionRefused('internal');
      next(new HandshakeRefusal('internal'));
    });
  });
  io.on('connection', (socket) => {
    const identity: Identity | null = socket.data.identity;
    const sink = new SocketSink(socket, clock, () => connection.close('slow_consumer'));
    const session = openSession(identity?.caller ?? ANONYMOUS, sink, socket.data.wishes);
    const connection: HubConnection = new HubConnection(socket, session, surroundings, identity);
    meter.connections.add('accepted');
    socket.on('disconnect', (reason) => {
      if (INVALID_STATES.includes(reason)) connection.refuse('malformed_packet');
      meter.disconnections.add(connection.closingReason ?? reason);
      register.remove(connection);
      connection.dispose();
      // Who leaves the namespace and keeps the line would never be asked for a token again.
      socket.conn.close();
    });
    socket.on('error', (error: unknown) => {
      // A client may send an event of this name; only the parser gives an error.
      if (error instanceof Error) connection.refuse('malformed_packet');
    });
    socket.conn.on('packet', ({ data }: { readonly data?: unknown }) => {
      if (isAnswer(data)) connection.refuse('malformed_packet');
    });
    socket.onAny((event: unknown, ...args) => {
      connection.answer(event, args).catch((error: unknown) => {
        log.error({ err: error }, 'An event could not be answered');
      });
    });
    register.add(connection);
    endIfRevoked(connection);
  });
  const stopListening = tokens.onRevoked((tokenId) => register.closeOfToken(tokenId));
  return {
    transportOf: (sid) => sessions.get(sid)?.transport.name,
    closeAnonymous: () => register.closeAnonymous(),
    close: async () => {
      stopListening();
      register.closeAll('shutting_down');
      await io.close();
    },
  };
}

/** The hub asks no client for an acknowledgement: Socket.IO would read one, and say nothing. */
const isAnswer = (data: unknown): boolean =>
  typeof data === 'string' && (data.startsWith(ACK) || data.startsWith(BINARY_ACK));

interface EngineSession {
  readonly id: string;
  readonly transport: { readonly name: string };
  once(event: 'close', listener: () => void): unknown;
}

/** Engine.IO's open sessions by their ids. */
function engineSessions(io: Server): ReadonlyMap<string, EngineSession> {
  const sessions = new Map<string, EngineSession>();
  io.engine.on('connection', (session: EngineSession) => {
    sessions.set(session.id, session);
    session.once('close', () => sessions.delete(session.id));
  });
  return sessions;
}

async function admit(
  socket: Socket,
  io: Server,
  options: SocketServerOptions,
): Promise<HandshakeRefusal | undefined> {
  const { meter, limits } = options;
  const isFull = io.engine.clientsCount > limits.connections;
  const identified = isFull
    ? fail('server_full', 'The hub is full')
    : await identify(socket, options);
  if (!identified.ok) {
    meter.connectionRefused(identified.error.code);
    return new HandshakeRefusal(identified.error.code);
  }
  socket.data.identity = identified.value;
  return undefined;
}

/** By the token, or by the cookie that a browser sends along; null: not yet, or not at all. */
async function identify(
  socket: Socket,
  { tokens, isSessionCookie }: SocketServerOptions,
): Promise<Result<Identity | null>> {
  const handshake = handshakeSchema.safeParse(socket.handshake.auth);
  if (!handshake.success) return fail('unauthorized', 'The handshake is malformed');
  const { token, session, protocol, batch, compact, background } = handshake.data;
  socket.data.wishes = { batch, compact, background } satisfies DownlinkWishes;
  const { cookie } = socket.handshake.headers;
  const identified = await identityOf();
  if (identified.ok && protocol !== PROTOCOL_VERSION) {
    return fail('protocol_mismatch', `This hub speaks protocol ${PROTOCOL_VERSION}`);
  }
  return identified;

  async function identityOf(): Promise<Result<Identity | null>> {
    if (typeof token === 'string') return tokens.identify(token);
    if (await isSessionCookie(cookie)) return succeed(tokens.owner);
    return session ? fail('unauthorized', 'There is no session') : succeed(null);
  }
}
