import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import type { Publishable } from '#contract/publications.ts';
import type { RequestParams } from '#contract/requests.ts';
import { type DecimalString, decimal, toDecimalString } from '#domain/decimal.ts';
import { type Instrument, type InstrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { OrderBook } from '#domain/order-book.ts';
import { applyExecution, type Execution, flatPosition } from '#domain/position.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { MemoryBotStore } from '#tests/fakes/memory-bot-store.ts';
import { TouchAccount } from '#tests/fakes/touch-account.ts';
import type { Bot } from './bot.ts';
import { BotEngine } from './bot-engine.ts';
import { BotLifecycle } from './bot-lifecycle.ts';
import { BotRegistry } from './bot-registry.ts';
import { RiskDesk } from './risk/risk-desk.ts';
import { gridStrategy } from './strategies/grid.ts';
import { defineStrategy, type StrategyDefinition } from './strategy.ts';

const ID = 'demo:BTC/USDT' as InstrumentId;
const instrument: Instrument = {
  id: ID,
  exchange: 'demo',
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  priceIncrement: 0.1,
  sizeIncrement: 0.001,
  ...UNKNOWN_TERMS,
};

let nextTradeId = 0;
function trade(price: number): MarketEvent {
  nextTradeId += 1;
  const time = (1_700_000_000_000 + nextTradeId) as EpochMs;
  return {
    kind: 'trade',
    trade: {
      instrumentId: ID,
      id: String(nextTradeId),
      price: price as Price,
      size: 1 as Size,
      aggressorSide: 'buy',
      eventTime: time,
      receivedTime: time,
    },
  };
}

interface World {
  readonly store?: MemoryBotStore;
  readonly strategies?: readonly StrategyDefinition[];
  readonly carried?: Set<InstrumentId>;
  readonly markPrice?: () => number;
}

function open({
  store = new MemoryBotStore(),
  strategies = [gridStrategy],
  carried = new Set([ID]),
  markPrice = () => 1_000,
}: World = {}) {
  const published: Publishable[] = [];
  const faults: unknown[] = [];
  const clock = new FakeClock();
  const shared = {
    store,
    strategies,
    clock,
    findInstrument: (id: InstrumentId) => (carried.has(id) ? instrument : undefined),
    markPrice,
  };
  const engine = new BotEngine({
    ...shared,
    sharesFlushes: false,
    ticks: () => 0,
    userId: 'owner',
    market: () => ({ book: new OrderBook(ID), quote: null, lastTrade: null }),
    history: () => () => [],
    createAccount: (config, _instrument, state) =>
      new TouchAccount(
        config.id,
        state.openOrders,
        [state.orderSequence, state.fillSequence],
        state.position,
      ),
    publish: (item) => published.push(item),
    onFault: (_botId, fault) => faults.push(fault),
  });
  let ids = 0;
  const bots = new Map<string, Bot>();
  const everyBot = () => bots.values();
  const risk = new RiskDesk({ store: NO_LIMITS, bots: everyBot, markPrice: () => 1_000 });
  const lifecycle = new BotLifecycle({
    ...{ engine, risk, clock, bots: everyBot, looksBetweenEvents: true },
    findStrategy: (id) => strategies.find((strategy) => strategy.id === id),
  });
  const registry = new BotRegistry({
    ...shared,
    bots,
    engine,
    lifecycle,
    createId: () => {
      ids += 1;
      return `bot${ids}`;
    },
  });
  registry.onInstrumentsChanged();
  return { engine, registry, store, published, faults, clock, carried };
}

const NO_LIMITS = {
  killState: () => null,
  saveKillState: () => undefined,
  globalLimits: () => ({}),
};

const draft = (over: Partial<RequestParams<'bots.create'>> = {}): RequestParams<'bots.create'> => ({
  name: 'Grid',
  strategy: 'grid',
  instrumentId: ID,
  params: { levels: 2, spacingBps: 100, quantity: '0.01' },
  initialCash: '10000' as DecimalString,
  makerFeeBps: 10,
  takerFeeBps: 10,
  ...DEFAULT_BOT_SETTINGS,
  start: true,
  ...over,
});

const prices = (store: MemoryBotStore) =>
  store
    .openOrders('bot1')
    .map(({ side, limitPrice }) => `${side} ${limitPrice}`)
    .sort();

describe('the fees of a new bot', () => {
  it('are what the exchange takes where the user says nothing', () => {
    const { registry } = open();
    const { makerFeeBps: _, takerFeeBps: __, ...silent } = draft();
    expect(registry.create(silent)).toMatchObject({
      value: { config: { makerFeeBps: 10, takerFeeBps: 10 } },
    });
    expect(registry.create({ ...silent, makerFeeBps: -1 })).toMatchObject({
      value: { config: { makerFeeBps: -1, takerFeeBps: 10 } },
    });
  });
});

describe('grid strategy', () => {
  it('lays its levels around the first price', () => {
    const { engine, registry, store } = open();
    registry.create(draft());
    engine.onEvent(trade(1_000));
    expect(prices(store)).toEqual(['buy 980', 'buy 990', 'sell 1010', 'sell 1020']);
  });

  it('answers a filled level with the opposite order one level further in', () => {
    const { engine, registry, store } = open();
    registry.create(draft());
    engine.onEvent(trade(1_000));
    engine.onEvent(trade(990));
    expect(prices(store)).toEqual(['buy 980', 'sell 1000', 'sell 1010', 'sell 1020']);
    engine.onEvent(trade(1_000));
    expect(prices(store)).toEqual(['buy 980', 'buy 990', 'sell 1010', 'sell 1020']);
  });

  it('describes its parameters from its own schema', () => {
    const [grid] = open().registry.strategies();
    expect(grid?.parameters).toContainEqual({
      name: 'levels',
      label: 'Levels a side',
      description: expect.stringContaining('buy orders below'),
      kind: 'integer',
      unit: 'orders',
      default: 5,
      minimum: 1,
      maximum: 50,
      options: null,
      whileRunning: null,
    });
    expect(grid?.parameters.map(({ kind }) => kind)).toEqual(['integer', 'number', 'decimal']);
  });
});

describe('creating and changing', () => {
  it.each([
    [{ strategy: 'astrology' }, 'strategy'],
    [{ params: { levels: 0, spacingBps: 10, quantity: '1' } }, 'params.levels'],
    [{ params: { quantity: '-1' } }, 'params.quantity'],
    [{ params: { lucky: 7 } }, 'params'],
    [{ initialCash: '-5' as DecimalString }, 'initialCash'],
  ])('refuses %j and names the field', (over, field) => {
    const { registry, store } = open();
    const result = registry.create(draft(over));
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid_payload' } });
    expect(!result.ok && result.error.message).toContain(field);
    expect(store.list()).toEqual([]);
  });

  it('refuses an instrument that no feed carries', () => {
    const result = open({ carried: new Set() }).registry.create(draft());
    expect(result).toMatchObject({ ok: false, error: { code: 'unknown_instrument' } });
  });

  it('changes a name while running, parameters and cash only while stopped', () => {
    const { registry } = open();
    registry.create(draft());
    const renamed = registry.update({ botId: 'bot1', changes: { name: 'Other' } });
    expect(renamed).toMatchObject({ ok: true, value: { config: { name: 'Other' } } });
    const changes = { params: { levels: 3 }, initialCash: '12000' as DecimalString };
    expect(registry.update({ botId: 'bot1', changes })).toMatchObject({
      ok: false,
      error: { code: 'invalid_state' },
    });
    registry.stop('bot1', 'keep');
    expect(registry.update({ botId: 'bot1', changes })).toMatchObject({
      ok: true,
      value: { config: { params: { levels: 3 } }, status: { cash: '12000' } },
    });
  });

  it('removes only a stopped bot, and tells of it', () => {
    const { registry } = open();
    const removed: string[] = [];
    registry.onRemoved((id) => removed.push(id));
    registry.create(draft());
    expect(registry.remove('bot1')).toMatchObject({ ok: false, error: { code: 'invalid_state' } });
    registry.stop('bot1', 'keep');
    expect(registry.remove('bot1')).toMatchObject({ ok: true });
    expect(removed).toEqual(['bot1']);
    expect(registry.get('bot1')).toMatchObject({ ok: false, error: { code: 'unknown_bot' } });
  });

  it('stopping cancels open orders and the next start is a fresh grid', () => {
    const { engine, registry, store } = open();
    registry.create(draft());
    engine.onEvent(trade(1_000));
    registry.stop('bot1', 'keep');
    expect(prices(store)).toEqual([]);
    registry.start('bot1');
    engine.onEvent(trade(2_000));
    expect(prices(store)).toEqual(['buy 1960', 'buy 1980', 'sell 2020', 'sell 2040']);
  });
});

describe('order of things', () => {
  it('writes fill, order, position and notification before anyone hears of the fill', () => {
    const store = new MemoryBotStore();
    const { engine, registry, published } = open({ store });
    registry.create(draft());
    engine.onEvent(trade(1_000));
    published.length = 0;
    const seen: number[] = [];
    published.push = (...items) => {
      seen.push(store.fills.length);
      return Array.prototype.push.apply(published, items);
    };
    engine.onEvent(trade(990));
    expect(seen.every((count) => count === 1)).toBe(true);
    const kinds = published.map(({ of }) => of);
    expect(kinds).toEqual(
      expect.arrayContaining(['order', 'fill', 'notification', 'position', 'botStatus']),
    );
    expect(kinds.indexOf('order')).toBeLessThan(kinds.indexOf('fill'));
    expect(store.notifications).toMatchObject([
      {
        id: 'fill-bot1-f1',
        title: 'Bought 0.01 BTC at 990',
        source: { botId: 'bot1', fillId: 'bot1-f1' },
      },
    ]);
  });

  it('a ledger that cannot be written stops the bot, and publishes nothing that is not on disk', () => {
    const { engine, registry, store, published, faults } = open();
    registry.create(draft());
    engine.onEvent(trade(1_000));
    store.failure = new Error('disk full');
    published.length = 0;
    engine.onEvent(trade(990));
    expect(published.some(({ of }) => of === 'fill')).toBe(false);
    expect(registry.list()[0]?.status).toMatchObject({
      state: 'error',
      error: expect.stringContaining('disk full'),
    });
    expect(faults).toHaveLength(2);
    store.failure = null;
    engine.onEvent(trade(990));
    expect(store.fills).toEqual([]);
  });

  it('publishes equity and position of a bot that holds something at most four times a second', () => {
    const store = new MemoryBotStore();
    open({ store }).registry.create(draft());
    const execution = { side: 'buy', quantity: '1', price: '1000', fee: '0' } as Execution;
    const flat = flatPosition('bot1', ID, 0 as EpochMs);
    store.position = () => applyExecution(flat, execution).position;
    let price = 1_000;
    const { engine, published, clock } = open({ store, markPrice: () => price });
    engine.onEvent(trade(1_000));
    clock.advance(250);
    published.length = 0;
    for (; price < 1_009; price += 1) engine.onEvent(trade(price));
    expect(published).toEqual([]);
    clock.advance(250);
    expect(published).toMatchObject([
      { of: 'position', position: { unrealizedPnl: '9' } },
      { of: 'botStatus', status: { equity: '11009' } },
    ]);
    clock.advance(1_000);
    expect(published).toHaveLength(2);
  });

  it('publishes nothing of a bot that holds nothing, whatever its market does', () => {
    let price = 1_000;
    const { engine, registry, published, clock } = open({ markPrice: () => price });
    registry.create(draft());
    engine.onEvent(trade(1_000));
    published.length = 0;
    for (price = 991; price < 999; price += 1) {
      engine.onEvent(trade(price));
      clock.advance(250);
    }
    expect(published).toEqual([]);
  });
});

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
