import { describe, expect, it } from 'vitest';
import { decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { openMemoryLedger, openPaperFleet } from '#tests/fakes/paper-fleet.ts';
import { limits as limitsOf, money, refusal, running, unwrap } from '#tests/fakes/running-grid.ts';

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

  it('[X3] follows what a bot holds that does not run, also where it was bought a moment ago', () => {
    const limits = limitsOf({ maxDailyLoss: money('5') });
    const bot = running({ start: false, limits }, { sharesFlushes: true });
    bot.clock.advance(5);
    const draft = { type: 'market', side: 'buy', quantity: money('0.1') } as const;
    unwrap(bot.own.placeOrder('bot1', draft));
    bot.clock.advance(5);
    bot.trade(900);
    expect(Number(bot.status().pnlToday)).toBeLessThan(-10);
    expect(refusal(bot.own.start('bot1'))).toMatch(/max daily loss/);
  });

  it('writes points of equity after what was ordered meanwhile, or when one asks', () => {
    const bot = running({}, { sharesFlushes: true });
    bot.clock.advance(1_000);
    const range = { fromTime: 0 as EpochMs, toTime: 4e12 as EpochMs };
    const points = () => bot.ledger.equity.list('bot1', range).length;
    const before = points();
    bot.clock.advance(60_000);
    bot.buyFirst();
    bot.clock.advance(0);
    expect([points(), bot.ledger.fills.count('bot1')]).toEqual([before, 1]);
    bot.clock.advance(1_000);
    expect(points()).toBe(before + 1);
    bot.clock.advance(60_000);
    bot.trade(985);
    expect(points()).toBe(before + 1);
    bot.engine.flush();
    expect(points()).toBe(before + 2);
    expect(bot.ledger.bots.get('bot1')?.runtime.cash).toBe(bot.status().cash);
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
