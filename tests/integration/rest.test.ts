import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RequestMethod, requestSchemas } from '#contract/requests.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/serve-process.ts';
import { startTestMonitor } from '../support/test-monitor.ts';

interface Operation {
  readonly operationId: RequestMethod;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly required?: boolean;
  }[];
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let directory: TemporaryDirectory;
let monitor: Monitor;
let authorization: string;
beforeAll(async () => {
  directory = temporaryDirectory();
  monitor = await startTestMonitor({ dataDirectory: directory.path, feeds: ['demo'] });
  authorization = `Bearer ${readFileSync(monitor.tokenFile, 'utf8').trim()}`;
});
afterAll(async () => {
  await monitor.close();
  directory.remove();
});

async function call<T>(verb: string, path: string, body?: unknown): Promise<[number, T]> {
  const response = await fetch(`${monitor.url}/api/v1${path}`, {
    method: verb,
    headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // A page is its own answer, and in the contract a part of one.
  const isPage = response.headers.get('content-type')?.startsWith('text/html');
  const answer = isPage ? { html: await response.text() } : await response.json();
  return [response.status, answer as T];
}

const DRAFT = {
  ...{ name: 'By REST', strategy: 'grid', instrumentId: 'demo:BTC/USDT' },
  ...{ params: { levels: 8, spacingBps: 1, quantity: '0.01' }, initialCash: '5000' },
  ...{ makerFeeBps: 1, takerFeeBps: 5, start: false },
};
const createBot = async () =>
  (await call<{ config: { id: string } }>('POST', '/bots', DRAFT))[1].config.id;

/** On the tape, once it holds a trade. */
const openDeck = async () => {
  const opened = await eventually(
    () => call<{ id: string }>('POST', '/replay/decks', { instruments: ['demo:BTC/USDT'] }),
    ([status]) => status === 201,
  );
  return opened[1].id;
};

/** Over what the tape holds by now; done. */
const playBacktest = async () => {
  const { start: _, ...bot } = DRAFT;
  const body = { bot, source: { kind: 'tape' } };
  const [status, { id }] = await call<{ id: string }>('POST', '/backtests', body);
  expect(status).toBe(201);
  await eventually(
    () => call<{ backtest: { state: string } }>('GET', `/backtests/${id}`),
    ([, { backtest }]) => backtest.state === 'done',
  );
  return id;
};

/** Of an order by hand, at the market. */
const fillOf = async (botId: string) => {
  const order = { botId, type: 'market', side: 'buy', quantity: '0.01' };
  expect((await call('POST', '/orders', order))[0]).toBe(201);
  const [, page] = await eventually(
    () => call<{ items: { id: string }[] }>('GET', `/fills?botId=${botId}`),
    ([, { items }]) => items.length > 0,
  );
  return page.items[0]?.id ?? '';
};

/** With what a PNG begins with for a picture. */
const writeNote = async () => {
  const [, { id }] = await call<{ id: string }>('POST', '/journal', { text: 'By REST' });
  await call('POST', `/journal/${id}/snapshot`, { part: 0, parts: 1, data: 'iVBORw0KGgo=' });
  return id;
};

describe('REST against a running monitor', () => {
  it('answers every GET that it documents as the contract says', async () => {
    const botId = await createBot();
    const deckId = await openDeck();
    const fillId = await fillOf(botId);
    const known: Record<string, string> = {
      ...{ botId, deckId, fillId, instrumentId: 'demo:BTC/USDT', interval: '1m', limit: '5' },
      ...{ exchange: 'demo', entryId: await writeNote(), backtestId: await playBacktest() },
    };
    const response = await fetch(`${monitor.url}/api/v1/openapi.json`);
    expect(response.status).toBe(200);
    const document = (await response.json()) as OpenApi;
    let driven = 0;
    for (const [path, { get: operation }] of Object.entries(document.paths)) {
      if (!operation) continue;
      const { operationId, parameters = [] } = operation;
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? 'unknown');
      const query = new URLSearchParams(
        parameters.flatMap(({ name, in: place }) => {
          const value = known[name];
          return place === 'query' && value !== undefined
            ? [[name, value] as [string, string]]
            : [];
        }),
      );
      const [status, body] = await call('GET', `${filled}?${query}`);
      expect([path, status]).toEqual([path, 200]);
      const parsed = requestSchemas[operationId].result.safeParse(body);
      expect([path, parsed.error?.issues]).toEqual([path, undefined]);
      driven += 1;
    }
    const methods = Object.values(document.paths).filter(({ get }) => get);
    expect(driven).toBe(methods.length);
    expect(driven).toBeGreaterThan(12);
  });

  it('leads a bot through its life', async () => {
    const id = await createBot();
    const state = async (verb: string, path: string, body?: unknown) => {
      const [status, answer] = await call<{ status?: { state: string } }>(verb, path, body);
      return [status, answer.status?.state];
    };
    expect(await state('GET', `/bots/${id}`)).toEqual([200, 'stopped']);
    expect(await state('POST', `/bots/${id}/start`)).toEqual([200, 'running']);
    const [, orders] = await eventually(
      () => call<{ items: { id: string }[] }>('GET', `/orders?botId=${id}&openOnly=true`),
      ([, { items }]) => items.length > 0,
    );
    const orderId = orders.items[0]?.id;
    const [cancelled, order] = await call<{ status: string }>('POST', `/orders/${orderId}/cancel`);
    expect([cancelled, order.status]).toEqual([200, 'canceled']);
    expect((await call('POST', `/orders/${orderId}/cancel`))[0]).toBe(409);
    expect((await call('DELETE', `/bots/${id}`))[0]).toBe(409);
    expect(await state('POST', `/bots/${id}/stop`)).toEqual([200, 'stopped']);
    const [, changed] = await call<{ config: { name: string } }>('PATCH', `/bots/${id}`, {
      name: 'Renamed',
    });
    expect(changed.config.name).toBe('Renamed');
    expect(await call('DELETE', `/bots/${id}`)).toEqual([200, { botId: id }]);
    expect((await call('GET', `/bots/${id}`))[0]).toBe(404);
  });

  it('pages through a list by its cursor, every item once', async () => {
    interface Page {
      readonly items: readonly { readonly id: string }[];
      readonly nextBefore: string | null;
    }
    const botId = await createBot();
    await call('POST', `/bots/${botId}/start`);
    const all = await eventually(
      async () => (await call<Page>('GET', `/orders?botId=${botId}&limit=1000`))[1].items,
      (items) => items.length >= 5,
    );
    await call('POST', `/bots/${botId}/stop`);
    const seen: string[] = [];
    let before: string | null = '';
    while (before !== null) {
      const cursor: string = before && `&before=${before}`;
      const [, page]: [number, Page] = await call('GET', `/orders?botId=${botId}&limit=2${cursor}`);
      seen.push(...page.items.map(({ id }) => id));
      before = page.nextBefore;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(all.map(({ id }) => id)));
  });

  it('pages through the log of a bot to its end', async () => {
    const botId = await createBot();
    for (const verb of ['start', 'stop', 'start', 'stop'])
      await call('POST', `/bots/${botId}/${verb}`);
    interface Logs {
      entries: { message: string }[];
      nextBefore: string | null;
    }
    const [, whole] = await call<Logs>('GET', `/bots/${botId}/logs`);
    const seen: string[] = [];
    let before: string | null = '';
    while (before !== null) {
      const cursor: string = before === '' ? '' : `&before=${before}`;
      const [, page] = await call<Logs>('GET', `/bots/${botId}/logs?limit=1${cursor}`);
      seen.push(...page.entries.map(({ message }) => message));
      before = page.nextBefore;
    }
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual(whole.entries.map(({ message }) => message));
  });

  it('keeps settings, and obeys them at once', async () => {
    expect((await fetch(`${monitor.url}/metrics`)).status).toBe(200);
    const [, changed] = await call('PATCH', '/settings', { metricsNeedToken: true });
    expect(changed).toMatchObject({ allowAnonymous: false, metricsNeedToken: true });
    expect((await fetch(`${monitor.url}/metrics`)).status).toBe(401);
    const own = await fetch(`${monitor.url}/metrics`, { headers: { authorization } });
    expect(own.status).toBe(200);
    await call('PATCH', '/settings', { metricsNeedToken: false });
    expect((await fetch(`${monitor.url}/metrics`)).status).toBe(200);
  });

  it('[X3] changes a limit of all bots together, and leaves the others', async () => {
    const limit = (limits: object | null) => call('PATCH', '/risk/limits/USDT', { limits });
    await limit({ maxDailyLoss: '50' });
    const [, view] = await limit({ maxOpenOrders: 9 });
    expect(view).toMatchObject({
      currencies: [{ currency: 'USDT', limits: { maxDailyLoss: '50', maxOpenOrders: 9 } }],
    });
    const part = { riskLimits: { USDT: { maxOpenOrders: 9 } } };
    expect((await call('PATCH', '/settings', part))[0]).toBe(400);
    await limit(null);
    const [, settings] = await call('GET', '/settings');
    expect(settings).toMatchObject({ riskLimits: {} });
  });
});

describe('metrics of a running monitor', () => {
  it('counts what a client does, and names nobody', async () => {
    const token = authorization.slice('Bearer '.length);
    await expect(HubConnection.connect(monitor.url, 'wrong')).rejects.toThrow('unauthorized');
    const hub = await HubConnection.connect(monitor.url, token);
    await hub.subscribe('symbol:demo:BTC/USDT:ticker');
    const botId = await createBot();
    await hub.subscribe(`bot:${botId}:status`);
    const read = async () => (await fetch(`${monitor.url}/metrics`)).text();
    const metricOf = (text: string, name: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')[1],
      );
    const text = await eventually(
      read,
      (told) => metricOf(told, 'websocket_events_total{event="price:update",direction="sent"}') > 2,
    );
    expect(metricOf(text, 'websocket_active_connections{namespace="/"}')).toBe(1);
    expect(metricOf(text, 'websocket_connections_total{status="refused"}')).toBe(1);
    expect(metricOf(text, 'websocket_errors_total{code="unauthorized"}')).toBeGreaterThan(0);
    expect(metricOf(text, 'websocket_rooms')).toBe(2);
    const received = 'websocket_events_total{event="subscribe",direction="received"}';
    expect(metricOf(text, received)).toBe(2);
    expect(metricOf(text, 'websocket_message_duration_seconds_count')).toBe(2);
    expect(metricOf(text, 'tapedeck_feed_to_send_seconds_count')).toBeGreaterThan(2);
    expect(metricOf(text, 'tapedeck_conflation_window_seconds')).toBeGreaterThan(0);
    expect(text).not.toContain(botId);
    expect(text).not.toMatch(/owner|127\.0\.0\.1|BTC/);
    hub.close();
    const after = await eventually(
      read,
      (told) => metricOf(told, 'websocket_active_connections{namespace="/"}') === 0,
    );
    expect(after).toMatch(/websocket_disconnections_total\{reason="[a-z_ ]+"\} 1/);
  });
});
