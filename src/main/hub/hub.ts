import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { HubDependencies, HubUser } from './dependencies.ts';
import { createHttpApp } from './http-app.ts';
import { HubMeter, type LatencyPercentiles } from './hub-meter.ts';
import { type ListeningServer, type ListenOptions, listen } from './listen.ts';
import { LoginCodes } from './login-codes.ts';
import { isOwnerToken } from './owner-token.ts';
import { createPerimeter, type Perimeter, urlHost } from './perimeter.ts';
import { HubSession, type SessionSink } from './session.ts';
import { SessionCookie } from './session-cookie.ts';
import { createSocketServer } from './socket-server.ts';

export interface HubOptions extends ListenOptions {
  /** The built user interface; null serves none. */
  readonly staticRoot: string | null;
  readonly owner: HubUser & { readonly token: string };
  readonly dependencies: HubDependencies;
}

interface HubStats {
  /** Sockets and windows. */
  readonly connections: number;
  readonly subscriptions: number;
  /** Pushes, since the start. */
  readonly messagesSent: number;
  /** Refused input and handshakes and failures of our own, since the start. */
  readonly errors: number;
  /** Publish to send, milliseconds, of the newest deliveries. */
  readonly latency: LatencyPercentiles;
}

export interface Hub {
  /** Base address. */
  readonly url: string;
  /** The address with a fresh one-time code for a browser to log in with. */
  openUrl(): string;
  /** A session that needs no socket: of a desktop window. */
  openSession(user: HubUser, sink: SessionSink): HubSession;
  stats(): HubStats;
  /** Ends all sessions and connections, within about half a second even where a client hangs. */
  close(): Promise<void>;
}

const CLOSE_GRACE_MS = 500;
/** Connections become idle one by one, as their last responses end. */
const CLOSE_SWEEP_MS = 25;

/** Opens the hub. What prevents it (port, address, TLS) comes back as one sentence. */
export async function startHub(options: HubOptions): Promise<Result<Hub>> {
  const listening = await listen(options);
  if (!listening.ok) return listening;
  return succeed(openDoors(options, listening.value));
}

/** Everything is attached in the turn in which the port was bound: no request comes before it. */
function openDoors(options: HubOptions, listening: ListeningServer): Hub {
  const { host, owner, dependencies, staticRoot } = options;
  const { server, port } = listening;
  const { clock, log } = dependencies;
  const scheme = options.tls ? 'https' : 'http';
  const url = `${scheme}://${urlHost(reachableHost(host))}:${port}`;
  const meter = new HubMeter();
  const perimeter = createPerimeter({ scheme, host, port });
  const codes = new LoginCodes(clock);
  const cookie = new SessionCookie({
    ownerToken: owner.token,
    port,
    isSecure: scheme === 'https',
    clock,
  });
  const sessions = new SessionRegister(dependencies, meter);

  const openUrl = () => `${url}/?code=${codes.issue()}`;
  const app = createHttpApp({
    ...{ staticRoot, codes, cookie, log, openUrl },
    ownerToken: owner.token,
    health: () => dependencies.health(),
  });
  server.on('request', guarded(perimeter, meter, getRequestListener(app.fetch, NO_GLOBALS)));
  server.on('error', (error) => log.error({ err: error }, 'The hub’s server failed'));
  const io = createSocketServer({
    ...{ server, perimeter, meter },
    openSession: (user, sink) => sessions.open(user, sink),
    authenticate: async ({ token, cookie: header }) => {
      const isOwner =
        token === undefined ? await cookie.isIn(header) : isOwnerToken(token, owner.token);
      return isOwner ? { userId: owner.userId } : undefined;
    },
  });
  return {
    url,
    openUrl,
    openSession: (user, sink) => sessions.open(user, sink),
    stats: () => sessions.stats(),
    close: async () => {
      sessions.closeAll();
      const cancelSweep = clock.setInterval(() => server.closeIdleConnections(), CLOSE_SWEEP_MS);
      const cancelCut = clock.setTimeout(() => listening.destroyConnections(), CLOSE_GRACE_MS);
      await io.close();
      cancelSweep();
      cancelCut();
    },
  };
}

/** The adapter would otherwise replace `Request` and `Response` for the whole process. */
const NO_GLOBALS = { overrideGlobalObjects: false };

type RequestListener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Before anything else looks at a request. Socket.IO asks the perimeter itself. */
function guarded(
  perimeter: Perimeter,
  meter: HubMeter,
  listener: RequestListener,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const refusal = perimeter(request.headers);
    if (refusal === undefined) {
      listener(request, response);
      return;
    }
    meter.errors += 1;
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: fail('access_denied', `Refused: ${refusal}`).error }));
  };
}

const reachableHost = (host: string): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;

/** The sessions under way. */
class SessionRegister {
  readonly #dependencies: HubDependencies;
  readonly #meter: HubMeter;
  readonly #sessions = new Set<HubSession>();

  constructor(dependencies: HubDependencies, meter: HubMeter) {
    this.#dependencies = dependencies;
    this.#meter = meter;
  }

  open(user: HubUser, sink: SessionSink): HubSession {
    const session: HubSession = new HubSession({
      ...{ user, sink, dependencies: this.#dependencies, meter: this.#meter },
      onClose: () => this.#sessions.delete(session),
    });
    this.#sessions.add(session);
    return session;
  }

  closeAll(): void {
    for (const session of this.#sessions) session.close();
  }

  stats(): HubStats {
    let subscriptions = 0;
    for (const session of this.#sessions) subscriptions += session.subscriptionCount;
    return {
      connections: this.#sessions.size,
      subscriptions,
      messagesSent: this.#meter.messagesSent,
      errors: this.#meter.errors,
      latency: this.#meter.latency(),
    };
  }
}
