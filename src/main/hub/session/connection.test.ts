import { afterEach, describe, expect, it } from 'vitest';
import { BOT_TOPICS, channel } from '#contract/channels.ts';
import type { HubLimits } from '#contract/hub-limits.ts';
import { ownerCaller, type Scope } from '#contract/scopes.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { SAMPLE_ID, sampleFill, sampleStatus } from '#tests/fakes/publications.ts';
import { OWNER, startTestHub, type TestHub } from '#tests/fakes/test-hub.ts';

const TICKER = channel.ticker(SAMPLE_ID);
const OWNER_CALLER = ownerCaller(OWNER.userId);

let test: TestHub;
afterEach(() => test.close());

interface Start {
  limits?: Partial<HubLimits>;
  allowAnonymous?: boolean;
  clock?: FakeClock;
}
const start = async ({ limits = {}, allowAnonymous = false, clock }: Start = {}) => {
  test = await startTestHub({
    ...{ limits, allowAnonymous: () => allowAnonymous },
    ...(clock && { clock }),
  });
  for (const botId of ['b1', 'b2']) test.surroundings.createBot(botId);
};

type Issue = { user?: string; scopes?: Scope[]; botIds?: string[]; seconds?: number };
const issue = async ({
  user = 'alice',
  scopes = ['read'],
  botIds,
  seconds = 3_600,
}: Issue = {}) => {
  const issued = await test.surroundings.tokens.issue(
    { userId: user, scopes, ...(botIds && { botIds }), expiresInSeconds: seconds },
    OWNER_CALLER,
  );
  if (!issued.ok) throw new Error(issued.error.message);
  return issued.value;
};
const clientOf = (token?: string) =>
  test.client({ auth: { ...(token && { token }), protocol: 1 }, transports: ['websocket'] });
const connected = async (token?: string) => {
  const client = clientOf(token);
  expect(await client.connect()).toBeUndefined();
  return client;
};
type Client = ReturnType<typeof clientOf>;
/** The reason that the hub gave, once it has disconnected. */
const ended = async (client: Client) => {
  await new Promise<void>((resolve) => {
    if (client.socket.connected) client.socket.once('disconnect', () => resolve());
    else resolve();
  });
  return client.payloads('closing')[0];
};
const codeOf = async (client: Client, event: string, payload?: unknown) =>
  (await client.call(event, ...(payload === undefined ? [] : [payload]))).error?.code;

describe('[H1] a token', () => {
  it('at the handshake: told who one is and until when', async () => {
    await start();
    const { token, issued } = await issue({ botIds: ['b1'] });
    const client = await connected(token);
    await client.until(() => client.payloads('authenticated').length === 1);
    expect(client.payloads('authenticated')).toEqual([
      { userId: 'alice', scopes: ['read'], expiresAt: issued.expiryTime },
    ]);
  });

  it('after connecting: until then nothing is answered', async () => {
    await start();
    const client = await connected();
    expect(await codeOf(client, 'subscribe', { channel: TICKER })).toBe('unauthorized');
    expect(await codeOf(client, 'request', { method: 'system.info' })).toBe('unauthorized');
    expect(await codeOf(client, 'authenticate', 'wrong')).toBe('unauthorized');
    expect(await codeOf(client, 'authenticate', { token: 'x' })).toBe('invalid_payload');
    const { token } = await issue();
    expect(await client.call('authenticate', token)).toMatchObject({ ok: true, userId: 'alice' });
    expect(client.payloads('authenticated')).toHaveLength(1);
    expect(await codeOf(client, 'subscribe', { channel: TICKER })).toBeUndefined();
  });

  it('[H4] not given in time: disconnected as unauthorized', async () => {
    await start({ limits: { authenticationTimeoutMs: 60 } });
    const client = await connected();
    expect(await ended(client)).toEqual({ reason: 'unauthorized', reconnect: true });
    expect(test.hub.stats().connections).toBe(0);
  });

  it('expires during a connection: disconnected as unauthorized, and refused from then on', async () => {
    const clock = new FakeClock();
    await start({ clock });
    const { token } = await issue({ seconds: 60 });
    const client = await connected(token);
    clock.advance(59_000);
    expect(client.socket.connected).toBe(true);
    clock.advance(1_000);
    expect(await ended(client)).toEqual({ reason: 'unauthorized', reconnect: true });
    expect((await clientOf(token).connect())?.data).toEqual({ code: 'unauthorized' });
  });

  it('is renewed in place: the connection and its subscriptions live on', async () => {
    const clock = new FakeClock();
    await start({ clock });
    const short = await issue({ seconds: 60 });
    const client = await connected(short.token);
    await client.call('subscribe', { channel: TICKER });
    const { token, issued } = await issue();
    expect(await client.call('authenticate', token)).toMatchObject({
      expiresAt: issued.expiryTime,
    });
    clock.advance(60_000);
    expect(await codeOf(client, 'request', { method: 'system.info' })).toBeUndefined();
    expect(test.hub.stats().subscriptions).toBe(1);
  });

  it('of another user cannot take over a connection', async () => {
    await start();
    const client = await connected((await issue()).token);
    const { token } = await issue({ user: 'bob' });
    expect(await codeOf(client, 'authenticate', token)).toBe('access_denied');
  });

  it('[H2] that grants less takes the channels away that it does not reach', async () => {
    await start();
    const client = await connected((await issue({ botIds: ['b1', 'b2'] })).token);
    await client.call('bot:subscribe');
    expect(test.hub.stats().subscriptions).toBe(6);
    await client.call('authenticate', (await issue({ botIds: ['b1'] })).token);
    expect(test.hub.stats().subscriptions).toBe(3);
  });

  it('revoked while a connection shows it: that ends, too', async () => {
    await start();
    const { tokens } = test.surroundings;
    const { token, issued } = await issue();
    const client = await connected();
    const identify = tokens.identify.bind(tokens);
    tokens.identify = async (shown) => {
      const identified = await identify(shown);
      tokens.revoke(issued.id);
      return identified;
    };
    client.socket.emit('authenticate', token);
    expect(await ended(client)).toEqual({ reason: 'unauthorized', reconnect: true });
  });

  it('revoked: its live connections end within a second, and no others', async () => {
    await start();
    const { token, issued } = await issue();
    const [first, second] = [await connected(token), await connected(token)];
    const other = await connected((await issue()).token);
    const asked = performance.now();
    test.surroundings.tokens.revoke(issued.id);
    const ends = await Promise.all([ended(first), ended(second)]);
    expect(performance.now() - asked).toBeLessThan(1_000);
    expect(ends).toEqual(Array(2).fill({ reason: 'unauthorized', reconnect: true }));
    expect(await codeOf(other, 'subscribe', { channel: TICKER })).toBeUndefined();
    expect((await clientOf(token).connect())?.message).toBe('unauthorized');
  });
});

describe('[H2] visibility', () => {
  it('a user reaches his own channels and the bots that he was granted', async () => {
    await start();
    const client = await connected((await issue({ botIds: ['b1', 'b9'] })).token);
    const codes: Record<string, unknown> = {};
    for (const name of [
      TICKER,
      'feeds',
      'bot:b1:trades',
      'user:alice:notifications',
      'bot:b2:trades',
      'bot:b9:trades',
      'user:owner:notifications',
      'user:bob:balance',
      'admin',
    ]) {
      codes[name] = (await codeOf(client, 'subscribe', { channel: name })) ?? 'ok';
    }
    expect(codes).toEqual({
      [TICKER]: 'ok',
      feeds: 'ok',
      'bot:b1:trades': 'ok',
      'user:alice:notifications': 'ok',
      'bot:b2:trades': 'access_denied',
      'bot:b9:trades': 'access_denied',
      'user:owner:notifications': 'access_denied',
      'user:bob:balance': 'access_denied',
      admin: 'access_denied',
    });
    expect(await client.call('bot:subscribe:one', 'b2')).toEqual({
      ok: false,
      error: { code: 'access_denied', message: 'Access denied' },
    });
    expect(await client.call('bot:subscribe')).toMatchObject({ bots: ['b1'] });
  });

  it('nothing of another’s bot comes through', async () => {
    await start();
    const client = await connected((await issue({ botIds: ['b1'] })).token);
    await client.call('bot:subscribe');
    await client.call('bot:subscribe:one', 'b2');
    const { broker } = test.surroundings;
    broker.publish(sampleFill('secret', 'b2'));
    broker.publish(sampleStatus('b2', 'running'));
    broker.publish(sampleFill('own', 'b1'));
    await client.until(() => client.payloads('bot:trade').length === 1);
    test.surroundings.createBot('b3');
    expect(JSON.stringify(client.received)).not.toMatch(/b2|b3|secret/);
  });

  it.each([
    [['read'], 'bots.start', 'access_denied'],
    [['trade'], 'bots.list', 'access_denied'],
    [['read', 'trade'], 'tokens.list', 'access_denied'],
    [['read', 'trade'], 'feeds.add', 'access_denied'],
    [['admin'], 'tokens.list', undefined],
    [['read'], 'system.info', undefined],
  ] as [Scope[], string, string | undefined][])(
    'with the scopes %s, %s: %s',
    async (scopes, method, code) => {
      await start();
      const client = await connected((await issue({ scopes, botIds: ['b1'] })).token);
      const params = { 'bots.start': { botId: 'b1' }, 'feeds.add': { spec: 'demo' } }[method];
      expect(await codeOf(client, 'request', { method, params })).toBe(code);
    },
  );

  it('without a token, where that is allowed: public channels and nothing else, without end', async () => {
    await start({ allowAnonymous: true, limits: { authenticationTimeoutMs: 20 } });
    const client = await connected();
    expect(await codeOf(client, 'subscribe', { channel: TICKER })).toBeUndefined();
    expect(await codeOf(client, 'price:subscribe', ['BTC/USDT'])).toBeUndefined();
    for (const name of ['feeds', 'admin', 'bot:b1:trades', 'user:anonymous:notifications']) {
      expect(await codeOf(client, 'subscribe', { channel: name })).toBe('access_denied');
    }
    expect(await codeOf(client, 'bot:subscribe')).toBe('access_denied');
    expect(await codeOf(client, 'request', { method: 'system.info' })).toBe('access_denied');
    expect(client.socket.connected).toBe(true);
  });

  it('whoever came without a token leaves when that is not allowed any more', async () => {
    await start({ allowAnonymous: true });
    const [anonymous, later] = [await connected(), await connected()];
    const alice = await connected((await issue()).token);
    expect((await later.call('authenticate', (await issue()).token)).ok).toBe(true);
    test.hub.closeAnonymous();
    expect(await ended(anonymous)).toEqual({ reason: 'unauthorized', reconnect: true });
    expect([alice, later].map(({ socket }) => socket.connected)).toEqual([true, true]);
  });
});

describe('[H4] limits', () => {
  it('a user’s fourth connection replaces the first', async () => {
    await start();
    const { token } = await issue();
    const other = await connected((await issue({ user: 'bob' })).token);
    const clients: Client[] = [];
    for (let count = 0; count < 4; count += 1) clients.push(await connected(token));
    expect(await ended(clients[0] as Client)).toEqual({ reason: 'replaced', reconnect: false });
    expect(clients.slice(1).map(({ socket }) => socket.connected)).toEqual([true, true, true]);
    expect(other.socket.connected).toBe(true);
  });

  it('the owner is exempt', async () => {
    await start({ limits: { connectionsPerUser: 1 } });
    const clients = [await connected(OWNER.token), await connected(OWNER.token)];
    expect(clients.map(({ socket }) => socket.connected)).toEqual([true, true]);
  });

  it('one more than the hub holds is told that it is full', async () => {
    await start({ limits: { connections: 1 } });
    const first = await connected(OWNER.token);
    const refusal = await clientOf(OWNER.token).connect();
    expect([refusal?.message, refusal?.data]).toEqual(['server_full', { code: 'server_full' }]);
    expect(first.socket.connected).toBe(true);
  });

  it('20 of an event a second; others are not held up by it', async () => {
    await start();
    const client = await connected(OWNER.token);
    const codes = await Promise.all(
      Array.from({ length: 25 }, () => codeOf(client, 'subscribe:price', 'BTC/USDT')),
    );
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(5);
    expect(await codeOf(client, 'subscribe:trades', 'BTC/USDT')).toBeUndefined();
  });

  it('who comes back may renew the subscriptions of 200 bots at once', async () => {
    await start();
    const ids = Array.from({ length: 200 }, (_, index) => `x${index}`);
    for (const id of ids) test.surroundings.createBot(id);
    const client = await connected(OWNER.token);
    const codes = await Promise.all(
      ids
        .flatMap((id) => BOT_TOPICS.map((topic) => channel.bot(id, topic)))
        .map((name) => codeOf(client, 'subscribe', { channel: name })),
    );
    expect(codes).toHaveLength(1_000);
    expect(codes.filter((code) => code !== undefined)).toEqual([]);
  });

  it('holds as many subscriptions as is configured', async () => {
    await start({ limits: { subscriptionsPerConnection: 1 } });
    const client = await connected(OWNER.token);
    expect(await codeOf(client, 'subscribe', { channel: TICKER })).toBeUndefined();
    const second = await codeOf(client, 'subscribe', { channel: 'feeds' });
    expect(second).toBe('too_many_subscriptions');
  });

  it('who goes on although he is refused is disconnected', async () => {
    await start({ limits: { refusalRate: { count: 50, periodMs: 10_000 } } });
    const client = await connected(OWNER.token);
    for (let count = 0; count < 80; count += 1) client.socket.emit('nonsense', count);
    expect(await ended(client)).toEqual({ reason: 'rate_limited', reconnect: true });
  });
});

it('says that it shuts down', async () => {
  await start();
  const client = await connected(OWNER.token);
  const end = ended(client);
  await test.hub.close();
  expect(await end).toEqual({ reason: 'shutting_down', reconnect: true });
});
