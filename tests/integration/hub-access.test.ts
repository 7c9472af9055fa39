import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '#contract/scopes.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

let directory: ReturnType<typeof temporaryDirectory>;
let monitor: Monitor;
let owner: HubConnection;
let granted: string;
let other: string;

const createBot = async (name: string) => {
  const { config } = await owner.request('bots.create', {
    name,
    strategy: 'grid',
    instrumentId: 'demo:BTC/USDT' as InstrumentId,
    params: { levels: 20, spacingBps: 0.5, quantity: '0.01' },
    initialCash: '5000' as DecimalString,
    makerFeeBps: 1,
    takerFeeBps: 5,
  });
  return config.id;
};
const fillsOf = async (connection: HubConnection) =>
  (await connection.request('fills.list', { limit: 1_000 })).items;

beforeAll(async () => {
  directory = temporaryDirectory();
  monitor = await startTestMonitor({ dataDirectory: directory.path });
  owner = await connectTo(monitor);
  [granted, other] = [await createBot('Granted'), await createBot('Other')];
  for (const botId of [granted, other]) {
    await eventually(
      async () => (await owner.request('orders.list', { botId })).items,
      (orders) => orders.length > 2,
    );
  }
});
afterAll(async () => {
  owner.close();
  await monitor.close();
  directory.remove();
});

const connect = async (scopes: Scope[], botIds?: string[]) => {
  const request = { userId: 'alice', scopes, ...(botIds && { botIds }), expiresInSeconds: 600 };
  const { token } = await owner.request('tokens.issue', request);
  return HubConnection.connect(monitor.url, token);
};

describe('[H2] what a user is told', () => {
  it('lists hold his bots only', async () => {
    const alice = await connect(['read'], [granted]);
    const { bots } = await alice.request('bots.list', {});
    expect(bots.map(({ config }) => config.id)).toEqual([granted]);
    const { positions } = await alice.request('positions.list', {});
    expect(positions.map(({ botId }) => botId)).toEqual([granted]);
    const { items: orders } = await alice.request('orders.list', { limit: 1_000 });
    const seen = [...(await fillsOf(alice)), ...orders].map(({ botId }) => botId);
    expect(new Set(seen)).toEqual(new Set([granted]));
    expect(await alice.request('notifications.list', {})).toEqual({
      items: [],
      nextBefore: null,
      unread: 0,
    });
    alice.close();
  });

  it('a token of the owner for single bots tells nothing of all of them', async () => {
    const request = { userId: 'owner', scopes: ['read' as const], botIds: [granted] };
    const { token } = await owner.request('tokens.issue', { ...request, expiresInSeconds: 600 });
    const gadget = await HubConnection.connect(monitor.url, token);
    for (const method of ['notifications.list', 'notifications.markRead', 'balances.get'] as const)
      await expect(gadget.request(method, {})).rejects.toThrow('access_denied');
    for (const topic of ['notifications', 'balance'])
      await expect(gadget.subscribe(`user:owner:${topic}`)).rejects.toThrow('access_denied');
    gadget.close();
  });

  it('pages of his own are complete', async () => {
    const alice = await connect(['read'], [granted]);
    const first = await alice.request('orders.list', { limit: 2 });
    expect(first.items).toHaveLength(2);
    const next = await alice.request('orders.list', { limit: 2, before: first.nextBefore ?? '' });
    expect(next.items.every(({ botId }) => botId === granted)).toBe(true);
    alice.close();
  });

  it.each([
    ['bots.get', () => ({ botId: other })],
    ['bots.logs', () => ({ botId: other })],
    ['bots.stop', () => ({ botId: other })],
    ['bots.remove', () => ({ botId: other })],
    ['fills.list', () => ({ botId: other })],
    ['orders.list', () => ({ botId: other })],
    ['bots.get', () => ({ botId: 'nobody' })],
  ] as const)('%s of another’s bot, or of none, is denied alike', async (method, params) => {
    const alice = await connect(['read', 'trade'], [granted]);
    await expect(alice.request(method, params())).rejects.toThrow('access_denied: Access denied');
    alice.close();
  });

  it('another’s order is not there', async () => {
    const { items } = await owner.request('orders.list', { botId: other, limit: 1 });
    const orderId = items[0]?.id ?? '';
    const alice = await connect(['trade'], [granted]);
    await expect(alice.request('orders.cancel', { orderId })).rejects.toThrow('not_found');
    alice.close();
  });

  it('marks nothing read for the owner, and makes no bot that he would not see', async () => {
    const alice = await connect(['read', 'trade'], [granted]);
    const before = (await owner.request('notifications.list', {})).unread;
    expect(await alice.request('notifications.markRead', {})).toEqual({ unread: 0 });
    expect((await owner.request('notifications.list', {})).unread).toBeGreaterThanOrEqual(before);
    const draft = {
      name: 'Mine',
      strategy: 'grid',
      instrumentId: 'demo:BTC/USDT' as InstrumentId,
      params: {},
      initialCash: '1' as DecimalString,
      makerFeeBps: 0,
      takerFeeBps: 0,
    };
    await expect(alice.request('bots.create', draft)).rejects.toThrow('access_denied');
    alice.close();
  });
});

it('[H4] who has no token is gone when the setting that let him in is taken back', async () => {
  await owner.request('settings.set', { allowAnonymous: true });
  const anonymous = await HubConnection.connect(monitor.url);
  await anonymous.subscribe('price:public');
  const closing = new Promise((resolve) => anonymous.socket.once('closing', resolve));
  await owner.request('settings.set', { allowAnonymous: false });
  expect(await closing).toEqual({ reason: 'unauthorized', reconnect: true });
  anonymous.close();
});
