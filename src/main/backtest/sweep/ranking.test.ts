import { describe, expect, it } from 'vitest';
import type { SweepFigures, SweepRun } from '#contract/backtest-sweep.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { ranked, warningsOf } from './ranking.ts';

const figures = (changes: Partial<SweepFigures>): SweepFigures => ({
  ...{ pnl: '0' as DecimalString, returnPercent: 0, sharpe: null, sortino: null },
  ...{ profitFactor: null, winRatePercent: null, expectancy: null, drawdownPercent: 0 },
  ...{ fills: 100, trips: 50, ...changes },
});
const run = (
  name: number,
  changes: Partial<SweepFigures> | null,
  holdout: number | null = null,
): SweepRun => ({
  params: { name },
  figures: changes && figures(changes),
  holdout: holdout === null ? null : figures({ sharpe: holdout }),
  error: changes ? null : 'no such thing',
});
const names = (runs: readonly SweepRun[]) => runs.map(({ params }) => params['name']);

describe('ranking', () => {
  it('has the best first and those without the figure last', () => {
    const runs = [
      run(1, { sharpe: 1 }),
      run(2, null),
      run(3, { sharpe: null }),
      run(4, { sharpe: 2 }),
    ];
    expect(names(ranked(runs, 'sharpe'))).toEqual([4, 1, 2, 3]);
  });

  it('takes the smallest drawdown for the best, and money by its amount', () => {
    const runs = [
      run(1, { drawdownPercent: 9, pnl: '100' as DecimalString }),
      run(2, { drawdownPercent: 3, pnl: '20' as DecimalString }),
    ];
    expect(names(ranked(runs, 'drawdownPercent'))).toEqual([2, 1]);
    expect(names(ranked(runs, 'pnl'))).toEqual([1, 2]);
  });
});

describe('warnings', () => {
  it('say how many there were, and what luck alone makes of so many', () => {
    const runs = Array.from({ length: 100 }, (_, index) => run(index, { sharpe: 1 }));
    // √(2 ln 100) = 3.03
    expect(warningsOf(runs, { rankedBy: 'sharpe', holdoutTime: null })).toEqual([
      expect.stringMatching(/100 runs.* 3\.0 standard deviations/),
      expect.stringMatching(/Nothing was held out/),
    ]);
  });

  it('say of a sweep of which no run could be made just that', () => {
    expect(
      warningsOf([run(1, null), run(2, null)], { rankedBy: 'sharpe', holdoutTime: null }),
    ).toEqual(['None of the 2 runs could be made.']);
  });

  it('say where the best one comes on the part that was held out, and that it rests on little', () => {
    const runs = [
      run(1, { sharpe: 3, trips: 4 }, -1),
      run(2, { sharpe: 2 }, 2),
      run(3, { sharpe: 1 }, 0.5),
    ];
    const told = warningsOf(runs, { rankedBy: 'sharpe', holdoutTime: 5 as never }).join('\n');
    expect(told).toMatch(/rests on 4 round trips/);
    expect(told).toMatch(/no\. 3 of 3/);
  });
});
