import { describe, expect, it } from 'vitest';
import type { RequestParams } from '#contract/requests.ts';
import { decimal } from '#domain/decimal.ts';
import { openPaperFleet } from '#tests/fakes/paper-fleet.ts';
import { limits, money, refusal, running, unwrap } from '#tests/fakes/running-grid.ts';

describe('changing a bot that runs', () => {
  it('takes name, fees, limits and schedule at once', () => {
    const bot = running();
    const changes = { name: 'Other', makerFeeBps: 1, limits: limits({ maxOpenOrders: 3 }) };
    const { config } = unwrap(bot.own.update({ botId: 'bot1', changes }));
    expect(config).toMatchObject({ name: 'Other', makerFeeBps: 1, takerFeeBps: 10 });
    expect(bot.ledger.bots.get('bot1')?.config).toEqual(config);
    expect(bot.status().state).toBe('running');
  });

  it('keeps each limit that is not named, and takes away one that is null (rule X3)', () => {
    const { own } = running({ limits: limits({ maxDailyLoss: money('50'), maxOpenOrders: 3 }) });
    const changed = { maxOrderValue: money('100'), maxOpenOrders: null };
    const { config } = unwrap(own.update({ botId: 'bot1', changes: { limits: changed } }));
    expect(config.limits).toEqual(
      limits({ maxDailyLoss: money('50'), maxOrderValue: money('100'), maxOpenOrders: null }),
    );
  });

  it('books cash as a deposit, never as profit', () => {
    const bot = running();
    bot.buyFirst();
    const before = bot.status();
    unwrap(bot.own.update({ botId: 'bot1', changes: { initialCash: money('15000') } }));
    const after = bot.status();
    expect(decimal(after.cash).minus(before.cash).toFixed()).toBe('5000');
    expect(after).toMatchObject({ pnlToday: before.pnlToday, drawdown: before.drawdown });
    bot.trade(985);
    expect(bot.status()).toMatchObject({ pnlToday: before.pnlToday });
    const taken = bot.own.update({ botId: 'bot1', changes: { initialCash: money('1') } });
    expect(refusal(taken)).toMatch(/^initialCash: only .* can be taken out$/);
  });

  it('takes a safe parameter while it runs, keeps its orders, and says when it takes effect', () => {
    const bot = running();
    bot.buyFirst();
    const params = { levels: 2, spacingBps: 100, quantity: '0.3' };
    unwrap(bot.own.update({ botId: 'bot1', changes: { params } }));
    expect(bot.status().state).toBe('running');
    expect(bot.ledger.botLogs.list('bot1', 1_000).map(({ message }) => message)).toContain(
      'Its parameters change: quantity from 0.1 to 0.3, which takes effect for the orders that it places from then on',
    );
    expect(bot.ledger.orders.open('bot1').map(({ quantity }) => quantity)).not.toContain('0.3');
    bot.trade(975);
    expect(bot.ledger.orders.open('bot1').map(({ quantity }) => quantity)).toContain('0.3');
  });

  it('keeps each parameter that is not named', () => {
    const { own } = running();
    const params = { quantity: '0.3' };
    const { config } = unwrap(own.update({ botId: 'bot1', changes: { params } }));
    expect(config.params).toEqual({ levels: 2, spacingBps: 100, quantity: '0.3' });
  });

  it('refuses with a sentence what needs a stop', () => {
    const bot = running();
    const update = (changes: RequestParams<'bots.update'>['changes']) =>
      refusal(bot.own.update({ botId: 'bot1', changes }));
    expect(update({ params: { levels: 3, spacingBps: 50, quantity: '0.1' } })).toBe(
      'Stop the bot before changing levels, spacingBps; quantity can change while it runs',
    );
    expect(update({ latencyMs: 5, leverage: 2 })).toBe('done');
    expect(update({ params: { levels: 2, spacingBps: 100, quantity: '0.1' } })).toBe('done');
  });
});

describe('a clone', () => {
  it('has the same settings, nothing done yet, and does not run', () => {
    const bot = running({ limits: limits({ maxOpenOrders: 9 }) });
    bot.buyFirst();
    const copy = unwrap(bot.own.clone({ botId: 'bot1' }));
    expect(copy.config).toMatchObject({ id: 'bot2', name: 'Grid (copy)', strategy: 'grid' });
    expect(copy.config.limits.maxOpenOrders).toBe(9);
    expect(copy.status).toMatchObject({ state: 'stopped', fillCount: 0, equity: '10000' });
  });
});

describe('archiving', () => {
  it('is not put out of sight with orders that could still be filled', () => {
    const bot = running({ start: false });
    const draft = { type: 'limit', side: 'buy', quantity: money('0.1') } as const;
    const order = unwrap(bot.own.placeOrder('bot1', { ...draft, limitPrice: money('990') }));
    const archive = () => bot.own.archive('bot1', true);
    expect(refusal(archive())).toBe('It still has open orders: cancel them first');
    unwrap(bot.own.cancelOrder(order));
    expect(unwrap(archive()).config.archivedTime).not.toBeNull();
  });

  it('puts a stopped bot out of sight, keeps its history, and brings it back', () => {
    const bot = running();
    bot.buyFirst();
    expect(refusal(bot.fleet.archive('bot1', true))).toMatch(/^Stop the bot/);
    unwrap(bot.own.stop('bot1', 'keep'));
    expect(refusal(bot.fleet.archive('bot1', true))).toMatch(/^It still holds 0.1/);
    unwrap(bot.own.stop('bot1', 'flatten'));
    unwrap(bot.fleet.archive('bot1', true));
    expect(bot.fleet.list()).toEqual([]);
    expect(bot.fleet.archived()).toHaveLength(1);
    expect(refusal(bot.own.start('bot1'))).toMatch(/^It is archived/);
    expect(bot.ledger.fills.count('bot1')).toBe(2);
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    expect(again.fleet.list()).toEqual([]);
    unwrap(again.fleet.archive('bot1', false));
    expect(again.fleet.list()).toHaveLength(1);
  });
});
