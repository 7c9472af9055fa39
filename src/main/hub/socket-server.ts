import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import { type Ack, HUB_EVENTS } from '#contract/client-events.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { fail } from '#contract/errors.ts';
import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import type { HubUser } from './dependencies.ts';
import type { HubMeter } from './hub-meter.ts';
import type { Perimeter } from './perimeter.ts';
import type { HubSession, SessionSink } from './session.ts';

/** What a client shows at the handshake: a token, or the cookie that its browser sends along. */
interface Credentials {
  readonly token: string | undefined;
  readonly cookie: string | undefined;
}

export interface SocketServerOptions {
  readonly server: HttpServer | HttpsServer;
  readonly perimeter: Perimeter;
  readonly meter: HubMeter;
  readonly authenticate: (credentials: Credentials) => Promise<HubUser | undefined>;
  readonly openSession: (user: HubUser, sink: SessionSink) => HubSession;
}

const MAX_MESSAGE_BYTES = 10 * 1_024;
const PING_INTERVAL_MS = 25_000;
const PING_TIMEOUT_MS = 35_000;
const AUTHENTICATION_TIMEOUT_MS = 10_000;
const MAX_SHOWN_NAME_LENGTH = 64;

const handshakeSchema = z.object({
  token: z.string().max(4_096).nullish(),
  protocol: z.unknown().optional(),
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
export function createSocketServer(options: SocketServerOptions): Server {
  const { server, perimeter, meter, authenticate, openSession } = options;
  const io = new Server(server, {
    // The `cors` option would not protect WebSocket upgrades; this does, on both transports.
    allowRequest: ({ headers }: IncomingMessage, decide) => {
      const refusal = perimeter(headers);
      decide(refusal, refusal === undefined);
    },
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: AUTHENTICATION_TIMEOUT_MS,
  });
  io.engine.on('connection_error', () => {
    meter.errors += 1;
  });
  io.use((socket, next) => {
    admit(socket, authenticate).then((refusal) => {
      if (refusal) meter.errors += 1;
      next(refusal);
    }, next);
  });
  io.on('connection', (socket) => {
    const session = openSession(socket.data.user, sinkOf(socket));
    socket.onAny((event, ...args) => void answer(socket, session, meter, { event, args }));
    socket.on('disconnect', () => session.close());
  });
  return io;
}

async function admit(
  socket: Socket,
  authenticate: SocketServerOptions['authenticate'],
): Promise<HandshakeRefusal | undefined> {
  const handshake = handshakeSchema.safeParse(socket.handshake.auth);
  if (!handshake.success) return new HandshakeRefusal('unauthorized');
  const { token, protocol } = handshake.data;
  const { cookie } = socket.handshake.headers;
  const user = await authenticate({ token: token ?? undefined, cookie });
  if (!user) return new HandshakeRefusal('unauthorized');
  if (protocol !== PROTOCOL_VERSION) return new HandshakeRefusal('protocol_mismatch');
  socket.data.user = user;
  return undefined;
}

const sinkOf = (socket: Socket): SessionSink => ({
  push: (pushes) => {
    for (const { event, payload } of pushes) socket.emit(event, payload);
  },
  notify: ({ event, payload }) => {
    socket.emit(event, payload);
  },
});

interface ReceivedEvent {
  readonly event: unknown;
  readonly args: readonly unknown[];
}

/**
 * Answers one event, known or not. The last argument is the acknowledgement callback where the
 * client asked for one; without it a failure goes out as an `error` event.
 */
async function answer(
  socket: Socket,
  session: HubSession,
  meter: HubMeter,
  received: ReceivedEvent,
): Promise<void> {
  const event = String(received.event);
  const last = received.args.at(-1);
  const acknowledge = typeof last === 'function' ? last : undefined;
  const payloads = acknowledge ? received.args.slice(0, -1) : received.args;
  const ack = payloads.length > 1 ? refuseExtra(meter) : await session.handle(event, payloads[0]);
  if (acknowledge) acknowledge(ack);
  else if (!ack.ok) {
    socket.emit(HUB_EVENTS.error, { ...ack.error, event: event.slice(0, MAX_SHOWN_NAME_LENGTH) });
  }
}

function refuseExtra(meter: HubMeter): Ack<unknown> {
  meter.errors += 1;
  return fail('invalid_payload', 'An event takes one payload at most');
}
