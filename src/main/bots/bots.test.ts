import { describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import { applyExecution, type Execution, flatPosition } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import { MemoryBotStore } from '#tests/fakes/memory-bot-store.ts';
import { draft, ID, open, prices, trade } from '#tests/fakes/touch-bots.ts';

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
