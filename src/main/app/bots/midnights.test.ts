import { describe, expect, it } from 'vitest';
import { type BotRecordInput, botRecordSchema } from '#contract/bot-records.ts';
import { ownerCaller } from '#contract/scopes.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { openMemoryLedger, PAPER_ID } from '#tests/fakes/paper-fleet.ts';
import { limits, money, refusal, running, unwrap } from '#tests/fakes/running-grid.ts';
import { dailyPnl } from './daily-pnl.ts';

const at = (text: string) => Date.parse(text) as EpochMs;
const HOUR_MS = 3_600_000;

type Fleet = ReturnType<typeof running>;

/** Holds 0.1 bought at 990, before fees of 0.099: each point of the price is a tenth of a USDT. */
function holding(from: string, over: Parameters<typeof running>[0] = {}) {
  const bot = running(over, { clock: new FakeClock(at(from)), ledger: openMemoryLedger() });
  bot.buyFirst();
  return bot;
}

const priceAt = ({ clock, trade }: Fleet, time: number, price: number) => {
  clock.jump(time - clock.now());
  trade(price);
};

async function days({ fleet, ledger, clock }: Fleet, timeZone: string, count = 2) {
  const list = await dailyPnl(fleet.list(), ledger, {
    ...{ now: clock.now(), days: count, timeZone },
  });
  return list.map(({ date, pnl }) => `${date} ${pnl}`);
}

describe('a day’s profit', () => {
  it.each([
    ['UTC', '2026-03-28T23:59:40Z', '2026-03-29'],
    ['Asia/Seoul', '2026-03-28T14:59:40Z', '2026-03-29'],
    ['Asia/Kathmandu', '2026-03-28T18:14:40Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T21:59:40Z', '2026-03-30'],
    ['America/New_York', '2026-03-08T04:59:40Z', '2026-03-08'],
  ])('ends at midnight in %s, however coarse the curve has grown', async (zone, last, next) => {
    const bot = holding('2025-12-01T00:00:00Z');
    while (bot.clock.now() < at(last) - HOUR_MS) {
      bot.clock.jump(HOUR_MS);
      bot.trade(985);
    }
    // Where it takes its point.
    priceAt(bot, at(last) - 10_000, 985);
    priceAt(bot, at(last), 982);
    priceAt(bot, at(last) + 40_000, 983);
    expect(await days(bot, zone, 1)).toEqual([`${next} 0.1`]);
    expect((await days(bot, zone))[1]?.split(' ')[1]).toBe('-0.3');
  });

  it('counts what closing a position cost on the day it was closed, though no price came after', async () => {
    const bot = holding('2026-03-28T20:00:00Z');
    priceAt(bot, at('2026-03-28T23:50:00Z'), 985);
    bot.own.stop('bot1', 'flatten');
    bot.clock.advance(1_000);
    bot.book(980);
    expect(bot.status()).toMatchObject({ state: 'stopped', openOrders: 0 });
    const { realizedPnl, fees } = bot.status();
    const lost = Number(realizedPnl) - Number(fees);
    priceAt(bot, at('2026-03-29T00:10:00Z'), 970);
    const [today, yesterday] = await days(bot, 'UTC');
    expect(today).toBe('2026-03-29 0');
    expect(Number(yesterday?.split(' ')[1])).toBeCloseTo(lost, 9);
  });

  it('counts a fill before midnight on its day where the first price comes after', async () => {
    const bot = holding('2026-03-28T20:00:00Z');
    priceAt(bot, at('2026-03-28T23:40:00Z'), 985);
    bot.clock.advance(10 * 60_000);
    unwrap(bot.own.placeOrder('bot1', { type: 'market', side: 'buy', quantity: money('1') }));
    bot.clock.advance(1_000);
    bot.book(985);
    expect(bot.status().fees).toBe('1.08401');
    priceAt(bot, at('2026-03-29T00:10:00Z'), 985);
    expect((await days(bot, 'UTC'))[0]).toBe('2026-03-29 0');
    expect(bot.status().pnlToday).toBe('0');
  });

  it('[X2] begins with what was last known where the monitor was off at midnight', async () => {
    const ledger = openMemoryLedger();
    const over = { limits: limits({ maxDailyLoss: money('5') }) };
    const before = running(over, { clock: new FakeClock(at('2026-03-28T20:00:00Z')), ledger });
    before.buyFirst();
    priceAt(before, at('2026-03-28T20:00:30Z'), 984);
    before.engine.dispose();
    const clock = new FakeClock(at('2026-03-29T08:00:00Z'));
    const after = running({ start: false }, { clock, ledger });
    expect(after.status().state).toBe('running');
    after.book(930);
    after.trade(930);
    const [today] = await days(after, 'UTC');
    expect(today).toBe('2026-03-29 -10.498');
    expect(after.status()).toMatchObject({ state: 'stopped', pnlToday: '-10.498' });
  });

  it('[X3] has lost nothing yet where no price of it came: a market that is closed since', () => {
    const bot = holding('2026-03-27T20:00:00Z', { limits: limits({ maxDailyLoss: money('5') }) });
    bot.ledger.settings.set('riskLimits', { USDT: limits({ maxDailyLoss: money('5') }) });
    bot.risk.onLimitsChanged();
    bot.trade(930);
    expect(bot.status().state).toBe('stopped');
    expect(refusal(bot.own.start('bot1'))).toContain('lost since midnight UTC');
    bot.clock.advance(5 * HOUR_MS);
    expect(refusal(bot.own.start('bot1'))).toBe('done');
    bot.clock.advance(2_000);
    expect(bot.status().state).toBe('running');
  });

  it('[X4] ends at midnight for a bot that runs elsewhere, too', async () => {
    const bot = running({ start: false }, { clock: new FakeClock(at('2026-01-01T00:00:00Z')) });
    let records = 0;
    const line = { isOpen: true, command: () => true };
    const report = async (time: EpochMs, equity: number) => {
      bot.clock.jump(time - bot.clock.now());
      records += 1;
      const data = { state: 'running', instrumentId: PAPER_ID, equity: money(String(equity)) };
      const record = { botId: 'ext', id: String(records), kind: 'status', data } as BotRecordInput;
      const receipt = bot.fleet.publish(botRecordSchema.parse(record), ownerCaller('owner'), line);
      bot.clock.advance(300);
      unwrap(await receipt);
    };
    for (let hour = 0; hour < 90 * 24; hour += 1) {
      await report((at('2026-01-01T00:30:00Z') + hour * HOUR_MS) as EpochMs, 5_000);
    }
    await report(at('2026-04-01T14:59:20Z'), 5_000);
    await report(at('2026-04-01T14:59:30Z'), 4_900);
    await report(at('2026-04-01T15:00:30Z'), 4_910);
    const list = await dailyPnl([unwrap(bot.fleet.get('ext'))], bot.ledger, {
      ...{ now: bot.clock.now(), days: 2, timeZone: 'Asia/Seoul' },
    });
    expect(list.map(({ pnl }) => pnl)).toEqual(['10', '-100']);
  });
});
