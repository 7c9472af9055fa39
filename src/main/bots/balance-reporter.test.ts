import { expect, it } from 'vitest';
import type { Publishable } from '#contract/publications.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { BalanceReporter } from './balance-reporter.ts';

it('a balance is told once for many changes, and leaves no timer behind', () => {
  const clock = new FakeClock();
  const published: Publishable[] = [];
  let looks = 0;
  const reporter = new BalanceReporter({
    ...{ userId: 'owner', clock, publish: (item) => published.push(item) },
    balances: () => {
      looks += 1;
      return [];
    },
  });
  for (let change = 0; change < 10; change += 1) reporter.note();
  expect(published).toEqual([]);
  clock.advance(1_000);
  expect(published).toEqual([{ of: 'balance', userId: 'owner', balances: [] }]);
  expect(looks).toBe(1);
  reporter.note();
  reporter.dispose();
  expect(clock.pendingTimers).toBe(0);
});
