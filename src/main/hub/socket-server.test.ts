import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { SubscribeReply } from '#contract/client-events.ts';
import {
  SAMPLE_ID,
  sampleFill,
  sampleStatus,
  sampleTicker,
  sampleTrade,
} from '#tests/fakes/publications.ts';
import { OWNER, startTestHub, type TestHub } from '#tests/fakes/test-hub.ts';

const TRADES = channel.trades(SAMPLE_ID);

let test: TestHub;
beforeEach(async () => {
  test = await startTestHub();
});
afterEach(() => test.close());

const publish = (...items: Parameters<TestHub['surroundings']['broker']['publish']>[0][]) => {
  for (const item of items) test.surroundings.broker.publish(item);
};

describe.each(['websocket', 'polling'] as const)('over %s', (transport) => {
  const connected = async () => {
    const client = test.client({ transports: [transport] });
    expect(await client.connect()).toBeUndefined();
    return client;
  };

  it.each([
    ['a wrong token', { token: 'x'.repeat(43), protocol: 1 }, 'unauthorized'],
    ['a page without a session', { session: true, protocol: 1 }, 'unauthorized'],
    ['no token and another protocol', { protocol: 2 }, 'protocol_mismatch'],
    ['a token that is no text', { token: { $ne: '' }, protocol: 1 }, 'unauthorized'],
    ['another protocol', { token: OWNER.token, protocol: 2 }, 'protocol_mismatch'],
    ['no protocol', { token: OWNER.token }, 'protocol_mismatch'],
  ])('[H1] %s is refused', async (_, auth, code) => {
    const refusal = await test.client({ transports: [transport], auth }).connect();
    expect(refusal?.message).toBe(code);
    expect(refusal?.data).toEqual({ code });
    expect(test.hub.stats().connections).toBe(0);
  });

  it('prices: subscribed, pushed at once and on change, unsubscribed', async () => {
    publish(sampleTicker(100));
    const client = await connected();
    const ack = await client.call('price:subscribe', ['BTC/USDT']);
    expect(ack).toMatchObject({ ok: true, channels: [{ channel: channel.ticker(SAMPLE_ID) }] });
    await client.until(() => client.payloads('price:update').length === 1);
    publish(sampleTicker(101));
    await client.until(() => client.payloads('price:update').length === 2);
    expect(client.payloads('price:update')).toMatchObject([
      { symbol: SAMPLE_ID, price: 100, seq: 1 },
      { symbol: SAMPLE_ID, price: 101, seq: 2, channel: channel.ticker(SAMPLE_ID) },
    ]);
    await client.call('price:unsubscribe', ['BTC/USDT']);
    expect(test.hub.stats().subscriptions).toBe(0);
    expect(await client.call('subscribe:price', SAMPLE_ID)).toMatchObject({ ok: true });
  });

  it('[B3] trades: every one exactly once, in order', async () => {
    const client = await connected();
    for (let id = 1; id <= 50; id += 1) publish(sampleTrade(id));
    const ack = await client.call('subscribe:trades', 'BTC/USDT');
    for (let id = 51; id <= 2_500; id += 1) publish(sampleTrade(id));
    const idsOf = (payload: Record<string, unknown>) =>
      (payload['trades'] as { id: string }[]).map(({ id }) => Number(id));
    const [reply] = ack.channels as SubscribeReply[];
    const start = reply?.pushes.flatMap((push) => idsOf(push.payload)) ?? [];
    await client.until(() => client.payloads('trade:new').at(-1)?.['seq'] === 2_500);
    const pushes = client.payloads('trade:new');
    const ids = [...start, ...pushes.flatMap(idsOf)];
    expect(ids).toEqual(Array.from({ length: 2_500 }, (_, index) => index + 1));
    expect(pushes.map((push) => push['prevSeq'])).toEqual([
      50,
      ...pushes.slice(0, -1).map((push) => push['seq']),
    ]);
  });

  it('[B4] a client that comes back gets what it missed', async () => {
    const first = await connected();
    const { epoch } = await first.call('subscribe', { channel: TRADES });
    publish(sampleTrade(1), sampleTrade(2));
    await first.until(() => first.payloads('trade:new').length > 0);
    first.socket.disconnect();
    publish(sampleTrade(3), sampleTrade(4));
    const second = await connected();
    const reply = await second.call('subscribe', { channel: TRADES, since: { epoch, offset: 2 } });
    expect(reply).toMatchObject({
      ok: true,
      recovered: true,
      offset: 4,
      pushes: [
        { event: 'trade:new', payload: { prevSeq: 2, seq: 4, trades: [{ id: '3' }, { id: '4' }] } },
      ],
    });
    const lost = await second.call('subscribe', {
      channel: TRADES,
      since: { epoch: 'x', offset: 2 },
    });
    expect(lost).toMatchObject({ ok: true, recovered: false, pushes: [{ payload: { seq: 4 } }] });
    expect(await second.call('unsubscribe', { channel: TRADES })).toEqual({
      ok: true,
      channel: TRADES,
    });
  });

  it('bots: all of them, also those created later, and one with everything', async () => {
    test.surroundings.createBot('b1');
    publish(sampleStatus('b1', 'running'));
    const client = await connected();
    expect(await client.call('bot:subscribe')).toMatchObject({ ok: true, bots: ['b1'] });
    test.surroundings.createBot('b2');
    publish(sampleFill('f1', 'b2'));
    await client.until(() => client.payloads('bot:trade').length === 1);
    expect(client.payloads('bot:subscribed')).toEqual([['b1'], ['b1', 'b2']]);
    expect(client.payloads('bot:status')).toMatchObject([{ botId: 'b1', state: 'running' }]);
    const one = await client.call('bot:subscribe:one', 'b1');
    expect(one.channels).toHaveLength(5);
    expect(await client.call('bot:subscribe:one', 'b3')).toEqual({
      ok: false,
      error: { code: 'access_denied', message: 'Access denied' },
    });
  });

  it('requests are answered', async () => {
    const client = await connected();
    expect(await client.call('request', { method: 'system.info', params: undefined })).toEqual({
      ok: true,
      result: { fine: true },
    });
  });

  it('[H6] without a callback a failure arrives as an error event', async () => {
    const client = await connected();
    client.socket.emit('bot:subscribe:one', 'stranger');
    await client.until(() => client.payloads('error').length === 1);
    client.socket.emit('no:such:event', {}, 'not a callback');
    await client.until(() => client.payloads('error').length === 2);
    expect(client.payloads('error')).toEqual([
      { code: 'access_denied', message: 'Access denied', event: 'bot:subscribe:one' },
      {
        code: 'invalid_payload',
        message: 'An event takes one payload at most',
        event: 'no:such:event',
      },
    ]);
  });

  it('[H6] junk gets typed errors, and the connection lives on', async () => {
    const client = await connected();
    const codes: unknown[] = [];
    for (const [event, ...args] of [
      ['__proto__', {}],
      ['constructor'],
      ['error', 'boo'],
      ['subscribe'],
      ['subscribe', Buffer.from('binary')],
      ['price:subscribe', Array.from({ length: 1_000 }, () => 'X')],
      ['request', { method: '__proto__' }],
      ['subscribe', { channel: TRADES }, { channel: TRADES }],
    ] as [string, ...unknown[]][]) {
      codes.push((await client.call(event, ...args)).error.code);
    }
    expect(codes).toEqual([
      'unknown_event',
      'unknown_event',
      'unknown_event',
      'invalid_payload',
      'invalid_payload',
      'invalid_payload',
      'unknown_method',
      'invalid_payload',
    ]);
    expect(await client.call('subscribe', { channel: TRADES })).toMatchObject({ ok: true });
    expect(test.hub.stats().errors).toBe(8);
  });

  it.each(['2/elsewhere,["subscribe"]', '0{"token":"another"}', '37["unasked"]', '3[]'])(
    '[H6] %s out of turn ends the connection, and is counted',
    async (packet) => {
      const client = await connected();
      const { errors } = test.hub.stats();
      const closed = new Promise((resolve) => client.socket.once('disconnect', resolve));
      client.socket.io.engine.write(packet);
      await closed;
      expect(test.hub.stats().errors).toBe(errors + 1);
    },
  );

  it('[H4] a message over 10 KiB ends the connection, and nothing else', async () => {
    const client = await connected();
    const other = await connected();
    const closed = new Promise((resolve) => client.socket.on('disconnect', resolve));
    client.socket.emit('subscribe:price', 'x'.repeat(11 * 1_024));
    await closed;
    expect(await other.call('subscribe', { channel: TRADES })).toMatchObject({ ok: true });
  });

  it('a client that leaves leaves no subscription behind', async () => {
    const client = await connected();
    await client.call('subscribe', { channel: TRADES });
    const ended = new Promise<void>((resolve) => {
      const { broker } = test.surroundings;
      const stop = test.surroundings.clock.setInterval(() => {
        if (broker.stats().subscriptions > 0) return;
        stop();
        resolve();
      }, 5);
    });
    client.socket.disconnect();
    await ended;
    expect(test.hub.stats()).toMatchObject({ connections: 0, subscriptions: 0 });
  });
});

it('a client starts with polling and is upgraded to a websocket', async () => {
  const client = test.client();
  const upgraded = new Promise<void>((resolve) => {
    client.socket.io.on('open', () => client.socket.io.engine.once('upgrade', () => resolve()));
  });
  await client.connect();
  await upgraded;
  expect(await client.call('subscribe', { channel: TRADES })).toMatchObject({ ok: true });
});
