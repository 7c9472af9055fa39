import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DecimalString, decimal, toDecimalString } from '#domain/decimal.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { MemoryBotStore } from '#tests/fakes/memory-bot-store.ts';
import { draft, ID, open, prices, trade } from '#tests/fakes/touch-bots.ts';
import { gridStrategy } from './strategies/grid.ts';
import { defineStrategy } from './strategy.ts';

describe('restart', () => {
  it('[X2] a bot that ran goes on with its orders and its grid, and executes nothing twice', () => {
    const store = new MemoryBotStore();
    const before = open({ store });
    before.registry.create(draft());
    before.engine.onEvent(trade(1_000));
    before.engine.onEvent(trade(990));
    const after = open({ store });
    expect(after.registry.list()[0]?.status).toMatchObject({
      state: 'running',
      openOrders: 4,
      fillCount: 1,
    });
    after.engine.onEvent(trade(995));
    expect(store.fills).toHaveLength(1);
    after.engine.onEvent(trade(1_000));
    expect(store.fills.map(({ id, side }) => [id, side])).toEqual([
      ['bot1-f1', 'buy'],
      ['bot1-f2', 'sell'],
    ]);
    expect(prices(store)).toEqual(['buy 980', 'buy 990', 'sell 1010', 'sell 1020']);
  });

  it('[T5] times a fill by the market also where the exchange gives no time, never by the machine', () => {
    const store = new MemoryBotStore();
    const before = open({ store });
    before.registry.create(draft());
    before.engine.onEvent(trade(1_000));
    const recordedTime = 1_600_000_000_000 as EpochMs;
    const quoteAt = (askPrice: number): MarketEvent => ({
      kind: 'quote',
      quote: {
        instrumentId: ID,
        bidPrice: 1 as Price,
        bidSize: 1 as Size,
        askPrice: askPrice as Price,
        askSize: 1 as Size,
        eventTime: null,
        receivedTime: recordedTime,
      },
    });
    const after = open({ store });
    after.engine.onEvent(quoteAt(990));
    expect(store.fills.at(-1)?.eventTime).toBe(recordedTime);
    // Played again from its start: the time of the first run is no longer the market's.
    after.engine.onEvent(trade(1_005));
    const receivedTime = after.clock.now();
    after.engine.onEvent({ kind: 'bookLost', instrumentId: ID, reason: 'restarted', receivedTime });
    after.engine.onEvent(quoteAt(980));
    expect(store.fills.map(({ eventTime }) => eventTime)).toEqual([recordedTime, recordedTime]);
  });

  it('is silent, and says why, while no feed carries its instrument, and can be stopped then', () => {
    const store = new MemoryBotStore();
    const before = open({ store });
    before.registry.create(draft());
    before.engine.onEvent(trade(1_000));
    const after = open({ store, carried: new Set() });
    expect(after.registry.list()[0]?.status).toMatchObject({ state: 'silent', openOrders: 4 });
    after.carried.add(ID);
    after.registry.onInstrumentsChanged();
    expect(after.registry.list()[0]?.status.state).toBe('running');
    const third = open({ store, carried: new Set() });
    third.registry.stop('bot1', 'keep');
    expect(third.registry.list()[0]?.status).toMatchObject({ state: 'stopped', openOrders: 0 });
  });

  it('a strategy that is no longer there, or a state that it cannot read, is an error of that bot only', () => {
    const store = new MemoryBotStore();
    open({ store }).registry.create(draft());
    const { registry } = open({ store, strategies: [] });
    expect(registry.list()[0]?.status).toMatchObject({
      state: 'error',
      error: expect.stringContaining('there is no strategy grid'),
    });
  });

  it('a strategy whose file cannot be used is not taken for one that never was', () => {
    const store = new MemoryBotStore();
    open({ store }).registry.create(draft());
    const whyMissing = (id: string) => `${id}.ts is no strategy (${id}.ts:2)`;
    const { registry } = open({ store, strategies: [], whyMissing });
    const sentence =
      'the file of the strategy grid cannot be used: grid.ts is no strategy (grid.ts:2)';
    expect(registry.list()[0]?.status).toMatchObject({
      ...{ state: 'error', error: `Could not start: ${sentence}` },
    });
    expect(registry.create(draft())).toMatchObject({
      error: { code: 'invalid_payload', message: `strategy: ${sentence}` },
    });
  });
});

describe('a strategy at fault', () => {
  const broken = defineStrategy({
    id: 'grid',
    name: 'Broken',
    description: 'Fails on its first fill.',
    parameters: z.looseObject({}),
    create: () => ({
      state: () => undefined,
      onTrade: (event, context) => {
        const limitPrice = toDecimalString(decimal(event.price));
        if (context.openOrders.length > 0) return;
        const quantity = '0.01' as DecimalString;
        context.place({ type: 'limit', side: 'buy', quantity, limitPrice, why: 'to fail' });
      },
      onFill: () => {
        throw new TypeError('cannot read the future');
      },
    }),
  });

  it('stops with its error shown and its orders cancelled, keeps the fill, and harms no other bot', () => {
    const { engine, registry, store, published } = open({
      strategies: [broken, { ...gridStrategy, id: 'sound' }],
    });
    registry.create(draft());
    registry.create(draft({ strategy: 'sound' }));
    engine.onEvent(trade(1_000));
    engine.onEvent(trade(1_000));
    const [faulty, sound] = registry.list();
    expect(faulty?.status).toMatchObject({
      state: 'error',
      error: 'cannot read the future',
      openOrders: 0,
    });
    expect(sound?.status.state).toBe('running');
    expect(store.fills).toHaveLength(1);
    expect(store.notifications.at(-1)).toMatchObject({ kind: 'bot', severity: 'critical' });
    expect(published).toContainEqual(
      expect.objectContaining({ of: 'botLog', entry: expect.objectContaining({ level: 'error' }) }),
    );
  });
});
