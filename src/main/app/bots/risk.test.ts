import { describe, expect, it, vi } from 'vitest';
import { type BotRecordInput, botRecordSchema } from '#contract/bot-records.ts';
import { ownerCaller } from '#contract/scopes.ts';
import { NO_LIMITS } from '#domain/risk-limits.ts';
import type { EpochMs } from '#domain/units.ts';
import { gridDraft, openPaperFleet, PAPER_ID } from '#tests/fakes/paper-fleet.ts';
import { limits, money, refusal, running, unwrap } from '#tests/fakes/running-grid.ts';
import { readSettings } from '../settings.ts';

const DAY_MS = 24 * 3_600_000;
const tomorrow = ({ clock }: ReturnType<typeof running>) => (clock.now() + DAY_MS) as EpochMs;

const toldOfLimits = ({ ledger }: ReturnType<typeof running>) =>
  unwrap(ledger.notifications.list({ limit: 50 }))
    .items.filter(({ id }) => id.startsWith('limit-'))
    .map(({ severity, title, body }) => [severity, title, body]);

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

  it('of all bots of a currency together change one at a time: what is not named stays, null ends them', () => {
    const bot = running();
    const set = (currency: string, changes: object | null) =>
      bot.risk.setLimits({ currency, limits: changes });
    set('USDT', { maxDailyLoss: money('50'), atDailyLoss: 'flatten' });
    set('BTC', { maxOpenOrders: 3 });
    set('USDT', { maxOrderValue: money('100') });
    const kept = () => readSettings(bot.ledger.settings).riskLimits;
    expect(kept()).toEqual({
      USDT: { ...NO_LIMITS, maxDailyLoss: '50', atDailyLoss: 'flatten', maxOrderValue: '100' },
      BTC: { ...NO_LIMITS, maxOpenOrders: 3 },
    });
    expect(set('USDT', { maxDailyLoss: null }).currencies).toMatchObject([
      { currency: 'BTC', limits: { maxOpenOrders: 3 } },
      { currency: 'USDT', limits: { maxDailyLoss: null, maxOrderValue: '100' } },
    ]);
    const buy = () =>
      bot.own.placeOrder('bot1', { type: 'market', side: 'buy', quantity: money('0.2') });
    expect(unwrap(buy())).toMatchObject({
      reason: 'global max order value: it would be 200 USDT, 100 more than 100',
    });
    set('USDT', null);
    expect(kept()).toEqual({ BTC: { ...NO_LIMITS, maxOpenOrders: 3 } });
    expect(unwrap(buy())).toMatchObject({ status: 'filled' });
  });

  it('stop a bot that has lost what it may lose in a day', () => {
    const bot = running({ limits: limits({ maxDailyLoss: money('5') }) });
    bot.buyFirst();
    bot.trade(945);
    expect(bot.status().state).toBe('stopped');
    expect(bot.status().reason).toMatch(/^Stopped by its max daily loss: .* of 5 allowed$/);
    expect(toldOfLimits(bot)).toEqual([
      ['critical', `${bot.view().config.name} stopped by a limit`, bot.status().reason],
    ]);
    expect(bot.view().position.quantity).not.toBe('0');
    expect(refusal(bot.own.start('bot1'))).toMatch(/^It would be stopped by its max daily/);
    bot.trade(945, tomorrow(bot));
    expect(refusal(bot.own.start('bot1'))).toBe('done');
  });

  it('say what was lost also where that is less than a hundredth of the currency', () => {
    const bot = running({
      params: { levels: 2, spacingBps: 100, quantity: '0.001' },
      limits: limits({ maxDailyLoss: money('0.0045') }),
    });
    bot.buyFirst();
    bot.trade(986);
    expect(bot.status().reason).toBe(
      'Stopped by its max daily loss: 0.00599 USDT lost since midnight UTC, of 0.0045 allowed',
    );
  });

  it('begin no day by an event that is dated ahead', () => {
    const bot = running({ limits: limits({ maxDailyLoss: money('7.5') }) });
    bot.buyFirst();
    bot.trade(955);
    bot.trade(955, tomorrow(bot), bot.clock.now());
    bot.trade(955);
    expect(bot.status().state).toBe('running');
    bot.trade(945);
    expect(bot.status().reason).toMatch(/^Stopped by its max daily loss: 8.2 USDT lost/);
  });

  it('begin the day after such an event, too', () => {
    const bot = running({ limits: limits({ maxDailyLoss: money('5') }) });
    bot.buyFirst();
    bot.trade(945, tomorrow(bot), bot.clock.now());
    expect(refusal(bot.own.start('bot1'))).toMatch(/^It would be stopped by its max daily/);
    bot.clock.advance(DAY_MS);
    bot.trade(945);
    expect(refusal(bot.own.start('bot1'))).toBe('done');
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

  it('count what a bot lost that holds nothing any more until the day is over, also after a start', () => {
    const over = { limits: limits({ maxDailyLoss: money('5'), atDailyLoss: 'flatten' }) };
    const bot = running(over);
    bot.buyFirst();
    bot.book(945);
    bot.trade(945);
    const lost = bot.risk.view().currencies[0]?.pnlToday;
    expect(Number(lost)).toBeLessThan(-5);
    expect(bot.status().pnlToday).toBe(lost);
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    expect(again.risk.view().currencies[0]?.pnlToday).toBe(lost);
    bot.clock.advance(DAY_MS);
    expect(bot.risk.view().currencies[0]?.pnlToday).toBe('0');
    expect(refusal(bot.own.start('bot1'))).toBe('done');
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
    bot.clock.advance(60_000);
    expect(toldOfLimits(bot)).toHaveLength(2);
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

describe('[X3] [X4] limits of all bots together count those that run elsewhere', () => {
  /** One grid here, and one bot that reports and can be told to stop. */
  const withReporter = () => {
    const bot = running();
    let records = 0;
    const line = {
      isOpen: true,
      commands: [] as unknown[],
      command: (one: unknown) => !!line.commands.push(one),
    };
    const report = async (kind: string, data: object) => {
      records += 1;
      const record = { botId: 'ext', id: String(records), kind, data } as BotRecordInput;
      const receipt = bot.fleet.publish(botRecordSchema.parse(record), ownerCaller('owner'), line);
      bot.clock.advance(300);
      unwrap(await receipt);
    };
    const reportEquity = (equity: string) =>
      report('status', {
        ...{ state: 'running', instrumentId: PAPER_ID, capabilities: ['stop'] },
        equity: money(equity),
      });
    const limit = (changes: object) => {
      bot.ledger.settings.set('riskLimits', { USDT: limits(changes) });
      bot.risk.onLimitsChanged();
    };
    return { ...bot, line, report, reportEquity, limit };
  };

  it('what they hold, at the last price', async () => {
    const bot = withReporter();
    await bot.reportEquity('5000');
    await bot.report('position', {
      ...{ instrumentId: PAPER_ID, quantity: '-0.3', cost: '-290', averagePrice: '966' },
      updatedTime: bot.clock.now(),
    });
    bot.limit({ maxPositionValue: '600' });
    // 0.3 there and, with its orders, 0.2 here, at 1,000.
    expect(bot.risk.view().currencies).toMatchObject([{ positionValue: '500' }]);
    unwrap(bot.own.create(gridDraft({ start: false })));
    const order = { type: 'market', side: 'buy', quantity: money('0.15') } as const;
    expect(unwrap(bot.own.placeOrder('bot2', order)).reason).toBe(
      'global max position value: it would be 650 USDT, 50 more than 600',
    );
  });

  it('what they have lost since midnight: then those here are stopped, and they are told to, once', async () => {
    const bot = withReporter();
    await bot.reportEquity('5000');
    bot.limit({ maxDailyLoss: '100' });
    await bot.reportEquity('4910');
    bot.clock.advance(2_000);
    expect(bot.status().state).toBe('running');
    await bot.reportEquity('4899');
    bot.clock.advance(3_000);
    expect(bot.status().reason).toMatch(/^Stopped by the global max daily loss: 101 USDT lost/);
    expect(bot.line.commands).toMatchObject([{ botId: 'ext', command: 'stop' }]);
    expect(bot.ledger.botLogs.list('ext', 10).map(({ message }) => message)).toEqual([
      'Asked to stop by the global max daily loss: 101 USDT lost since midnight UTC, of 100 allowed',
    ]);
    expect(refusal(bot.own.start('bot1'))).toMatch(/^It would be stopped by its global max daily/);
  });
});

describe('[X3] the kill switch', () => {
  it('ends all trading also where that cannot be kept, and says that it could not', () => {
    const bot = running();
    const full = vi.spyOn(bot.ledger.settings, 'set').mockImplementation(() => {
      throw new Error('the disk is full');
    });
    expect(() => bot.risk.kill({ flatten: false, reason: 'enough' })).toThrow('the disk is full');
    expect([bot.status().state, bot.status().openOrders]).toEqual(['stopped', 0]);
    expect(refusal(bot.own.start('bot1'))).toMatch(/^The kill switch is engaged/);
    full.mockRestore();
    bot.risk.release();
    expect(refusal(bot.own.start('bot1'))).toBe('done');
  });

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
    expect(refusal(bot.own.start('bot1'))).toMatch(/^The kill switch is engaged \(enough\)/);
    const order = { type: 'market', side: 'buy', quantity: money('0.1') } as const;
    expect(unwrap(bot.own.placeOrder('bot1', order))).toMatchObject({
      ...{ status: 'rejected', reason: 'the kill switch is engaged: enough' },
    });
    expect(unwrap(bot.own.closePosition('bot1'))).toMatchObject({ status: 'filled' });
  });

  it('cancels what was ordered by hand as well, also while nothing carries the instrument', () => {
    const bot = running({ start: false });
    const order = { type: 'limit', side: 'buy', quantity: money('0.1') } as const;
    const { id } = unwrap(bot.own.placeOrder('bot1', { ...order, limitPrice: money('990') }));
    bot.carried.clear();
    bot.own.onInstrumentsChanged();
    bot.risk.kill({ flatten: false, reason: 'enough' });
    expect(bot.ledger.orders.get(id)).toMatchObject({
      ...{ status: 'canceled', reason: 'Stopped by the kill switch: enough' },
    });
    bot.carried.add(PAPER_ID);
    bot.own.onInstrumentsChanged();
    bot.buyFirst();
    expect(bot.view().position.quantity).toBe('0');
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

  it('ends after a restart what was ordered by hand before it, and leaves what only closes', () => {
    const bot = running({ start: false });
    const draft = { quantity: money('0.1'), type: 'limit' } as const;
    const buy = { ...draft, side: 'buy', limitPrice: money('990') } as const;
    const resting = unwrap(bot.own.placeOrder('bot1', buy));
    const killSwitch = { engagedTime: bot.clock.now(), reason: 'enough', flatten: false };
    bot.ledger.settings.set('killSwitch', killSwitch);
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    again.book(985);
    again.trade(985);
    expect(bot.ledger.orders.get(resting.id)).toMatchObject({
      ...{ status: 'canceled', filledQuantity: '0' },
    });
    again.risk.release();
    unwrap(again.own.placeOrder('bot1', { ...draft, type: 'market', side: 'buy' }));
    again.risk.kill({ flatten: false, reason: 'enough' });
    const sell = { ...buy, side: 'sell', limitPrice: money('1200'), reduceOnly: true } as const;
    const closing = unwrap(again.own.placeOrder('bot1', sell));
    openPaperFleet({ ledger: bot.ledger, clock: bot.clock }).trade(985);
    expect(bot.ledger.orders.get(closing.id)?.status).toBe('accepted');
  });

  it('closes all positions where it is asked to', () => {
    const bot = running();
    bot.buyFirst();
    bot.risk.kill({ flatten: true, reason: 'enough' });
    expect(bot.view().position.quantity).toBe('0');
    expect(bot.status().reason).toBe('Stopped by the kill switch: enough; its position is closed');
  });
});
