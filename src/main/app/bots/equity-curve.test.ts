import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { running } from '#tests/fakes/running-grid.ts';

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

  it('[X3] goes on after an event that is dated ahead, which has no place of its own', () => {
    const bot = running();
    const month = 30 * 24 * 60 * 60_000;
    bot.clock.advance(60_000);
    bot.trade(1_001, (bot.clock.now() + month) as EpochMs, bot.clock.now());
    bot.clock.advance(60_000);
    bot.trade(1_002);
    const range = { fromTime: 0 as EpochMs, toTime: 4e12 as EpochMs };
    const times = bot.ledger.equity.list('bot1', range).map(({ time }) => time);
    expect(times.map((time) => bot.clock.now() - time)).toEqual([120_000, 60_000, 0]);
  });
});
