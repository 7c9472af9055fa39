import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { z } from 'zod';
import { type ErrorCode, fail } from '#contract/errors.ts';
import type { Log } from '#main/telemetry/log.ts';
import type { HubHealth } from './dependencies.ts';
import type { LoginCodes } from './login-codes.ts';
import { isOwnerToken } from './owner-token.ts';
import type { SessionCookie } from './session-cookie.ts';
import { validate } from './validation.ts';

export interface HttpAppOptions {
  /** The built user interface; null serves none. */
  readonly staticRoot: string | null;
  readonly codes: LoginCodes;
  readonly cookie: SessionCookie;
  readonly ownerToken: string;
  /** The address with a fresh one-time code in it. */
  readonly openUrl: () => string;
  readonly health: () => HubHealth;
  readonly log: Log;
}

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
    const { status, database } = options.health();
    c.header('Cache-Control', 'no-store');
    return c.json({ status, database }, status === 'ok' ? 200 : 503);
  });
  addLogin(app, options);
  addCodes(app, options);
  if (options.staticRoot !== null) addUserInterface(app, options.staticRoot);
  app.notFound((c) => c.json(failure('not_found', 'There is nothing here'), 404));
  app.onError((error, c) => {
    options.log.error({ err: error, path: c.req.path }, 'An HTTP request could not be handled');
    return c.json(failure('internal', 'The hub failed to handle this'), 500);
  });
  return app;
}

function addLogin(app: Hono, { codes, cookie }: HttpAppOptions): void {
  const tooLarge = failure('invalid_payload', 'The request is too large');
  const limit = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.json(tooLarge, 413) });
  app.post('/session', limit, async (c) => {
    c.header('Cache-Control', 'no-store');
    const body = await c.req.json<unknown>().catch(() => undefined);
    const login = validate(loginSchema, body);
    if (!login.ok) return c.json({ error: login.error }, 400);
    if (!codes.redeem(login.value.code)) {
      return c.json(failure('unauthorized', 'This code is used up, expired or unknown'), 401);
    }
    c.header('Set-Cookie', await cookie.issue());
    return c.body(null, 204);
  });
}

/** For `token open`: whoever has the owner's token can let one more browser in. */
function addCodes(app: Hono, { ownerToken, openUrl }: HttpAppOptions): void {
  app.post('/session/codes', (c) => {
    c.header('Cache-Control', 'no-store');
    const [, token = ''] = BEARER.exec(c.req.header('authorization') ?? '') ?? [];
    if (!isOwnerToken(token, ownerToken)) {
      return c.json(failure('unauthorized', 'The owner’s token is needed'), 401);
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

const failure = (code: ErrorCode, message: string) => ({ error: fail(code, message).error });
