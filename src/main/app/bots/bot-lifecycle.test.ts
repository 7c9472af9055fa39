import { describe, expect, it } from 'vitest';
import { riskLimitsSchema } from '#contract/bot-settings.ts';
import type { Result } from '#contract/errors.ts';
import type { RequestParams } from '#contract/requests.ts';
import { type DecimalString, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import {
  gridDraft,
  openMemoryLedger,
  openPaperFleet,
  PAPER_ID,
  type PaperFleetOptions,
} from '#tests/fakes/paper-fleet.ts';

const money = (text: string) => text as DecimalString;
const limits = (changes: object) => riskLimitsSchema.parse(changes);

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** A grid that runs at 1,000. */
function running(
  over: Partial<RequestParams<'bots.create'>> = {},
  options: PaperFleetOptions = {},
) {
  const fleet = openPaperFleet(options);
  fleet.book(1_000);
  unwrap(fleet.own.create(gridDraft(over)));
  fleet.trade(1_000);
  const view = (id = 'bot1') => unwrap(fleet.own.get(id));
  const status = (id = 'bot1') => view(id).status;
  const open = (id = 'bot1') => fleet.ledger.orders.open(id).map(({ limitPrice }) => limitPrice);
  const refusal = (result: Result<unknown>) => (result.ok ? 'done' : result.error.message);
  /** The market falls through the first level: 0.1 is bought at 990. */
  const buyFirst = () => {
    fleet.book(985);
    fleet.trade(985);
  };
  return { ...fleet, view, status, open, refusal, buyFirst };
}

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
    expect(bot.refusal(bot.own.pause('bot1', 'keep'))).toMatch(/^Only a bot that runs/);
  });

  it('sends nothing that the user orders by hand', () => {
    const bot = running();
    unwrap(bot.own.pause('bot1', 'keep'));
    const draft = { type: 'market', side: 'buy', quantity: money('0.1') } as const;
    expect(bot.refusal(bot.own.placeOrder('bot1', draft))).toMatch(/^It is paused/);
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

describe('a bot whose feed has trouble', () => {
  it('pauses, says so, and goes on by itself when the feed is live again', () => {
    const bot = running();
    bot.feed({ kind: 'stale', sinceTime: bot.clock.now() });
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'feed', openOrders: 4 });
    expect(bot.status().reason).toMatch(/^Nothing is heard of demo:BTC\/USDT since/);
    bot.feed({ kind: 'connecting', attempt: 2, nextTryTime: null });
    expect(bot.status().state).toBe('paused');
    bot.feed({ kind: 'live' });
    expect(bot.status()).toMatchObject({ state: 'running', pausedBy: null, reason: null });
    bot.buyFirst();
    expect(bot.status().fillCount).toBe(1);
  });

  it('goes on with the first event that is heard, and does not lose it', () => {
    const bot = running();
    bot.feed({ kind: 'disconnected', reason: 'reset', nextTryTime: null });
    expect(bot.status().reason).toBe('The feed of demo:BTC/USDT is disconnected: reset');
    bot.buyFirst();
    expect(bot.status()).toMatchObject({ state: 'running', fillCount: 1, openOrders: 4 });
  });

  it('stays paused where the user paused it', () => {
    const bot = running();
    unwrap(bot.own.pause('bot1', 'keep'));
    bot.feed({ kind: 'stale', sinceTime: bot.clock.now() });
    bot.feed({ kind: 'live' });
    bot.trade(1_000);
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'user' });
  });

  it('[X2] runs again after a restart', () => {
    const bot = running();
    bot.feed({ kind: 'stale', sinceTime: bot.clock.now() });
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    expect(unwrap(again.own.get('bot1')).status.state).toBe('running');
  });

  it('waits while nothing carries its instrument, and goes on when something does', () => {
    const bot = running();
    bot.carried.clear();
    bot.own.onInstrumentsChanged();
    expect(bot.status()).toMatchObject({ state: 'silent', openOrders: 4 });
    bot.carried.add(PAPER_ID);
    bot.own.onInstrumentsChanged();
    expect(bot.status()).toMatchObject({ state: 'running', openOrders: 4 });
    bot.buyFirst();
    expect(bot.status().fillCount).toBe(1);
  });
});

describe('a schedule', () => {
  const schedule = { days: [3], from: '09:00', to: '17:00', timeZone: 'UTC' };
  const WEDNESDAY = Date.parse('2025-01-15T16:59:30Z');

  it('pauses a bot outside of it, and lets it go on', () => {
    const bot = running({ schedule }, { clock: new FakeClock(WEDNESDAY) });
    expect(bot.status().state).toBe('running');
    bot.clock.advance(31_000);
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'schedule', openOrders: 4 });
    expect(bot.status().reason).toMatch(/^Outside of its schedule until Wed,? 22 Jan/);
    bot.buyFirst();
    expect(bot.status().fillCount).toBe(0);
    expect(bot.refusal(bot.own.start('bot1'))).toMatch(/change its schedule to run it now$/);
    bot.clock.advance(Date.parse('2025-01-22T09:00:01Z') - bot.clock.now());
    expect(bot.status()).toMatchObject({ state: 'running', pausedBy: null });
  });

  it('[T5] is kept at the events of the market alone, where no timer may decide', () => {
    const clock = new FakeClock(WEDNESDAY + 3_600_000);
    const bot = running({ schedule }, { clock, looksBetweenEvents: false });
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'schedule' });
    clock.advance(Date.parse('2025-01-22T09:00:01Z') - clock.now());
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'schedule' });
    bot.buyFirst();
    expect(bot.status()).toMatchObject({ state: 'running', pausedBy: null });
  });

  it('lets a bot begin outside of it, paused, and can be lifted', () => {
    const bot = running({ schedule }, { clock: new FakeClock(WEDNESDAY + 3_600_000) });
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'schedule' });
    unwrap(bot.own.update({ botId: 'bot1', changes: { schedule: null } }));
    expect(bot.status()).toMatchObject({ state: 'running', pausedBy: null });
  });
});

describe('changing a bot that runs', () => {
  it('takes name, fees, limits and schedule at once', () => {
    const bot = running();
    const changes = { name: 'Other', makerFeeBps: 1, limits: limits({ maxOpenOrders: 3 }) };
    const { config } = unwrap(bot.own.update({ botId: 'bot1', changes }));
    expect(config).toMatchObject({ name: 'Other', makerFeeBps: 1, takerFeeBps: 10 });
    expect(bot.ledger.bots.get('bot1')?.config).toEqual(config);
    expect(bot.status().state).toBe('running');
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
    expect(bot.refusal(taken)).toMatch(/^initialCash: only .* can be taken out$/);
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

  it('refuses with a sentence what needs a stop', () => {
    const bot = running();
    const update = (changes: RequestParams<'bots.update'>['changes']) =>
      bot.refusal(bot.own.update({ botId: 'bot1', changes }));
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
  it('puts a stopped bot out of sight, keeps its history, and brings it back', () => {
    const bot = running();
    bot.buyFirst();
    expect(bot.refusal(bot.fleet.archive('bot1', true))).toMatch(/^Stop the bot/);
    unwrap(bot.own.stop('bot1', 'keep'));
    expect(bot.refusal(bot.fleet.archive('bot1', true))).toMatch(/^It still holds 0.1/);
    unwrap(bot.own.stop('bot1', 'flatten'));
    unwrap(bot.fleet.archive('bot1', true));
    expect(bot.fleet.list()).toEqual([]);
    expect(bot.fleet.archived()).toHaveLength(1);
    expect(bot.refusal(bot.own.start('bot1'))).toMatch(/^It is archived/);
    expect(bot.ledger.fills.count('bot1')).toBe(2);
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    expect(again.fleet.list()).toEqual([]);
    unwrap(again.fleet.archive('bot1', false));
    expect(again.fleet.list()).toHaveLength(1);
  });
});

describe('[X3] limits', () => {
  it('refuse an order, say which limit and by how much, and write it down', () => {
    const bot = running({ limits: limits({ maxOpenOrders: 3 }) });
    const rejected = unwrap(bot.ledger.orders.list({ limit: 10 })).items.filter(
      ({ status }) => status === 'rejected',
    );
    expect(rejected.map(({ reason }) => reason)).toEqual([
      'max open orders: it would be 4, 1 more than 3',
    ]);
    expect(bot.status().openOrders).toBe(3);
  });

  it('of all bots of a currency together are summed over them', () => {
    const bot = running();
    bot.ledger.settings.set('riskLimits', { USDT: limits({ maxPositionValue: money('600') }) });
    bot.risk.onLimitsChanged();
    // The first may hold 0.2, at 1,000.
    expect(bot.risk.view().currencies).toMatchObject([{ positionValue: '200', openOrders: 4 }]);
    unwrap(bot.own.create(gridDraft({ start: false })));
    const buy = (quantity: string) =>
      bot.own.placeOrder('bot2', { type: 'market', side: 'buy', quantity: money(quantity) });
    expect(unwrap(buy('0.5'))).toMatchObject({
      ...{ status: 'rejected' },
      reason: 'global max position value: it would be 700 USDT, 100 more than 600',
    });
    expect(unwrap(buy('0.3'))).toMatchObject({ status: 'filled', why: 'placed by the user' });
  });

  it('stop a bot that has lost what it may lose in a day', () => {
    const bot = running({ limits: limits({ maxDailyLoss: money('5') }) });
    bot.buyFirst();
    bot.trade(945);
    expect(bot.status().state).toBe('stopped');
    expect(bot.status().reason).toMatch(/^Stopped by its max daily loss: .* of 5 allowed$/);
    expect(bot.view().position.quantity).not.toBe('0');
    expect(bot.refusal(bot.own.start('bot1'))).toMatch(/^It would be stopped by its max daily/);
    bot.clock.advance(24 * 3_600_000);
    bot.trade(945);
    expect(bot.refusal(bot.own.start('bot1'))).toBe('done');
  });

  it('flatten it where that is set', () => {
    const over = { limits: limits({ maxDailyLoss: money('5'), atDailyLoss: 'flatten' }) };
    const bot = running(over);
    bot.buyFirst();
    bot.book(945);
    bot.trade(945);
    expect(bot.status().state).toBe('stopped');
    expect(bot.status().reason).toMatch(/its position is closed$/);
    expect(bot.view().position.quantity).toBe('0');
  });

  it('stop all bots of a currency at the loss of all together', () => {
    const bot = running();
    unwrap(bot.own.create(gridDraft()));
    bot.trade(1_000);
    bot.ledger.settings.set('riskLimits', { USDT: limits({ maxDailyLoss: money('9') }) });
    bot.risk.onLimitsChanged();
    bot.buyFirst();
    bot.trade(960);
    bot.clock.advance(1_000);
    for (const id of ['bot1', 'bot2']) {
      expect(bot.status(id).state).toBe('stopped');
      expect(bot.status(id).reason).toMatch(/^Stopped by the global max daily loss/);
    }
  });

  it('end a strategy that orders in a loop', () => {
    const bot = running({
      params: { levels: 50, spacingBps: 1, quantity: '0.1' },
      limits: limits({ maxOrdersPerMinute: 0 }),
    });
    unwrap(bot.own.create(gridDraft({ params: { levels: 50, spacingBps: 2, quantity: '0.1' } })));
    expect(bot.status().state).toBe('running');
    expect(bot.status().openOrders).toBe(0);
  });
});

describe('[X3] the kill switch', () => {
  it('cancels all and stops all by one request, and lets nothing begin until it is released', () => {
    const bot = running();
    unwrap(bot.own.create(gridDraft()));
    bot.trade(1_000);
    bot.buyFirst();
    unwrap(bot.own.pause('bot2', 'keep'));
    const view = bot.risk.kill({ flatten: false, reason: 'enough' });
    expect(view.killSwitch).toMatchObject({ reason: 'enough', flatten: false });
    for (const id of ['bot1', 'bot2']) {
      expect(bot.status(id)).toMatchObject({ state: 'stopped', openOrders: 0 });
      expect(bot.status(id).reason).toBe('Stopped by the kill switch: enough');
    }
    expect(bot.view('bot1').position.quantity).toBe('0.1');
    expect(bot.refusal(bot.own.start('bot1'))).toMatch(/^The kill switch is engaged \(enough\)/);
    const order = { type: 'market', side: 'buy', quantity: money('0.1') } as const;
    expect(unwrap(bot.own.placeOrder('bot1', order))).toMatchObject({
      ...{ status: 'rejected', reason: 'the kill switch is engaged: enough' },
    });
    expect(unwrap(bot.own.closePosition('bot1'))).toMatchObject({ status: 'filled' });
  });

  it('stays engaged across a restart, and ends what a dying app left running', () => {
    const bot = running();
    bot.ledger.settings.set('killSwitch', {
      ...{ engagedTime: bot.clock.now(), reason: 'enough', flatten: false },
    });
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    expect(unwrap(again.own.get('bot1')).status).toMatchObject({ state: 'stopped', openOrders: 0 });
    expect(again.own.start('bot1').ok).toBe(false);
    again.risk.release();
    expect(again.own.start('bot1').ok).toBe(true);
    const third = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    expect(third.risk.view().killSwitch).toBeNull();
  });

  it('closes all positions where it is asked to', () => {
    const bot = running();
    bot.buyFirst();
    bot.risk.kill({ flatten: true, reason: 'enough' });
    expect(bot.view().position.quantity).toBe('0');
    expect(bot.status().reason).toBe('Stopped by the kill switch: enough; its position is closed');
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
});

describe('several steps in one flush to disk', () => {
  /** Its grid is laid and on disk, which takes 2 ms for each flush. */
  const atRest = () => {
    let ticks = 0;
    const ledger = openMemoryLedger();
    const transaction: typeof ledger.transaction = (work) => {
      ticks += 2;
      return ledger.transaction(work);
    };
    const slow = { ...ledger, transaction };
    const bot = running({}, { sharesFlushes: true, ledger: slow, ticks: () => ticks });
    bot.clock.advance(0);
    ticks += 2;
    return bot;
  };

  it('tells nothing before it is there, and everything when what was in line is dealt with', () => {
    const bot = atRest();
    const told = () => bot.published.filter(({ of }) => of === 'fill').length;
    bot.buyFirst();
    expect([told(), bot.ledger.fills.count('bot1')]).toEqual([1, 1]);
    bot.book(975);
    bot.trade(975);
    expect([told(), bot.ledger.fills.count('bot1')]).toEqual([1, 1]);
    bot.clock.advance(0);
    expect([told(), bot.ledger.fills.count('bot1')]).toEqual([2, 2]);
  });

  it('[X2] a fill that was not on disk when the app died has never been', () => {
    const bot = atRest();
    bot.buyFirst();
    bot.book(975);
    bot.trade(975);
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    const view = unwrap(again.own.get('bot1'));
    expect(view).toMatchObject({ position: { quantity: '0.1' }, status: { openOrders: 4 } });
    again.book(975);
    again.trade(975);
    expect(unwrap(again.own.get('bot1')).position.quantity).toBe('0.2');
  });

  it('[X1] cash and position are the sums of the fills, whatever was asked meanwhile', () => {
    const bot = running({}, { sharesFlushes: true });
    const prices = [985, 1_000, 1_015, 1_030, 990, 970, 1_000, 1_020];
    for (const [index, price] of prices.entries()) {
      bot.book(price);
      bot.trade(price);
      if (index === 3) unwrap(bot.own.pause('bot1', 'keep'));
      if (index === 4) unwrap(bot.own.start('bot1'));
      bot.clock.advance(1);
    }
    bot.clock.advance(5);
    const fills = unwrap(bot.ledger.fills.list({ botId: 'bot1', limit: 100 })).items;
    expect(fills.length).toBeGreaterThan(3);
    let cash = decimal(10_000);
    let quantity = ZERO;
    for (const { side, price, quantity: size, fee } of fills) {
      const signed = decimal(size).times(side === 'buy' ? 1 : -1);
      cash = cash.minus(signed.times(price)).minus(fee);
      quantity = quantity.plus(signed);
    }
    expect(bot.status().cash).toBe(toDecimalString(cash));
    expect(bot.view().position.quantity).toBe(toDecimalString(quantity));
  });
});

describe('the equity curve', () => {
  it('has a point a minute of the market’s time, bounded, from the beginning on', () => {
    const bot = running();
    for (let minute = 0; minute < 2_200; minute += 1) {
      bot.trade(1_000 + (minute % 3), (bot.clock.now() + minute * 60_000) as EpochMs);
    }
    const range = { fromTime: 0 as EpochMs, toTime: 4e12 as EpochMs };
    const points = bot.ledger.equity.list('bot1', range);
    expect(points.length).toBeGreaterThan(900);
    expect(points.length).toBeLessThanOrEqual(2_001);
    const spans = points.slice(1).map(({ time }, index) => time - (points[index]?.time ?? 0));
    expect(Math.max(...spans.slice(1))).toBeLessThanOrEqual(240_000);
    expect(points[0]?.time).toBe(bot.clock.now());
  }, 20_000);
});
