import { expect, it } from 'vitest';
import type { Publishable } from '#contract/publications.ts';
import type { CurrencyBalance } from '#domain/balance.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { BalanceReporter } from './balance-reporter.ts';

const NONE = '0' as DecimalString;
const of = (bots: number): CurrencyBalance => ({
  ...{ currency: 'USDT', cash: NONE, equity: NONE, realizedPnl: NONE, unrealizedPnl: NONE },
  ...{ fees: NONE, pnlToday: NONE, drawdown: NONE, maxDrawdown: NONE, bots },
});

function start(bots: number) {
  const clock = new FakeClock();
  const published: Publishable[] = [];
  const balances = [of(bots)];
  const reporter = new BalanceReporter({
    ...{ userId: 'owner', clock, publish: (item) => published.push(item) },
    balances: () => balances,
  });
  return { clock, published, reporter, balances };
}

it('a balance is told once for many changes, in their own moment, and leaves no timer behind', () => {
  const { clock, published, reporter, balances } = start(2);
  for (let change = 0; change < 10; change += 1) reporter.note();
  expect(published).toEqual([]);
  clock.advance(0);
  expect(published).toEqual([{ of: 'balance', userId: 'owner', balances }]);
  clock.advance(250);
  reporter.note();
  clock.advance(0);
  expect(published).toHaveLength(2);
  reporter.note();
  reporter.dispose();
  expect(clock.pendingTimers).toBe(0);
});

it('of changes that follow one another at once the last is told, later where there are many bots', () => {
  for (const [bots, windowMs] of [
    [2, 50],
    [90, 90],
    [3_000, 500],
  ] as const) {
    const { clock, published, reporter } = start(bots);
    reporter.note();
    clock.advance(0);
    reporter.note();
    clock.advance(windowMs - 1);
    expect(published).toHaveLength(1);
    clock.advance(1);
    expect(published).toHaveLength(2);
  }
});

it('a clock that was set back keeps nobody waiting', () => {
  const { clock, published, reporter } = start(90);
  reporter.note();
  clock.advance(0);
  clock.jump(-3_600_000);
  reporter.note();
  clock.advance(90);
  expect(published).toHaveLength(2);
});
