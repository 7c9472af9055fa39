import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { requestSchemas } from '#contract/requests.ts';
import { openApiDocument } from './openapi.ts';
import { REST_ROUTES } from './routes.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document of many levels, looked into here and there
const document = JSON.parse(JSON.stringify(openApiDocument())) as any;
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, object>>;
}
const operations = (): [string, string, Operation][] =>
  Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(
      ([verb, operation]) => [path, verb, operation] as [string, string, Operation],
    ),
  );

it('docs/protocol.md lists every route', () => {
  const text = readFileSync(new URL('../../../../docs/protocol.md', import.meta.url), 'utf8');
  const told = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  for (const [method, { verb, path }] of Object.entries(REST_ROUTES)) {
    expect(told).toContainEqual(['', `\`${verb.toUpperCase()} ${path}\``, `\`${method}\``, '']);
  }
});

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect([valid, document.openapi]).toEqual([true, '3.1.0']);
  });

  it('has every request of the contract, once, and nothing else', () => {
    expect(
      operations()
        .map(([, , { operationId }]) => operationId)
        .sort(),
    ).toEqual(Object.keys(requestSchemas).sort());
    const places = Object.values(REST_ROUTES).map(({ verb, path }) => `${verb} ${path}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('tells that a body has to be JSON wherever one is read', () => {
    for (const [path, verb, { responses }] of operations()) {
      const isRead = verb !== 'get' && verb !== 'delete';
      expect([path, verb, Object.hasOwn(responses, '415')]).toEqual([path, verb, isRead]);
    }
  });

  it('writes our own types as text and numbers that are described', () => {
    const { InstrumentId, DecimalString, EpochMs } = document.components.schemas;
    expect(InstrumentId).toMatchObject({ type: 'string', pattern: expect.stringContaining(':') });
    expect(new RegExp(InstrumentId.pattern).test('binance:BTC/USDT:USDT')).toBe(true);
    expect(new RegExp(InstrumentId.pattern).test('BTC')).toBe(false);
    expect(DecimalString).toMatchObject({ type: 'string', description: expect.any(String) });
    expect(new RegExp(DecimalString.pattern).test('1e3')).toBe(false);
    expect(EpochMs).toMatchObject({ type: 'number', minimum: 0 });
    const { Fill } = document.components.schemas;
    expect(Fill.properties.price).toEqual({ $ref: '#/components/schemas/DecimalString' });
  });

  it('leaves no value without a type, but those that may be anything', () => {
    const untyped: string[] = [];
    const visit = (node: unknown, at: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if (Object.keys(node).length === 0) untyped.push(at);
      for (const [key, value] of Object.entries(node)) {
        if (key !== 'default' && key !== 'security' && key !== 'bearer')
          visit(value, `${at}/${key}`);
      }
    };
    visit(document.components.schemas, '');
    visit(document.paths, '');
    // The parameters of a strategy are its own, as are the fields of an entry of the log.
    const free = /\/(params|fields)\/additionalProperties$/;
    expect(untyped.filter((at) => !free.test(at))).toEqual([]);
  });

  it('tells of parameters where they stand', () => {
    const bot = document.paths['/bots/{botId}'];
    expect(bot.get.parameters).toMatchObject([{ in: 'path', name: 'botId', required: true }]);
    expect(bot.patch.requestBody.content['application/json'].schema.properties).toHaveProperty(
      'takerFeeBps',
    );
    const { parameters } = document.paths['/candles'].get;
    expect(parameters.map(({ name }: { name: string }) => name)).toEqual([
      ...['instrumentId', 'interval', 'limit', 'before'],
    ]);
    expect(document.paths['/bots/{botId}/start'].post).not.toHaveProperty('requestBody');
    expect(document.paths['/notifications/read'].post.requestBody.required ?? false).toBe(false);
  });
});
