import { beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import { MOST_SUBSCRIBED_AT_ONCE, type SubscribeReply } from '#contract/client-events.ts';
import type { Push } from '#contract/pushes.ts';
import { ownerCaller } from '#contract/scopes.ts';
import { HubMeter } from '#main/telemetry/hub-meter.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import {
  SAMPLE_ID,
  sampleFill,
  sampleLog,
  sampleNotification,
  sampleStatus,
  sampleTicker,
  sampleTrade,
} from '#tests/fakes/publications.ts';
import { HubSurroundings, OWNER } from '#tests/fakes/test-hub.ts';
import { PriceBatches } from '../delivery/price-batches.ts';
import { windowSink } from '../delivery/window-sink.ts';
import { HubSession, type SessionNotice } from './session.ts';
import { MAX_SUBSCRIPTIONS } from './subscriptions.ts';

const TICKER = channel.ticker(SAMPLE_ID);
const TRADES = channel.trades(SAMPLE_ID);

let clock: FakeClock;
let rooms: HubSurroundings;
let meter: HubMeter;
let session: HubSession;
let pushes: Push[];
let notices: SessionNotice[];

beforeEach(() => {
  clock = new FakeClock();
  rooms = new HubSurroundings(clock);
  meter = new HubMeter();
  pushes = [];
  notices = [];
  session = new HubSession({
    user: ownerCaller(OWNER.userId),
    sink: {
      ...windowSink({
        isReady: true,
        whenReady: (listener) => listener(),
        deliver: (more) => pushes.push(...more),
        overflow: () => undefined,
      }),
      notify: (notice) => notices.push(notice),
    },
    batches: new PriceBatches(),
    dependencies: rooms,
    meter,
    onClose: () => undefined,
  });
});

const publish = (...items: Parameters<typeof rooms.broker.publish>[0][]) => {
  for (const item of items) rooms.broker.publish(item);
};
/** Performs an event that must succeed, and lets held pushes out. */
const perform = async <T = SubscribeReply>(event: string, payload?: unknown): Promise<T> => {
  const ack = await session.handle(event, payload);
  clock.advance(0);
  expect(ack).toMatchObject({ ok: true });
  return ack as T;
};
const failureOf = async (event: string, payload?: unknown) => {
  const ack = await session.handle(event, payload);
  return ack.ok ? undefined : ack.error;
};
const codeOf = async (event: string, payload?: unknown) => (await failureOf(event, payload))?.code;
const seen = () => pushes.map(({ event, payload }) => `${event} ${payload.seq}`);

describe('subscribe', () => {
  it('[B3] gives position and start in the reply, does not push them, then pushes what follows', async () => {
    publish(sampleTrade(1), sampleTrade(2));
    const reply = await perform('subscribe', { channel: TRADES });
    expect(reply).toMatchObject({ channel: TRADES, offset: 2, recovered: false });
    expect(reply.pushes[0]?.payload).toMatchObject({ prevSeq: 0, seq: 2 });
    expect(pushes).toEqual([]);
    publish(sampleTrade(3));
    clock.advance(16);
    expect(pushes.map((push) => push.payload)).toMatchObject([
      { channel: TRADES, prevSeq: 2, seq: 3, trades: [{ id: '3' }] },
    ]);
  });

  it('resolves a bare symbol, and speaks by the canonical channel from then on', async () => {
    const reply = await perform('subscribe', { channel: 'symbol:BTC/USDT:candles:1m' });
    expect(reply.channel).toBe(channel.candles(SAMPLE_ID, '1m'));
    await perform('unsubscribe', { channel: 'symbol:BTC/USDT:candles:1m' });
    expect(session.subscriptionCount).toBe(0);
  });

  it('[B4] recovers what was missed, or starts afresh', async () => {
    const { epoch } = await perform('subscribe', { channel: TRADES });
    await perform('unsubscribe', { channel: TRADES });
    publish(sampleTrade(1), sampleTrade(2), sampleTrade(3));
    const back = await perform('subscribe', { channel: TRADES, since: { epoch, offset: 1 } });
    expect(back.recovered).toBe(true);
    expect(back.pushes[0]?.payload).toMatchObject({ prevSeq: 1, seq: 3 });
    const again = await perform('subscribe', { channel: TRADES, since: { epoch, offset: 3 } });
    expect(again).toMatchObject({ recovered: true, pushes: [] });
    const since = { epoch: 'of a former life', offset: 3 };
    const fresh = await perform('subscribe', { channel: TRADES, since });
    expect(fresh.recovered).toBe(false);
    expect(fresh.pushes[0]?.payload).toMatchObject({ prevSeq: 0, seq: 3 });
    expect([...meter.resubscriptions.entries()]).toEqual([
      ['recovered', 2],
      ['fresh', 1],
    ]);
    expect([meter.reconnections, meter.publicationsRecovered]).toEqual([1, 2]);
  });

  it('[B3][H2] subscribe:many answers each channel by itself, as subscribe would', async () => {
    publish(sampleTicker(5));
    const channels = [{ channel: TICKER }, { channel: 'bot:gone:status' }, { channel: TRADES }];
    expect(await session.handle('subscribe:many', { channels })).toMatchObject({
      ok: true,
      replies: [
        { ok: true, channel: TICKER, offset: 1, pushes: [{ event: 'price:update' }] },
        { ok: false, error: { code: 'access_denied' } },
        { ok: true, channel: TRADES, offset: 0, pushes: [] },
      ],
    });
    const many = Array.from({ length: MOST_SUBSCRIBED_AT_ONCE + 1 }, () => ({ channel: TICKER }));
    for (const bad of [[], many]) {
      expect(await session.handle('subscribe:many', { channels: bad })).toMatchObject({
        ok: false,
        error: { code: 'invalid_payload' },
      });
    }
  });

  it('twice is once: a fresh reply and no doubled deliveries', async () => {
    await perform('subscribe', { channel: TRADES });
    publish(sampleTrade(1));
    const second = await perform('subscribe', { channel: TRADES });
    expect([second.offset, session.subscriptionCount]).toEqual([1, 1]);
    publish(sampleTrade(2));
    clock.advance(100);
    expect(seen()).toEqual(['trade:new 1', 'trade:new 2']);
  });

  it('[B3] nothing is pushed before the reply is out', async () => {
    const channelName = channel.user(OWNER.userId, 'notifications');
    const reply = session.handle('subscribe', { channel: channelName });
    publish(sampleNotification('n1', OWNER.userId));
    expect([await reply, pushes]).toMatchObject([{ ok: true, offset: 0 }, []]);
    clock.advance(0);
    expect(seen()).toEqual(['notification 1']);
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
    expect(await codeOf('subscribe', { channel: name })).toBe(code);
    expect(session.subscriptionCount).toBe(0);
  });

  it('[H4] a session holds 256 subscriptions, and can renew one when it is full', async () => {
    const name = (index: number) => channel.desk(`room${index}`);
    for (let index = 0; index < MAX_SUBSCRIPTIONS; index += 1) {
      await perform('subscribe', { channel: name(index) });
    }
    expect(await codeOf('subscribe', { channel: name(256) })).toBe('too_many_subscriptions');
    await perform('subscribe', { channel: name(0) });
    expect(session.subscriptionCount).toBe(MAX_SUBSCRIPTIONS);
    rooms.bots.add('b1');
    await perform('bot:subscribe:one', 'b1');
  });

  it('[H4] a session may follow all its bots, however many they are', async () => {
    for (let index = 0; index < 200; index += 1) rooms.bots.add(`bot${index}`);
    const { bots } = await perform<{ bots: string[] }>('bot:subscribe');
    expect(bots).toHaveLength(200);
    expect(session.subscriptionCount).toBe(600);
    await perform('subscribe', { channel: TICKER });
  });

  it('a channel that ended makes room', async () => {
    rooms.bots.add('b1');
    await perform('subscribe', { channel: channel.bot('b1', 'logs') });
    rooms.broker.drop(channel.bot('b1', 'logs'));
    expect(session.subscriptionCount).toBe(0);
  });
});

describe('prices and trades of symbols', () => {
  it('price:subscribe answers with the current price and pushes it at once', async () => {
    publish(sampleTicker(100));
    const ack = await perform<{ channels: SubscribeReply[] }>('price:subscribe', ['BTC/USDT']);
    expect(ack.channels[0]).toMatchObject({ channel: TICKER, offset: 1 });
    expect(ack.channels[0]?.pushes[0]?.payload).toMatchObject({ price: 100 });
    expect(seen()).toEqual(['price:update 1']);
    publish(sampleTicker(101));
    clock.advance(16);
    expect(seen()).toEqual(['price:update 1', 'price:update 2']);
  });

  it('price:subscribe subscribes to all or none', async () => {
    expect(await failureOf('price:subscribe', ['BTC/USDT', 'DOGE/USDT'])).toEqual({
      code: 'unknown_instrument',
      message: '"DOGE/USDT" is not on the watchlist',
    });
    expect(session.subscriptionCount).toBe(0);
  });

  it('the same instrument by two names is one subscription', async () => {
    const ack = await perform<{ channels: SubscribeReply[] }>('price:subscribe', [
      'BTC/USDT',
      SAMPLE_ID,
    ]);
    expect([ack.channels.length, session.subscriptionCount]).toEqual([1, 1]);
  });

  it('price:unsubscribe leaves', async () => {
    await perform('price:subscribe', ['BTC/USDT']);
    expect(await perform('price:unsubscribe', ['BTC/USDT'])).toMatchObject({ channels: [TICKER] });
    publish(sampleTicker(100));
    clock.advance(100);
    expect(pushes).toEqual([]);
  });

  it('subscribe:price and subscribe:trades take one symbol', async () => {
    publish(sampleTicker(100), sampleTrade(1));
    await perform('subscribe:price', 'BTC/USDT');
    const trades = await perform<{ channels: SubscribeReply[] }>('subscribe:trades', 'BTC/USDT');
    // The recent trades stand in the reply only: pushed as well they would be doubled.
    expect(trades.channels[0]?.pushes).toHaveLength(1);
    expect(seen()).toEqual(['price:update 1']);
    publish(sampleTrade(2));
    clock.advance(16);
    expect(seen()).toEqual(['price:update 1', 'trade:new 2']);
  });
});

describe('bots', () => {
  it('[X4.9][H2] tells a bot what it is to do for as long as it may speak for the bot', async () => {
    const command = { botId: 'b1', command: 'stop', id: 'c1' } as const;
    expect(session.command(command)).toBe(true);
    expect(notices).toEqual([{ event: 'bot:command', payload: command }]);
    const granted = { userId: OWNER.userId, scopes: ['publish'], bots: ['b2'] } as const;
    session.changeUser(granted);
    expect(session.command(command)).toBe(false);
    session.changeUser({ ...granted, scopes: ['read'], bots: ['b1'] });
    expect(session.command(command)).toBe(false);
    session.changeUser({ ...granted, bots: ['b1'] });
    expect(session.command(command)).toBe(true);
    session.close();
    expect([session.isOpen, session.command(command)]).toEqual([false, false]);
    expect(notices).toHaveLength(2);
  });

  it('bot:subscribe: status, trades and positions of all bots, told by bot:subscribed', async () => {
    rooms.createBot('b1');
    rooms.createBot('b2');
    publish(sampleStatus('b1', 'running'));
    const ack = await perform<{ bots: string[]; channels: SubscribeReply[] }>('bot:subscribe');
    expect(ack.bots).toEqual(['b1', 'b2']);
    expect(ack.channels).toHaveLength(6);
    expect(notices).toEqual([{ event: 'bot:subscribed', payload: ['b1', 'b2'] }]);
    expect(seen()).toEqual(['bot:status 1']);
    publish(sampleFill('f1', 'b2'), sampleLog('not an overview topic', 'b2'));
    expect(seen()).toEqual(['bot:status 1', 'bot:trade 1']);
  });

  it('bot:subscribe: a bot created later is joined, and told', async () => {
    await perform('bot:subscribe');
    await perform('bot:subscribe');
    rooms.createBot('b9');
    expect(notices.at(-1)).toEqual({ event: 'bot:subscribed', payload: ['b9'] });
    expect(notices).toHaveLength(3);
    publish(sampleFill('f1', 'b9'));
    clock.advance(0);
    expect(seen()).toEqual(['bot:trade 1']);
  });

  it('bot:subscribe:one: all five topics, the current status pushed', async () => {
    rooms.createBot('b1');
    publish(sampleStatus('b1', 'running'), sampleFill('f1'));
    const ack = await perform<{ channels: SubscribeReply[] }>('bot:subscribe:one', 'b1');
    expect(ack.channels.map((reply) => reply.channel)).toEqual(
      (['status', 'trades', 'positions', 'orders', 'logs'] as const).map((topic) =>
        channel.bot('b1', topic),
      ),
    );
    expect(seen()).toEqual(['bot:status 1']);
  });

  it('[H2] bot:subscribe:one: a bot that is not there is denied', async () => {
    expect(await failureOf('bot:subscribe:one', 'stranger')).toEqual({
      code: 'access_denied',
      message: 'Access denied',
    });
  });
});

describe('request', () => {
  it('hands validated params over, with their defaults, and answers with the result', async () => {
    const payload = { method: 'candles.get', params: { instrumentId: SAMPLE_ID, interval: '1m' } };
    expect(await perform('request', payload)).toMatchObject({ result: { fine: true } });
    expect(rooms.requests).toEqual([
      {
        method: 'candles.get',
        params: { instrumentId: SAMPLE_ID, interval: '1m', limit: 500 },
        userId: OWNER.userId,
      },
    ]);
  });

  it('needs no params where the method takes none', async () => {
    await perform('request', { method: 'system.info' });
    expect(rooms.requests).toHaveLength(1);
  });

  it('[H6] names the bad field', async () => {
    const payload = { method: 'candles.get', params: { instrumentId: SAMPLE_ID, interval: '7m' } };
    expect(await failureOf('request', payload)).toMatchObject({
      code: 'invalid_payload',
      message: expect.stringContaining('"interval"'),
    });
    expect(rooms.requests).toEqual([]);
  });

  it.each(['bots.fly', '__proto__', 'constructor', ''])(
    '[H6] "%s" is no method',
    async (method) => {
      expect(await codeOf('request', { method, params: {} })).toBe('unknown_method');
    },
  );

  it('passes a refusal on', async () => {
    rooms.refuse();
    expect(await failureOf('request', { method: 'system.info' })).toEqual({
      code: 'conflict',
      message: 'Not now',
    });
  });

  it('[H6] a bug becomes a failure without its text, and is logged', async () => {
    rooms.answer = () => Promise.reject(new Error('secret detail'));
    const failure = await failureOf('request', { method: 'system.info' });
    expect(failure?.code).toBe('internal');
    expect(JSON.stringify(failure)).not.toContain('secret');
    expect(rooms.logged).toHaveLength(1);
  });
});

describe('[H6] junk', () => {
  it.each(['nope', '__proto__', 'hasOwnProperty', 'toString', ''])(
    'event "%s" is unknown',
    async (event) => {
      expect(await codeOf(event, {})).toBe('unknown_event');
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
    expect(await codeOf(event, payload)).toBe('invalid_payload');
    expect(session.subscriptionCount).toBe(0);
  });

  it('is counted', async () => {
    await session.handle('nope', {});
    await session.handle('subscribe', null);
    expect(meter.errors).toBe(2);
  });
});

describe('close', () => {
  it('leaves everything: no subscription, listener or timer stays', async () => {
    rooms.createBot('b1');
    await session.handle('bot:subscribe', undefined);
    await session.handle('subscribe', { channel: TRADES });
    publish(sampleTrade(1));
    session.close();
    session.close();
    clock.advance(1_000);
    expect(pushes).toEqual([]);
    expect(rooms.broker.stats().subscriptions).toBe(0);
    expect([rooms.botListeners, clock.pendingTimers]).toEqual([0, 0]);
    expect(await codeOf('subscribe', { channel: TRADES })).toBe('unavailable');
  });
});

it('measures from publishing to sending', async () => {
  await perform('subscribe', { channel: TRADES });
  publish(sampleTrade(1));
  clock.advance(16);
  expect(meter.latency()).toEqual({ p50: 16, p95: 16, p99: 16 });
  expect(meter.messagesSent).toBe(1);
});
