import { type Context, Hono } from 'hono';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type RequestMethod, requestSchemas } from '#contract/requests.ts';
import type { HubMeter } from '#main/telemetry/hub-meter.ts';
import type { HubUser } from '../dependencies.ts';
import { refuse } from '../http/http-refusal.ts';
import { parseJson, readBody } from '../http/read-body.ts';
import { queryReader } from './parameters.ts';
import { hasBody, pathParametersOf, REST_ROUTES, type RestRoute } from './routes.ts';

export interface RestOptions {
  readonly maxBodyBytes: number;
  readonly meter: HubMeter;
  readonly identify: (token: string) => Promise<Result<{ readonly caller: HubUser }>>;
  /** Zero where one more request is within the caller's limit; else how long it is until one will be. */
  readonly waitMs: (caller: HubUser) => Promise<number>;
  /** Validates, checks what the caller may do, and performs. */
  readonly perform: (method: string, params: unknown, caller: HubUser) => Promise<Result<unknown>>;
}

type RestEnvironment = { Variables: { caller: HubUser } };
type RestContext = Context<RestEnvironment>;

const MAX_SHOWN_PATH_LENGTH = 64;
const BEARER = /^Bearer +([\w.~+/=-]{1,4096})$/i;
const NO_TOKEN = fail('unauthorized', 'A bearer token is needed');
const MS_A_SECOND = 1_000;
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** The requests of the contract in their resource form, under `/api/v1`. */
export function createRestApp(options: RestOptions): Hono<RestEnvironment> {
  const app = new Hono<RestEnvironment>();
  const { meter } = options;
  app.use(async (c, next) => {
    await next();
    meter.httpResponses.add(String(c.res.status));
    c.header('Cache-Control', 'no-store');
  });
  app.get('/openapi.json', async (c) => {
    const { openApiDocument } = await import('./openapi.ts');
    return c.json(openApiDocument());
  });
  app.use((c, next) => authenticated(c, next, options));
  for (const [method, route] of Object.entries(REST_ROUTES)) {
    const handle = handlerOf(method as RequestMethod, route, options);
    app.on(route.verb, honoPath(route), handle);
  }
  refuseOtherMethods(app, meter);
  app.all('*', (c) => {
    const path = c.req.path.slice(0, MAX_SHOWN_PATH_LENGTH);
    return refuse(c, meter, fail('not_found', `There is nothing at ${path}`).error);
  });
  return app;
}

async function authenticated(
  c: RestContext,
  next: () => Promise<void>,
  { identify, waitMs, meter }: RestOptions,
): Promise<Response | undefined> {
  const [, token] = BEARER.exec(c.req.header('authorization') ?? '') ?? [];
  const identified = token === undefined ? NO_TOKEN : await identify(token);
  if (!identified.ok) {
    c.header('WWW-Authenticate', 'Bearer realm="tapedeck"');
    return refuse(c, meter, identified.error);
  }
  const { caller } = identified.value;
  const wait = await waitMs(caller);
  if (wait > 0) {
    c.header('Retry-After', String(Math.ceil(wait / MS_A_SECOND)));
    return refuse(c, meter, fail('rate_limited', 'Too many requests').error);
  }
  c.set('caller', caller);
  await next();
  return undefined;
}

function handlerOf(method: RequestMethod, route: RestRoute, options: RestOptions) {
  const { meter, perform } = options;
  const readQuery = queryReader(requestSchemas[method].params);
  return async (c: RestContext): Promise<Response> => {
    const given = hasBody(route)
      ? await readParameters(c, route, options.maxBodyBytes)
      : succeed(readQuery(c.req.queries()));
    if (!given.ok) {
      const isWrongType = given.error === WRONG_TYPE.error;
      return refuse(c, meter, given.error, isWrongType ? 415 : undefined);
    }
    const inPath = pathValues(c, route);
    const doubled = Object.keys(inPath).find((name) => Object.hasOwn(given.value, name));
    if (doubled !== undefined) {
      const why = `"${doubled}" stands in the path already`;
      return refuse(c, meter, fail('invalid_payload', why).error);
    }
    const result = await perform(method, { ...given.value, ...inPath }, c.get('caller'));
    if (!result.ok) return refuse(c, meter, result.error);
    return route.pageOf === undefined
      ? c.json(result.value as object, route.status)
      : page(c, new Map(Object.entries(result.value as object)).get(route.pageOf));
  };
}

/** In a sandbox: opened from here it is none of the hub's own pages. */
function page(c: RestContext, html: unknown): Response | Promise<Response> {
  c.header('Content-Security-Policy', 'sandbox allow-scripts');
  return c.html(String(html));
}

const pathValues = (c: RestContext, route: RestRoute): Record<string, string> =>
  Object.fromEntries(pathParametersOf(route).map((name) => [name, c.req.param(name) ?? '']));

const WRONG_TYPE = fail('invalid_payload', 'The body must be application/json');
const NO_OBJECT = fail('invalid_payload', 'The body is not a JSON object');

async function readParameters(
  c: RestContext,
  { bodyParameter }: RestRoute,
  maxBytes: number,
): Promise<Result<Record<string, unknown>>> {
  const read = await readBody(c.req.raw, maxBytes);
  if (!read.ok) return read;
  const text = read.value;
  if (text !== '' && !JSON_TYPE.test(c.req.header('content-type') ?? '')) return WRONG_TYPE;
  const body = text === '' ? {} : parseJson(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return NO_OBJECT;
  return succeed(bodyParameter === undefined ? { ...body } : { [bodyParameter]: body });
}

/** A path that there is, asked for by a verb that it does not have. */
function refuseOtherMethods(app: Hono<RestEnvironment>, meter: HubMeter): void {
  const byPath: Map<string, Pick<RestRoute, 'verb'>[]> = Map.groupBy(
    Object.values(REST_ROUTES),
    honoPath,
  );
  byPath.set('/openapi.json', [{ verb: 'get' }]);
  for (const [path, routes] of byPath) {
    const allowed = routes.map(({ verb }) => verb.toUpperCase()).join(', ');
    app.all(path, (c) => {
      c.header('Allow', allowed);
      return refuse(c, meter, fail('unknown_method', `Only ${allowed} here`).error, 405);
    });
  }
}

const honoPath = ({ path }: RestRoute): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
