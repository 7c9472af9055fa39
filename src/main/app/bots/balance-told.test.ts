import { expect, it } from 'vitest';
import { gridDraft } from '#tests/fakes/paper-fleet.ts';
import { running, unwrap } from '#tests/fakes/running-grid.ts';

it('tells what all bots add up to as soon as there are other ones, though nothing is traded', () => {
  const { published, fleet, clock } = running();
  /** How many bots were told of last, in what was told since. */
  const countSince = (work: () => unknown): number | undefined => {
    clock.advance(1_000);
    const before = published.length;
    work();
    clock.advance(1_000);
    const told = published
      .slice(before)
      .filter((item) => item.of === 'balance')
      .at(-1);
    return told?.balances.reduce((sum, { bots }) => sum + bots, 0);
  };
  expect(countSince(() => unwrap(fleet.create(gridDraft({ start: false }))))).toBe(2);
  expect(countSince(() => unwrap(fleet.archive('bot2', true)))).toBe(1);
  expect(countSince(() => unwrap(fleet.archive('bot2', false)))).toBe(2);
  expect(countSince(() => unwrap(fleet.remove('bot2')))).toBe(1);
});
