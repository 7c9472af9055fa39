import { getRequestListener } from '@hono/node-server';
import { type Result, succeed } from '#contract/errors.ts';
import type { HubLimits } from '#contract/hub-limits.ts';
import type { RequestParams, RequestResult } from '#contract/requests.ts';
import { HubMeter } from '#main/telemetry/hub-meter.ts';
import { performRequest } from './access/perform-request.ts';
import type { HubDependencies, HubUser } from './dependencies.ts';
import { createHttpApp, type MetricsDoor } from './http/http-app.ts';
import { refuseUnread } from './http/http-refusal.ts';
import { type ListeningServer, type ListenOptions, listen } from './http/listen.ts';
import { LoginCodes } from './http/login-codes.ts';
import { SessionCookie } from './http/session-cookie.ts';
import { DEFAULT_HUB_LIMITS } from './limits/hub-limits.ts';
import { RateGate } from './limits/rate-gate.ts';
import { guardDoors } from './perimeter/doors.ts';
import { createPerimeter, type PublicUrl, urlHost } from './perimeter/perimeter.ts';
import { readPublicUrls } from './perimeter/public-urls.ts';
import type { HubSession, SessionSink } from './session/session.ts';
import { type HubStats, SessionRegister } from './session/session-register.ts';
import { createSocketServer } from './socket-server.ts';
import type { TokenAuthority } from './tokens/token-authority.ts';

export interface HubOptions extends ListenOptions {
  /** The built user interface; null serves none. */
  readonly staticRoot: string | null;
  /** By what browsers reach it beside its own address, that one first which is told to open. */
  readonly publicUrls?: readonly string[];
  readonly owner: { readonly userId: string; readonly token: string };
  readonly tokens: TokenAuthority;
  /** What is not given is as `DEFAULT_HUB_LIMITS` says (rule H4). */
  readonly limits?: Partial<HubLimits>;
  /** Whether public channels are open without a token, at this moment; never, if not given. */
  readonly allowAnonymous?: () => boolean;
  readonly dependencies: HubDependencies;
  /** What the hub counts into; one of its own, if not given. */
  readonly meter?: HubMeter;
  /** Where Prometheus reads; there is no such door, if not given. */
  readonly metrics?: MetricsDoor;
}

export interface Hub {
  /** Base address. */
  readonly url: string;
  /** The address (the public one, where there is one) with a fresh one-time code for a browser to log in with. */
  openUrl(): string;
  /** A session that needs no socket: of a desktop window. */
  openSession(user: HubUser, sink: SessionSink): HubSession;
  stats(): HubStats;
  /** Who is connected, a page at a time. */
  clients(query: RequestParams<'hub.clients'>): RequestResult<'hub.clients'>;
  /** Ends the connections without a token: they may not be here any more (rule H4). */
  closeAnonymous(): void;
  /** Ends all sessions and connections, within about half a second even where a client hangs. */
  close(): Promise<void>;
}

const CLOSE_GRACE_MS = 500;
/** Connections become idle one by one, as their last responses end. */
const CLOSE_SWEEP_MS = 25;

/** Opens the hub. What prevents it (port, address, TLS) comes back as one sentence. */
export async function startHub(options: HubOptions): Promise<Result<Hub>> {
  const { publicUrls = [], insecureLan = false } = options;
  const read = readPublicUrls(publicUrls, { insecureLan });
  if (!read.ok) return read;
  const listening = await listen(options);
  if (!listening.ok) return listening;
  return succeed(openDoors(options, read.value, listening.value));
}

/** Everything is attached in the turn in which the port was bound: no request comes before it. */
function openDoors(
  options: HubOptions,
  publicUrls: readonly PublicUrl[],
  listening: ListeningServer,
): Hub {
  const { host, owner, dependencies, staticRoot, tokens, allowAnonymous = () => false } = options;
  const { server, port } = listening;
  const { clock, log } = dependencies;
  const scheme = options.tls ? 'https' : 'http';
  const url = `${scheme}://${urlHost(reachableHost(host))}:${port}`;
  const { meter = new HubMeter(), metrics = null } = options;
  const limits = { ...DEFAULT_HUB_LIMITS, ...options.limits };
  const codes = new LoginCodes(clock);
  const cookie = new SessionCookie({
    ownerToken: owner.token,
    port,
    clock,
  });
  const maxSubscriptions = limits.subscriptionsPerConnection;
  const sessions = new SessionRegister({ dependencies, meter, maxSubscriptions });

  const restGate = new RateGate(limits.eventRate, limits.eventRates);

  const openUrl = () => `${publicUrls[0]?.origin ?? url}/?code=${codes.issue()}`;
  const app = createHttpApp({
    ...{ staticRoot, codes, cookie, log, openUrl, meter, scheme },
    ownerToken: owner.token,
    health: () => dependencies.health(),
    metrics,
    rest: {
      maxBodyBytes: limits.messageBytes,
      identify: (token) => tokens.identify(token),
      waitMs: (caller) => restGate.waitMs('request', caller.userId),
      perform: (method, params, caller) => performRequest(method, params, caller, dependencies),
    },
  });
  const adapter = { ...NO_GLOBALS, errorHandler: refuseUnread(meter, log) };
  server.on('request', getRequestListener(app.fetch, adapter));
  server.on('error', (error) => log.error({ err: error }, 'The hub’s server failed'));
  const io = createSocketServer({
    ...{ server, clock, log, meter, limits, tokens, allowAnonymous },
    isSessionCookie: (header) => cookie.isIn(header),
    openSession: (user, sink, wishes) => sessions.open(user, sink, wishes),
  });
  guardDoors(server, {
    ...{ perimeter: createPerimeter({ scheme, host, port, publicUrls }), meter, log },
    transportOf: (sid) => io.transportOf(sid),
  });
  return {
    url,
    openUrl,
    openSession: (user, sink) => sessions.open(user, sink),
    stats: () => sessions.stats(),
    clients: (query) => sessions.page(query),
    closeAnonymous: () => io.closeAnonymous(),
    close: async () => {
      const cancelSweep = clock.setInterval(() => server.closeIdleConnections(), CLOSE_SWEEP_MS);
      const cancelCut = clock.setTimeout(() => listening.destroyConnections(), CLOSE_GRACE_MS);
      await io.close();
      sessions.closeAll();
      cancelSweep();
      cancelCut();
    },
  };
}

/** The adapter would otherwise replace `Request` and `Response` for the whole process. */
const NO_GLOBALS = { overrideGlobalObjects: false };

const reachableHost = (host: string): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
