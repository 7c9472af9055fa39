import { describe, expect, it } from 'vitest';
import { draftOfManualOrder, manualOrderSchema } from '#contract/manual-order.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { openPaperFleet, PAPER_ID } from '#tests/fakes/paper-fleet.ts';
import { money, refusal, running, unwrap } from '#tests/fakes/running-grid.ts';

describe('pausing', () => {
  it('keeps position and orders, but off the market, and goes on as it was', () => {
    const bot = running();
    bot.buyFirst();
    const before = bot.open();
    expect(before).toHaveLength(4);
    unwrap(bot.own.pause('bot1', 'keep'));
    expect(bot.status()).toMatchObject({
      ...{ state: 'paused', pausedBy: 'user', openOrders: 4, fillCount: 1 },
      reason: 'Paused by the user; its orders wait off the market',
    });
    bot.book(1_030);
    bot.trade(1_030);
    bot.book(1_000);
    bot.trade(1_000);
    expect(bot.status()).toMatchObject({ openOrders: 4, fillCount: 1 });
    unwrap(bot.own.start('bot1'));
    expect(bot.status()).toMatchObject({ state: 'running', pausedBy: null, reason: null });
    expect(bot.open()).toEqual(before);
    bot.book(1_015);
    bot.trade(1_015);
    expect(bot.status().fillCount).toBeGreaterThan(1);
  });

  it('cancels the orders where that is asked for', () => {
    const bot = running();
    unwrap(bot.own.pause('bot1', 'cancel'));
    expect(bot.open()).toEqual([]);
    expect(bot.status()).toMatchObject({ state: 'paused', openOrders: 0 });
  });

  it('is of bots that run only', () => {
    const bot = running({ start: false });
    expect(refusal(bot.own.pause('bot1', 'keep'))).toMatch(/^Only a bot that runs/);
  });

  it('sends nothing that the user orders by hand', () => {
    const bot = running();
    unwrap(bot.own.pause('bot1', 'keep'));
    const draft = { type: 'market', side: 'buy', quantity: money('0.1') } as const;
    expect(refusal(bot.own.placeOrder('bot1', draft))).toMatch(/^It is paused/);
  });

  it('[X2] lasts over a restart, and so do the orders that wait', () => {
    const bot = running();
    unwrap(bot.own.pause('bot1', 'keep'));
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    again.book(985);
    again.trade(985);
    expect(unwrap(again.own.get('bot1')).status).toMatchObject({
      ...{ state: 'paused', pausedBy: 'user', openOrders: 4, fillCount: 0 },
    });
  });
});

describe('stopping', () => {
  it('cancels the orders and keeps the position', () => {
    const bot = running();
    bot.buyFirst();
    unwrap(bot.own.stop('bot1', 'keep'));
    expect(bot.status()).toMatchObject({ state: 'stopped', openOrders: 0 });
    expect(bot.status().reason).toBe('Stopped by the user');
    expect(bot.view().position.quantity).toBe('0.1');
  });

  it('closes the position where it is asked to, and is stopped when it is flat', () => {
    const bot = running();
    bot.buyFirst();
    unwrap(bot.own.stop('bot1', 'flatten'));
    expect(bot.view().position.quantity).toBe('0');
    expect(bot.status()).toMatchObject({
      ...{ state: 'stopped', openOrders: 0, fillCount: 2 },
      reason: 'Stopped by the user; its position is closed',
    });
    const [fill] = unwrap(bot.ledger.fills.list({ botId: 'bot1', limit: 1 })).items;
    const order = bot.ledger.orders.get(fill?.orderId ?? '');
    expect(order).toMatchObject({ type: 'market', side: 'sell', reduceOnly: true });
    expect(order?.why).toBe('closes the position');
  });

  it('waits for a feed to close the position, also over a restart', () => {
    const bot = running();
    bot.buyFirst();
    bot.carried.clear();
    bot.own.onInstrumentsChanged();
    expect(bot.status().state).toBe('silent');
    unwrap(bot.own.stop('bot1', 'flatten'));
    expect(bot.status()).toMatchObject({ state: 'silent', openOrders: 0 });
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    again.book(985);
    again.trade(985);
    expect(unwrap(again.own.get('bot1')).status).toMatchObject({
      ...{ state: 'stopped', reason: 'Stopped by the user; its position is closed' },
    });
    expect(unwrap(again.own.get('bot1')).position.quantity).toBe('0');
  });

  it('says why a position cannot be closed', () => {
    const bot = running();
    bot.buyFirst();
    bot.play({ kind: 'bookSnapshot', snapshot: EMPTY_BOOK(bot.clock) });
    unwrap(bot.own.stop('bot1', 'flatten'));
    for (let index = 0; index < 30; index += 1) bot.trade(985);
    expect(bot.status().state).toBe('stopped');
    expect(bot.status().reason).toMatch(/^Stopped by the user; its position of 0.1 could not be/);
    expect(bot.view().position.quantity).toBe('0.1');
  });
});

const EMPTY_BOOK = (clock: FakeClock) => ({
  ...{ instrumentId: PAPER_ID, sequence: 2, bids: [], asks: [[2_000, 1] as [number, number]] },
  ...{ eventTime: clock.now(), receivedTime: clock.now() },
});

describe('a schedule', () => {
  /** All but a minute from Tuesday evening to Thursday evening. */
  const schedule = { days: [2, 3], from: '17:01', to: '17:00', timeZone: 'UTC' };
  const WEDNESDAY = Date.parse('2025-01-15T16:59:30Z');

  it('pauses a bot outside of it, and lets it go on', () => {
    const bot = running({ schedule }, { clock: new FakeClock(WEDNESDAY) });
    expect(bot.status().state).toBe('running');
    bot.clock.advance(31_000);
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'schedule', openOrders: 4 });
    expect(bot.status().reason).toMatch(/^Outside of its schedule until Wed,? 15 Jan,? .*17:01/);
    bot.buyFirst();
    expect(bot.status().fillCount).toBe(0);
    expect(refusal(bot.own.start('bot1'))).toMatch(/change its schedule to run it now$/);
    bot.clock.advance(60_000);
    expect(bot.status()).toMatchObject({ state: 'running', pausedBy: null });
  });

  it('[T5] is kept at the events of the market alone, where no timer may decide', () => {
    const clock = new FakeClock(WEDNESDAY + 31_000);
    const bot = running({ schedule }, { clock, looksBetweenEvents: false });
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'schedule' });
    clock.advance(60_000);
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'schedule' });
    bot.buyFirst();
    expect(bot.status()).toMatchObject({ state: 'running', pausedBy: null });
  });

  it('lets a bot begin outside of it, paused, and can be lifted', () => {
    const bot = running({ schedule }, { clock: new FakeClock(WEDNESDAY + 31_000) });
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'schedule' });
    unwrap(bot.own.update({ botId: 'bot1', changes: { schedule: null } }));
    expect(bot.status()).toMatchObject({ state: 'running', pausedBy: null });
  });
});

describe('orders by hand', () => {
  it('rest on the account of a bot that does not run, over a restart, and can be canceled', () => {
    const bot = running({ start: false });
    const order = { type: 'limit', side: 'buy', quantity: money('0.1') } as const;
    const draft = { ...order, limitPrice: money('990') };
    const resting = unwrap(bot.own.placeOrder('bot1', draft));
    expect(resting).toMatchObject({ status: 'accepted', why: 'placed by the user' });
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    again.book(985);
    again.trade(985);
    expect(unwrap(again.own.get('bot1'))).toMatchObject({
      ...{ status: { state: 'stopped', fillCount: 1, openOrders: 0 } },
      position: { quantity: '0.1' },
    });
    const other = unwrap(again.own.placeOrder('bot1', { ...draft, limitPrice: money('900') }));
    expect(unwrap(again.own.cancelOrder(other)).status).toBe('canceled');
    expect(unwrap(again.own.closePosition('bot1')).status).toBe('filled');
    expect(unwrap(again.own.get('bot1')).position.quantity).toBe('0');
  });

  it('cancel one another where they are of one group', () => {
    const bot = running({ start: false });
    const place = (order: object) => {
      const given = { botId: 'bot1', side: 'sell', quantity: '0.1', ...order };
      const draft = draftOfManualOrder(manualOrderSchema.parse(given));
      return unwrap(bot.own.placeOrder('bot1', unwrap(draft))).id;
    };
    place({ type: 'market', side: 'buy' });
    const target = place({ type: 'limit', limitPrice: '1010', ocoGroup: 'exit' });
    const stop = place({ type: 'stop', triggerPrice: '990', ocoGroup: 'exit' });
    bot.book(985);
    bot.trade(985);
    expect(bot.ledger.orders.get(stop)).toMatchObject({ status: 'filled', ocoGroup: 'exit' });
    expect(bot.ledger.orders.get(target)).toMatchObject({
      ...{ status: 'canceled', reason: `${stop} of its group was triggered` },
    });
    expect(bot.view().position.quantity).toBe('0');
  });
});
