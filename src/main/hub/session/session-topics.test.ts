import { beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { SubscribeReply } from '#contract/client-events.ts';
import {
  SAMPLE_ID,
  sampleFill,
  sampleLog,
  sampleStatus,
  sampleTicker,
  sampleTrade,
} from '#tests/fakes/publications.ts';
import { SessionBench } from '#tests/fakes/session-bench.ts';
import { OWNER } from '#tests/fakes/test-hub.ts';

const TICKER = channel.ticker(SAMPLE_ID);
const _TRADES = channel.trades(SAMPLE_ID);

let bench: SessionBench;
beforeEach(() => {
  bench = new SessionBench();
});

describe('prices and trades of symbols', () => {
  it('price:subscribe answers with the current price and pushes it at once', async () => {
    bench.publish(sampleTicker(100));
    const ack = await bench.perform<{ channels: SubscribeReply[] }>('price:subscribe', [
      'BTC/USDT',
    ]);
    expect(ack.channels[0]).toMatchObject({ channel: TICKER, offset: 1 });
    expect(ack.channels[0]?.pushes[0]?.payload).toMatchObject({ price: 100 });
    expect(bench.seen()).toEqual(['price:update 1']);
    bench.publish(sampleTicker(101));
    bench.clock.advance(16);
    expect(bench.seen()).toEqual(['price:update 1', 'price:update 2']);
  });

  it('price:subscribe subscribes to all or none', async () => {
    expect(await bench.failureOf('price:subscribe', ['BTC/USDT', 'DOGE/USDT'])).toEqual({
      code: 'unknown_instrument',
      message: '"DOGE/USDT" is not on the watchlist',
    });
    expect(bench.session.subscriptionCount).toBe(0);
  });

  it('the same instrument by two names is one subscription', async () => {
    const ack = await bench.perform<{ channels: SubscribeReply[] }>('price:subscribe', [
      'BTC/USDT',
      SAMPLE_ID,
    ]);
    expect([ack.channels.length, bench.session.subscriptionCount]).toEqual([1, 1]);
  });

  it('price:unsubscribe leaves', async () => {
    await bench.perform('price:subscribe', ['BTC/USDT']);
    expect(await bench.perform('price:unsubscribe', ['BTC/USDT'])).toMatchObject({
      channels: [TICKER],
    });
    bench.publish(sampleTicker(100));
    bench.clock.advance(100);
    expect(bench.pushes).toEqual([]);
  });

  it('subscribe:price and subscribe:trades take one symbol', async () => {
    bench.publish(sampleTicker(100), sampleTrade(1));
    await bench.perform('subscribe:price', 'BTC/USDT');
    const trades = await bench.perform<{ channels: SubscribeReply[] }>(
      'subscribe:trades',
      'BTC/USDT',
    );
    // The recent trades stand in the reply only: pushed as well they would be doubled.
    expect(trades.channels[0]?.pushes).toHaveLength(1);
    expect(bench.seen()).toEqual(['price:update 1']);
    bench.publish(sampleTrade(2));
    bench.clock.advance(16);
    expect(bench.seen()).toEqual(['price:update 1', 'trade:new 2']);
  });
});

describe('bots', () => {
  it('[X4.9][H2] tells a bot what it is to do for as long as it may speak for the bot', async () => {
    const command = { botId: 'b1', command: 'stop', id: 'c1' } as const;
    expect(bench.session.command(command)).toBe(true);
    expect(bench.notices).toEqual([{ event: 'bot:command', payload: command }]);
    const granted = { userId: OWNER.userId, scopes: ['publish'], bots: ['b2'] } as const;
    bench.session.changeUser(granted);
    expect(bench.session.command(command)).toBe(false);
    bench.session.changeUser({ ...granted, scopes: ['read'], bots: ['b1'] });
    expect(bench.session.command(command)).toBe(false);
    bench.session.changeUser({ ...granted, bots: ['b1'] });
    expect(bench.session.command(command)).toBe(true);
    bench.session.close();
    expect([bench.session.isOpen, bench.session.command(command)]).toEqual([false, false]);
    expect(bench.notices).toHaveLength(2);
  });

  it('bot:subscribe: status, trades and positions of all bots, told by bot:subscribed', async () => {
    bench.rooms.createBot('b1');
    bench.rooms.createBot('b2');
    bench.publish(sampleStatus('b1', 'running'));
    const ack = await bench.perform<{ bots: string[]; channels: SubscribeReply[] }>(
      'bot:subscribe',
    );
    expect(ack.bots).toEqual(['b1', 'b2']);
    expect(ack.channels).toHaveLength(6);
    expect(bench.notices).toEqual([{ event: 'bot:subscribed', payload: ['b1', 'b2'] }]);
    expect(bench.seen()).toEqual(['bot:status 1']);
    bench.publish(sampleFill('f1', 'b2'), sampleLog('not an overview topic', 'b2'));
    expect(bench.seen()).toEqual(['bot:status 1', 'bot:trade 1']);
  });

  it('bot:subscribe: a bot created later is joined, and told', async () => {
    await bench.perform('bot:subscribe');
    await bench.perform('bot:subscribe');
    bench.rooms.createBot('b9');
    expect(bench.notices.at(-1)).toEqual({ event: 'bot:subscribed', payload: ['b9'] });
    expect(bench.notices).toHaveLength(3);
    bench.publish(sampleFill('f1', 'b9'));
    bench.clock.advance(0);
    expect(bench.seen()).toEqual(['bot:trade 1']);
  });

  it('bot:subscribe:one: all five topics, the current status pushed', async () => {
    bench.rooms.createBot('b1');
    bench.publish(sampleStatus('b1', 'running'), sampleFill('f1'));
    const ack = await bench.perform<{ channels: SubscribeReply[] }>('bot:subscribe:one', 'b1');
    expect(ack.channels.map((reply) => reply.channel)).toEqual(
      (['status', 'trades', 'positions', 'orders', 'logs'] as const).map((topic) =>
        channel.bot('b1', topic),
      ),
    );
    expect(bench.seen()).toEqual(['bot:status 1']);
  });

  it('[H2] bot:subscribe:one: a bot that is not there is denied', async () => {
    expect(await bench.failureOf('bot:subscribe:one', 'stranger')).toEqual({
      code: 'access_denied',
      message: 'Access denied',
    });
  });
});
