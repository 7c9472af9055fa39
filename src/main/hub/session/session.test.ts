import { beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import { MOST_SUBSCRIBED_AT_ONCE } from '#contract/client-events.ts';
import { MAX_RUN } from '#main/broker/broker.ts';
import {
  SAMPLE_ID,
  sampleLog,
  sampleNotification,
  sampleTicker,
  sampleTrade,
} from '#tests/fakes/publications.ts';
import { SessionBench } from '#tests/fakes/session-bench.ts';
import { OWNER } from '#tests/fakes/test-hub.ts';
import { MAX_SUBSCRIPTIONS } from './subscriptions.ts';

const TICKER = channel.ticker(SAMPLE_ID);
const TRADES = channel.trades(SAMPLE_ID);

let bench: SessionBench;
beforeEach(() => {
  bench = new SessionBench();
});

describe('subscribe', () => {
  it('[B3] gives position and start in the reply, does not push them, then pushes what follows', async () => {
    bench.publish(sampleTrade(1), sampleTrade(2));
    const reply = await bench.perform('subscribe', { channel: TRADES });
    expect(reply).toMatchObject({ channel: TRADES, offset: 2, recovered: false });
    expect(reply.pushes[0]?.payload).toMatchObject({ prevSeq: 0, seq: 2 });
    expect(bench.pushes).toEqual([]);
    bench.publish(sampleTrade(3));
    bench.clock.advance(16);
    expect(bench.pushes.map((push) => push.payload)).toMatchObject([
      { channel: TRADES, prevSeq: 2, seq: 3, trades: [{ id: '3' }] },
    ]);
  });

  it('resolves a bare symbol, and speaks by the canonical channel from then on', async () => {
    const reply = await bench.perform('subscribe', { channel: 'symbol:BTC/USDT:candles:1m' });
    expect(reply.channel).toBe(channel.candles(SAMPLE_ID, '1m'));
    await bench.perform('unsubscribe', { channel: 'symbol:BTC/USDT:candles:1m' });
    expect(bench.session.subscriptionCount).toBe(0);
  });

  it('[B6] sends values no more often than it was asked to, by a single subscription or by many', async () => {
    const channels = [{ channel: TICKER, minIntervalMs: 100 }];
    await bench.perform('subscribe:many', { channels });
    for (let price = 1; price <= 25; price += 1) {
      bench.publish(sampleTicker(price));
      bench.clock.advance(10);
    }
    const prices = () =>
      bench.pushes.map(({ payload }) => ('price' in payload ? payload.price : undefined));
    expect(prices()).toEqual([1, 10, 20]);
    await bench.perform('subscribe', { channel: TICKER, minIntervalMs: 0 });
    bench.publish(sampleTicker(26));
    bench.clock.advance(16);
    expect(prices().slice(3)).toEqual([26]);
    const refused = await bench.session.handle('subscribe', { channel: TICKER, minIntervalMs: -1 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'invalid_payload' } });
  });

  it('[B4] recovers what was missed, or starts afresh', async () => {
    const { epoch } = await bench.perform('subscribe', { channel: TRADES });
    await bench.perform('unsubscribe', { channel: TRADES });
    bench.publish(sampleTrade(1), sampleTrade(2), sampleTrade(3));
    const back = await bench.perform('subscribe', { channel: TRADES, since: { epoch, offset: 1 } });
    expect(back.recovered).toBe(true);
    expect(back.pushes[0]?.payload).toMatchObject({ prevSeq: 1, seq: 3 });
    const again = await bench.perform('subscribe', {
      channel: TRADES,
      since: { epoch, offset: 3 },
    });
    expect(again).toMatchObject({ recovered: true, pushes: [] });
    const since = { epoch: 'of a former life', offset: 3 };
    const fresh = await bench.perform('subscribe', { channel: TRADES, since });
    expect(fresh.recovered).toBe(false);
    expect(fresh.pushes[0]?.payload).toMatchObject({ prevSeq: 0, seq: 3 });
    expect([...bench.meter.resubscriptions.entries()]).toEqual([
      ['recovered', 2],
      ['fresh', 1],
    ]);
    expect([bench.meter.reconnections, bench.meter.publicationsRecovered]).toEqual([1, 2]);
  });

  it('[B3][H2] subscribe:many answers each channel by itself, as subscribe would', async () => {
    bench.publish(sampleTicker(5));
    const channels = [{ channel: TICKER }, { channel: 'bot:gone:status' }, { channel: TRADES }];
    expect(await bench.session.handle('subscribe:many', { channels })).toMatchObject({
      ok: true,
      replies: [
        { ok: true, channel: TICKER, offset: 1, pushes: [{ event: 'price:update' }] },
        { ok: false, error: { code: 'access_denied' } },
        { ok: true, channel: TRADES, offset: 0, pushes: [] },
      ],
    });
    const many = Array.from({ length: MOST_SUBSCRIBED_AT_ONCE + 1 }, () => ({ channel: TICKER }));
    for (const bad of [[], many]) {
      expect(await bench.session.handle('subscribe:many', { channels: bad })).toMatchObject({
        ok: false,
        error: { code: 'invalid_payload' },
      });
    }
  });

  it('[B3] twice is once: what waited stands in the fresh reply, and is not pushed behind it', async () => {
    await bench.perform('subscribe', { channel: TRADES });
    bench.publish(sampleTrade(1));
    const second = await bench.perform('subscribe', { channel: TRADES });
    expect([second.offset, bench.session.subscriptionCount]).toEqual([1, 1]);
    expect(second.pushes.map(({ payload }) => payload.seq)).toEqual([1]);
    bench.publish(sampleTrade(2));
    bench.clock.advance(100);
    expect(bench.seen()).toEqual(['trade:new 2']);
  });

  it('[B3] what was held back for a reply is not pushed once its channel was left', async () => {
    await bench.perform('subscribe', { channel: TRADES });
    const reply = bench.session.handle('subscribe', { channel: TICKER });
    bench.publish(...Array.from({ length: MAX_RUN }, (_, index) => sampleTrade(index)));
    await bench.session.handle('unsubscribe', { channel: TRADES });
    await reply;
    bench.clock.advance(100);
    expect(bench.seen()).toEqual([]);
  });

  it('[B3] nothing is pushed before the reply is out', async () => {
    const channelName = channel.user(OWNER.userId, 'notifications');
    const reply = bench.session.handle('subscribe', { channel: channelName });
    bench.publish(sampleNotification('n1', OWNER.userId));
    expect([await reply, bench.pushes]).toMatchObject([{ ok: true, offset: 0 }, []]);
    bench.clock.advance(0);
    expect(bench.seen()).toEqual(['notification 1']);
  });

  it.each([
    ['nonsense', 'unknown_channel'],
    ['symbol:BTC/USDT:weather', 'unknown_channel'],
    ['user:owner:__proto__', 'unknown_channel'],
    ['symbol:DOGE/USDT:ticker', 'unknown_instrument'],
    ['symbol:kraken:BTC/USDT:trades', 'unknown_instrument'],
    ['bot:stranger:status', 'access_denied'],
    ['user:someone-else:notifications', 'access_denied'],
  ])('[H2] %s is refused: %s', async (name, code) => {
    expect(await bench.codeOf('subscribe', { channel: name })).toBe(code);
    expect(bench.session.subscriptionCount).toBe(0);
  });

  it('[H4] a session holds 256 subscriptions, and can renew one when it is full', async () => {
    const name = (index: number) => channel.desk(`room${index}`);
    for (let index = 0; index < MAX_SUBSCRIPTIONS; index += 1) {
      await bench.perform('subscribe', { channel: name(index) });
    }
    expect(await bench.codeOf('subscribe', { channel: name(256) })).toBe('too_many_subscriptions');
    await bench.perform('subscribe', { channel: name(0) });
    expect(bench.session.subscriptionCount).toBe(MAX_SUBSCRIPTIONS);
    bench.rooms.bots.add('b1');
    await bench.perform('bot:subscribe:one', 'b1');
  });

  it('[H4] a session may follow all its bots, however many they are', async () => {
    for (let index = 0; index < 200; index += 1) bench.rooms.bots.add(`bot${index}`);
    const { bots } = await bench.perform<{ bots: string[] }>('bot:subscribe');
    expect(bots).toHaveLength(200);
    expect(bench.session.subscriptionCount).toBe(600);
    await bench.perform('subscribe', { channel: TICKER });
  });

  it('a channel that ended makes room', async () => {
    bench.rooms.bots.add('b1');
    await bench.perform('subscribe', { channel: channel.bot('b1', 'logs') });
    bench.rooms.broker.drop(channel.bot('b1', 'logs'));
    expect(bench.session.subscriptionCount).toBe(0);
  });

  it('[B1] a channel that ended says so behind the last of it, and is another one from then on', async () => {
    bench.rooms.bots.add('b1');
    const logs = channel.bot('b1', 'logs');
    const { epoch } = await bench.perform('subscribe', { channel: logs });
    bench.publish(sampleLog('a'));
    bench.rooms.broker.drop(logs);
    bench.publish(sampleLog('of another life'));
    expect(bench.seen()).toEqual(['bot:log 1', 'ended 1']);
    const since = { epoch, offset: 1 };
    const again = await bench.perform('subscribe', { channel: logs, since });
    expect(again.recovered).toBe(false);
  });
});

describe('request', () => {
  it('hands validated params over, with their defaults, and answers with the result', async () => {
    const payload = { method: 'candles.get', params: { instrumentId: SAMPLE_ID, interval: '1m' } };
    expect(await bench.perform('request', payload)).toMatchObject({ result: { fine: true } });
    expect(bench.rooms.requests).toEqual([
      {
        method: 'candles.get',
        params: { instrumentId: SAMPLE_ID, interval: '1m', limit: 500 },
        userId: OWNER.userId,
      },
    ]);
  });

  it('needs no params where the method takes none', async () => {
    await bench.perform('request', { method: 'system.info' });
    expect(bench.rooms.requests).toHaveLength(1);
  });

  it('[H6] names the bad field', async () => {
    const payload = { method: 'candles.get', params: { instrumentId: SAMPLE_ID, interval: '7m' } };
    expect(await bench.failureOf('request', payload)).toMatchObject({
      code: 'invalid_payload',
      message: expect.stringContaining('"interval"'),
    });
    expect(bench.rooms.requests).toEqual([]);
  });

  it.each(['bots.fly', '__proto__', 'constructor', ''])(
    '[H6] "%s" is no method',
    async (method) => {
      expect(await bench.codeOf('request', { method, params: {} })).toBe('unknown_method');
    },
  );

  it('passes a refusal on', async () => {
    bench.rooms.refuse();
    expect(await bench.failureOf('request', { method: 'system.info' })).toEqual({
      code: 'conflict',
      message: 'Not now',
    });
  });

  it('[H6] a bug becomes a failure without its text, and is logged', async () => {
    bench.rooms.answer = () => Promise.reject(new Error('secret detail'));
    const failure = await bench.failureOf('request', { method: 'system.info' });
    expect(failure?.code).toBe('internal');
    expect(JSON.stringify(failure)).not.toContain('secret');
    expect(bench.rooms.logged).toHaveLength(1);
  });
});

describe('[H6] junk', () => {
  it.each(['nope', '__proto__', 'hasOwnProperty', 'toString', ''])(
    'event "%s" is unknown',
    async (event) => {
      expect(await bench.codeOf(event, {})).toBe('unknown_event');
    },
  );

  it.each([
    ['subscribe', undefined],
    ['subscribe', null],
    ['subscribe', { channel: 7 }],
    ['subscribe', { channel: TICKER, extra: true }],
    ['subscribe', { channel: TICKER, since: { offset: 3 } }],
    ['subscribe', { channel: TICKER, since: { epoch: 'e', offset: -1 } }],
    ['subscribe', { channel: 'x'.repeat(5_000) }],
    ['price:subscribe', 'BTC/USDT'],
    ['price:subscribe', Array.from({ length: 257 }, () => 'BTC/USDT')],
    ['price:subscribe', [null]],
    ['subscribe:price', ['BTC/USDT']],
    ['subscribe:trades', undefined],
    ['bot:subscribe', 'all'],
    ['bot:subscribe:one', '../etc'],
    ['unsubscribe', []],
    ['request', 'bots.list'],
    ['request', { method: 7 }],
  ])('%s with a bad payload', async (event, payload) => {
    expect(await bench.codeOf(event, payload)).toBe('invalid_payload');
    expect(bench.session.subscriptionCount).toBe(0);
  });

  it('is counted', async () => {
    await bench.session.handle('nope', {});
    await bench.session.handle('subscribe', null);
    expect(bench.meter.errors).toBe(2);
  });
});

describe('close', () => {
  it('leaves everything: no subscription, listener or timer stays', async () => {
    bench.rooms.createBot('b1');
    await bench.session.handle('bot:subscribe', undefined);
    await bench.session.handle('subscribe', { channel: TRADES });
    bench.publish(sampleTrade(1));
    bench.session.close();
    bench.session.close();
    bench.clock.advance(1_000);
    expect(bench.pushes).toEqual([]);
    expect(bench.rooms.broker.stats().subscriptions).toBe(0);
    expect([bench.rooms.botListeners, bench.clock.pendingTimers]).toEqual([0, 0]);
    expect(await bench.codeOf('subscribe', { channel: TRADES })).toBe('unavailable');
  });
});

it('measures from publishing to sending', async () => {
  await bench.perform('subscribe', { channel: TRADES });
  bench.publish(sampleTrade(1));
  bench.clock.advance(4);
  bench.publish(sampleTrade(2));
  bench.clock.advance(12);
  expect(bench.meter.latency()).toEqual({ p50: 0, p95: 4, p99: 4 });
  expect(bench.meter.messagesSent).toBe(2);
});
