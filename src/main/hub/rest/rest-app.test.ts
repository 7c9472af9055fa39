import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, succeed } from '#contract/errors.ts';
import { HubMeter } from '#main/telemetry/hub-meter.ts';
import { OWNER, startTestHub, type TestHub } from '#tests/fakes/test-hub.ts';

let test: TestHub;
let meter: HubMeter;
beforeEach(async () => {
  meter = new HubMeter();
  test = await startTestHub({ meter });
});
afterEach(() => test.close());

const authorization = `Bearer ${OWNER.token}`;

async function call(verb: string, path: string, init: RequestInit = {}) {
  const response = await fetch(`${test.hub.url}/api/v1${path}`, {
    method: verb.toUpperCase(),
    ...init,
    headers: { authorization, ...init.headers },
  });
  const text = await response.text();
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { status: response.status, headers: response.headers, body: JSON.parse(text) };
}

const json = (body: unknown): RequestInit => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const lastRequest = () => test.surroundings.requests.at(-1);

describe('a request in its resource form', () => {
  it('takes parameters from the path', async () => {
    expect(await call('get', '/bots/b1')).toMatchObject({ status: 200, body: { fine: true } });
    expect(lastRequest()).toEqual({ method: 'bots.get', params: { botId: 'b1' }, userId: 'owner' });
  });

  it('takes parameters from the query, each of its own type, and fills in defaults', async () => {
    await call('get', '/candles?instrumentId=demo:BTC/USDT&interval=1m&before=1723161254000.5');
    expect(lastRequest()?.params).toEqual({
      ...{ instrumentId: 'demo:BTC/USDT', interval: '1m', before: 1_723_161_254_000.5, limit: 500 },
    });
    await call('get', '/orders?openOnly=true&limit=7&botId=7');
    expect(lastRequest()?.params).toEqual({ openOnly: true, limit: 7, botId: '7' });
  });

  it('takes a symbol that a client has escaped', async () => {
    await call('get', '/orderbook?instrumentId=binance%3ABTC%2FUSDT%3AUSDT');
    expect(lastRequest()?.params).toEqual({ instrumentId: 'binance:BTC/USDT:USDT', depth: 50 });
  });

  it('takes parameters from the body', async () => {
    const draft = {
      ...{ name: 'Grid', strategy: 'grid', instrumentId: 'demo:BTC/USDT', params: {} },
      ...{ initialCash: '1000', makerFeeBps: 1, takerFeeBps: 5, start: false },
    };
    expect((await call('post', '/bots', json(draft))).status).toBe(201);
    expect(lastRequest()).toMatchObject({ method: 'bots.create', params: draft });
  });

  it('takes the changes of a bot as the whole body', async () => {
    await call('patch', '/bots/b1', json({ name: 'New' }));
    expect(lastRequest()?.params).toEqual({ botId: 'b1', changes: { name: 'New' } });
  });

  it.each(['post', 'post with an empty object'])(
    'needs no body where there is nothing to say (%s)',
    async (how) => {
      const init = how === 'post' ? {} : json({});
      expect((await call('post', '/bots/b1/stop', init)).status).toBe(200);
      expect(lastRequest()).toMatchObject({ method: 'bots.stop', params: { botId: 'b1' } });
    },
  );

  it('answers HEAD as GET, without a body', async () => {
    const response = await fetch(`${test.hub.url}/api/v1/bots`, {
      method: 'HEAD',
      headers: { authorization },
    });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('[H6] what is not right is refused with a typed error', () => {
  it.each([
    ['a query of the wrong type', 'get', '/orders?limit=many', {}, 400, 'invalid_payload'],
    ['a number beyond its bound', 'get', '/orders?limit=0', {}, 400, 'invalid_payload'],
    ['an unknown parameter', 'get', '/orders?colour=red', {}, 400, 'invalid_payload'],
    ['a parameter twice', 'get', '/orders?limit=1&limit=2', {}, 400, 'invalid_payload'],
    ['a hostile parameter', 'get', '/orders?__proto__=1', {}, 400, 'invalid_payload'],
    ['a missing parameter', 'get', '/candles?interval=1m', {}, 400, 'invalid_payload'],
    ['a bad id in the path', 'get', '/bots/a%20b', {}, 400, 'invalid_payload'],
    ['a broken escape in the path', 'get', '/bots/%E0%A4%A', {}, 400, 'invalid_payload'],
    [
      'a field that the schema does not know',
      'post',
      '/bots',
      json({ a: 1 }),
      400,
      'invalid_payload',
    ],
    ['a body that is a list', 'post', '/bots', json([]), 400, 'invalid_payload'],
    ['a body that is null', 'post', '/bots', json(null), 400, 'invalid_payload'],
    [
      'the parameter of the path in the body again',
      ...['post', '/bots/b1/start', json({ botId: 'b2' })],
      ...[400, 'invalid_payload'],
    ],
    [
      'a body that is no JSON',
      ...['post', '/bots', { ...json({}), body: '{"name":' }],
      ...[400, 'invalid_payload'],
    ],
    [
      'another content type',
      ...['post', '/bots', { body: 'name=x', headers: { 'content-type': 'text/plain' } }],
      ...[415, 'invalid_payload'],
    ],
    [
      'a body above 10 KiB',
      ...['post', '/bots', json({ name: 'x'.repeat(10_241) })],
      ...[413, 'message_too_large'],
    ],
    ['an unknown path', 'get', '/nothing', {}, 404, 'not_found'],
    ['an unknown path below a known one', 'get', '/bots/b1/nothing', {}, 404, 'not_found'],
    ['the root', 'get', '', {}, 404, 'not_found'],
    ['another method', 'delete', '/bots', {}, 405, 'unknown_method'],
  ] as [string, string, string, RequestInit, number, string][])(
    '%s',
    async (_, verb, path, init, status, code) => {
      const { body, ...response } = await call(verb, path, init);
      expect(test.surroundings.logged).toEqual([]);
      expect([response.status, body]).toEqual([
        status,
        { error: { code, message: expect.any(String) } },
      ]);
      expect(test.surroundings.requests).toEqual([]);
      expect(meter.errors).toBe(1);
    },
  );

  it.each([
    ['/bots/b1', 'GET, PATCH, DELETE'],
    ['/openapi.json', 'GET'],
  ])('says which methods there are at %s', async (path, allowed) => {
    const { headers, status } = await call('put', path);
    expect([status, headers.get('allow')]).toEqual([405, allowed]);
  });

  it.each([
    [9, 200],
    [12, 413],
  ])('a body of %d KiB without a length is measured as well', async (kibibytes, status) => {
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < kibibytes; i += 1) controller.enqueue(Buffer.alloc(1_024, ' '));
        controller.enqueue(Buffer.from('{}'));
        controller.close();
      },
    });
    const headers = { 'content-type': 'application/json' };
    const init = { body, duplex: 'half', headers } as RequestInit;
    expect((await call('post', '/bots/b1/start', init)).status).toBe(status);
  });

  it('a body that breaks off is no fault of ours', async () => {
    const client = connect(test.port, '127.0.0.1');
    client.on('error', () => undefined);
    const head =
      `POST /api/v1/bots HTTP/1.1\r\nHost: 127.0.0.1:${test.port}\r\n` +
      `Authorization: ${authorization}\r\nContent-Type: application/json\r\n` +
      'Content-Length: 100\r\n\r\n{"name"';
    await new Promise<void>((sent) => client.write(head, () => sent()));
    client.destroy();
    await expect.poll(() => [...meter.httpResponses.entries()]).toEqual([['400', 1]]);
    expect(meter.failures.of('bad_request')).toBeGreaterThan(0);
    expect(test.surroundings.logged).toEqual([]);
  });

  it.each([
    ['not_found', 404],
    ['unknown_bot', 404],
    ['conflict', 409],
    ['invalid_state', 409],
    ['access_denied', 403],
    ['rate_limited', 429],
    ['unavailable', 503],
  ] as const)('a failure %s of the monitor is %d', async (code, status) => {
    test.surroundings.answer = () => Promise.resolve(fail(code, 'Because'));
    expect(await call('get', '/bots/b1')).toMatchObject({
      status,
      body: { error: { code, message: 'Because' } },
    });
  });

  it('a fault of the monitor shows nothing of itself', async () => {
    test.surroundings.answer = () => Promise.reject(new Error('secret detail'));
    const { status, body } = await call('get', '/bots');
    expect([status, body.error.code]).toEqual([500, 'internal']);
    expect(JSON.stringify(body)).not.toContain('secret detail');
    expect(test.surroundings.logged).toHaveLength(1);
    expect(meter.failures.of('internal')).toBe(1);
  });
});

describe('who may', () => {
  it.each([
    '',
    'Bearer',
    'Bearer wrong',
    `Basic ${OWNER.token}`,
    OWNER.token,
    `Bearer ${'x'.repeat(5_000)}`,
  ])('[H1] nobody with "%.20s"', async (header) => {
    for (const path of ['/bots', '/nothing']) {
      const { status, body, headers } = await call('get', path, {
        headers: { authorization: header },
      });
      expect([status, body.error.code]).toEqual([401, 'unauthorized']);
      expect(headers.get('www-authenticate')).toContain('Bearer');
    }
    expect(meter.failures.of('unauthorized')).toBe(2);
  });

  const issue = async (scopes: readonly ('read' | 'trade')[], botIds?: string[]) => {
    const by = test.surroundings.tokens.owner.caller;
    const request = { userId: 'guest', scopes: [...scopes], expiresInSeconds: 60, botIds };
    const issued = await test.surroundings.tokens.issue(request, by);
    if (!issued.ok) throw new Error(issued.error.message);
    return issued.value;
  };

  it('[H1] a token by its scopes, and only while it is not revoked', async () => {
    const { token, issued } = await issue(['read']);
    const headers = { authorization: `Bearer ${token}` };
    expect((await call('get', '/strategies', { headers })).status).toBe(200);
    expect(lastRequest()?.userId).toBe('guest');
    expect(await call('post', '/bots/b1/start', { headers })).toMatchObject({
      status: 403,
      body: { error: { code: 'access_denied' } },
    });
    test.surroundings.tokens.revoke(issued.id);
    expect((await call('get', '/strategies', { headers })).status).toBe(401);
  });

  it('[H2] a bot that was not granted is denied like one that is not there', async () => {
    for (const bot of ['mine', 'other']) test.surroundings.createBot(bot);
    const { token } = await issue(['read'], ['mine']);
    const headers = { authorization: `Bearer ${token}` };
    expect((await call('get', '/bots/mine', { headers })).status).toBe(200);
    const denials = [
      await call('get', '/bots/other', { headers }),
      await call('get', '/bots/nowhere', { headers }),
    ].map(({ status, body }) => [status, body]);
    expect(denials[0]).toEqual([403, expect.anything()]);
    expect(denials[0]).toEqual(denials[1]);
  });

  it('[H3] nobody from a foreign page, and no page is invited', async () => {
    const foreign = await fetch(`${test.hub.url}/api/v1/bots`, {
      headers: { authorization, origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
    const own = await call('get', '/bots');
    expect(own.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('[H4] nobody too often', async () => {
    await test.close();
    const eventRates = { request: { count: 3, periodMs: 60_000 } };
    test = await startTestHub({ meter, limits: { eventRates } });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await call('get', '/bots')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const again = Number((await call('get', '/bots')).headers.get('retry-after'));
    expect([again > 30, again <= 60]).toEqual([true, true]);
    expect(meter.failures.of('rate_limited')).toBe(3);
  });
});

it('counts its answers by status', async () => {
  await call('get', '/bots');
  await call('get', '/nothing');
  test.surroundings.answer = () => Promise.resolve(succeed({}));
  await call('get', '/bots');
  expect([...meter.httpResponses.entries()]).toEqual([
    ['200', 2],
    ['404', 1],
  ]);
});
