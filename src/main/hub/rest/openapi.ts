import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { decimalStringSchema } from '#contract/decimals.ts';
import { type ErrorCode, failureSchema } from '#contract/errors.ts';
import {
  botConfigSchema,
  botStatusSchema,
  candleSchema,
  epochMsSchema,
  feedStatusSchema,
  fillSchema,
  instrumentIdSchema,
  instrumentSchema,
  markedPositionSchema,
  notificationSchema,
  orderSchema,
  wireTradeSchema,
} from '#contract/model.ts';
import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import { type RequestMethod, requestSchemas } from '#contract/requests.ts';
import { HTTP_STATUS } from '../http/http-refusal.ts';
import { fieldsOf } from './parameters.ts';
import { hasBody, pathParametersOf, REST_ROUTES, type RestRoute } from './routes.ts';

const DESCRIPTION = [
  'One-off operations of the hub: the same requests, schemas and permissions as over Socket.IO.',
  'Lists come newest first unless said otherwise; `nextBefore` of a page is `before` of the next.',
  'A failure is `{ error: { code, message } }`.',
].join(' ');

/** Named in the document and referred to wherever they stand. */
const COMPONENTS = {
  InstrumentId: instrumentIdSchema,
  DecimalString: decimalStringSchema,
  EpochMs: epochMsSchema,
  Instrument: instrumentSchema,
  Trade: wireTradeSchema,
  Candle: candleSchema,
  FeedStatus: feedStatusSchema,
  BotConfig: botConfigSchema,
  BotStatus: botStatusSchema,
  Order: orderSchema,
  Fill: fillSchema,
  Position: markedPositionSchema,
  Notification: notificationSchema,
};

let document: ReturnType<typeof createDocument> | undefined;

/** OpenAPI 3.1, made from the very schemas that requests are validated by. Made once. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  document ??= createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Tapedeck hub',
      version: String(PROTOCOL_VERSION),
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }],
    paths: paths(),
    components: {
      schemas: { ...COMPONENTS, Failure: failureSchema },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The owner’s token, or one issued' },
      },
    },
  });
  return document;
}

function paths(): ZodOpenApiPathsObject {
  const all: ZodOpenApiPathsObject = {};
  for (const [method, route] of Object.entries(REST_ROUTES)) {
    const path = all[route.path] ?? {};
    path[route.verb] = operation(method as RequestMethod, route);
    all[route.path] = path;
  }
  return all;
}

function operation(method: RequestMethod, route: RestRoute): ZodOpenApiOperationObject {
  const { params, result } = requestSchemas[method];
  const inPath = new Set(pathParametersOf(route));
  const fields = Object.entries(fieldsOf(params));
  const path = Object.fromEntries(fields.filter(([name]) => inPath.has(name)));
  const rest = Object.fromEntries(fields.filter(([name]) => !inPath.has(name)));
  const restCount = Object.keys(rest).length;
  const inQuery = hasBody(route) ? 0 : restCount;
  const [resource = ''] = method.split('.');
  return {
    operationId: method,
    summary: route.summary,
    tags: [resource],
    ...(inPath.size + inQuery > 0 && {
      requestParams: {
        ...(inPath.size > 0 && { path: z.object(path) }),
        ...(inQuery > 0 && { query: z.object(rest) }),
      },
    }),
    ...(hasBody(route) && restCount > 0 && { requestBody: bodyOf(route, rest) }),
    responses: {
      [route.status]: {
        description: 'Done',
        content: route.pageOf
          ? { 'text/html': { schema: z.string() } }
          : { 'application/json': { schema: result } },
      },
      ...FAILURES,
      ...(hasBody(route) && NO_JSON),
    },
  };
}

function bodyOf({ bodyParameter }: RestRoute, rest: Record<string, z.ZodType>) {
  const whole = z.strictObject(rest);
  const schema = (bodyParameter !== undefined && rest[bodyParameter]) || whole;
  return { required: !schema.safeParse({}).success, content: { 'application/json': { schema } } };
}

const refusal = (codes: readonly string[]) => ({
  description: codes.join(', '),
  content: { 'application/json': { schema: z.object({ error: failureSchema }) } },
});

/** The codes that stand behind each HTTP status. */
const FAILURES = Object.fromEntries(
  [...Map.groupBy(Object.entries(HTTP_STATUS), ([, status]) => status)].map(([status, entries]) => [
    String(status),
    refusal(entries.map(([code]) => code)),
  ]),
);

/** What a body of another type is answered with. */
const NO_JSON = { '415': refusal(['invalid_payload' satisfies ErrorCode]) };
