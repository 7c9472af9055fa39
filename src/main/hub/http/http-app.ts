import { getConnInfo } from '@hono/node-server/conninfo';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { z } from 'zod';
import { fail } from '#contract/errors.ts';
import type { HubMeter } from '#main/telemetry/hub-meter.ts';
import type { Log } from '#main/telemetry/log.ts';
import type { MetricsText } from '#main/telemetry/prometheus.ts';
import type { HubHealth } from '../dependencies.ts';
import { createRestApp, type RestOptions } from '../rest/rest-app.ts';
import { isOwnerToken } from '../tokens/owner-token.ts';
import { validate } from '../validation.ts';
import { refuse } from './http-refusal.ts';
import type { LoginCodes } from './login-codes.ts';
import { parseJson, readBody } from './read-body.ts';
import type { SessionCookie } from './session-cookie.ts';

export interface HttpAppOptions {
  /** The built user interface; null serves none. */
  readonly staticRoot: string | null;
  /** What the hub itself speaks; a proxy before it may speak another. */
  readonly scheme: 'http' | 'https';
  readonly codes: LoginCodes;
  readonly cookie: SessionCookie;
  readonly ownerToken: string;
  /** The address with a fresh one-time code in it. */
  readonly openUrl: () => string;
  readonly health: () => HubHealth;
  /** Null: there are no metrics to be had. */
  readonly metrics: MetricsDoor | null;
  readonly rest: Omit<RestOptions, 'meter'>;
  readonly log: Log;
  readonly meter: HubMeter;
}

/** Where Prometheus reads. */
export interface MetricsDoor {
  readonly text: () => Promise<MetricsText>;
  /** Only with the owner's token. Else whoever is on this machine needs none. */
  readonly needsToken: () => boolean;
}

const OWNER_ONLY = fail('unauthorized', 'The owner’s token is needed').error;
const BAD_CODE = fail('unauthorized', 'This code is used up, expired or unknown').error;
const MAX_BODY_BYTES = 1_024;
const BEARER = /^Bearer ([\w-]{1,128})$/;
const loginSchema = z.strictObject({ code: z.string().min(1).max(128) });

const SELF = ["'self'"];
const NONE = ["'none'"];
const CONTENT_SECURITY_POLICY = {
  defaultSrc: NONE,
  scriptSrc: SELF,
  styleSrc: SELF,
  imgSrc: ["'self'", 'data:'],
  fontSrc: SELF,
  connectSrc: SELF,
  baseUri: NONE,
  formAction: NONE,
  frameAncestors: NONE,
};

/** What the hub answers over plain HTTP. The perimeter has been passed when a request comes here. */
export function createHttpApp(options: HttpAppOptions): Hono {
  const { meter } = options;
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: CONTENT_SECURITY_POLICY,
      xFrameOptions: 'DENY',
      // One port of a host that may serve other things by plain HTTP.
      strictTransportSecurity: false,
    }),
  );
  app.get('/health', (c) => {
    const { status, database, feeds, eventLoop } = options.health();
    c.header('Cache-Control', 'no-store');
    return c.json({ status, database, feeds, eventLoop }, status === 'ok' ? 200 : 503);
  });
  if (options.metrics) addMetrics(app, options.metrics, options);
  app.route('/api/v1', createRestApp({ ...options.rest, meter }));
  addLogin(app, options);
  addCodes(app, options);
  if (options.staticRoot !== null) addUserInterface(app, options.staticRoot);
  app.notFound((c) => refuse(c, meter, fail('not_found', 'There is nothing here').error));
  app.onError((error, c) => {
    options.log.error({ err: error, path: c.req.path }, 'An HTTP request could not be handled');
    return refuse(c, meter, fail('internal', 'The hub failed to handle this').error);
  });
  return app;
}

function addMetrics(
  app: Hono,
  { text, needsToken }: MetricsDoor,
  { ownerToken, meter }: HttpAppOptions,
): void {
  app.get('/metrics', async (c) => {
    c.header('Cache-Control', 'no-store');
    const isOpen = !needsToken() && isFromThisMachine(c);
    if (!isOpen && !isOwnerToken(bearerOf(c), ownerToken)) {
      return refuse(c, meter, OWNER_ONLY);
    }
    const { contentType, body } = await text();
    return c.body(body, 200, { 'content-type': contentType });
  });
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** What a proxy adds, on this machine or another: it asks for somebody else. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

const isFromThisMachine = (c: Context): boolean =>
  LOOPBACK.test(getConnInfo(c).remote.address ?? '') &&
  FORWARDED.every((name) => c.req.header(name) === undefined);

const bearerOf = (c: Context): string =>
  BEARER.exec(c.req.header('authorization') ?? '')?.[1] ?? '';

function addLogin(app: Hono, { codes, cookie, meter, scheme }: HttpAppOptions): void {
  app.post('/session', async (c) => {
    c.header('Cache-Control', 'no-store');
    const body = await readBody(c.req.raw, MAX_BODY_BYTES);
    if (!body.ok) return refuse(c, meter, body.error);
    const login = validate(loginSchema, parseJson(body.value));
    if (!login.ok) return refuse(c, meter, login.error);
    if (!codes.redeem(login.value.code)) {
      return refuse(c, meter, BAD_CODE);
    }
    // The origin is one of ours, for the perimeter has been passed.
    const isSecure = (c.req.header('origin') ?? scheme).startsWith('https');
    c.header('Set-Cookie', await cookie.issue({ isSecure }));
    return c.body(null, 204);
  });
}

/** For `token open`: whoever has the owner's token can let one more browser in. */
function addCodes(app: Hono, { ownerToken, openUrl, meter }: HttpAppOptions): void {
  app.post('/session/codes', (c) => {
    c.header('Cache-Control', 'no-store');
    if (!isOwnerToken(bearerOf(c), ownerToken)) {
      return refuse(c, meter, OWNER_ONLY);
    }
    return c.json({ openUrl: openUrl() }, 201);
  });
}

/** File names under `/assets/` carry a hash of their content; all else is asked for again. */
function addUserInterface(app: Hono, root: string): void {
  app.get('*', async (c, next) => {
    await next();
    const isHashed = c.req.path.startsWith('/assets/') && c.res.ok;
    c.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  });
  app.get('*', serveStatic({ root }));
}
