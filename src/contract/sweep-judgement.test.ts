import { describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import type { SweepFigures, SweepRun } from './backtest-sweep.ts';
import { judgeSweep, meritOf } from './sweep-judgement.ts';

const figures = (sharpe: number | null, trips = 50): SweepFigures => ({
  ...{ pnl: '-2.5' as DecimalString, returnPercent: null, sharpe, sortino: null, trips },
  ...{ profitFactor: null, winRatePercent: null, expectancy: null, drawdownPercent: 4, fills: 9 },
});
const run = (sharpe: number, held: number | null = null, trips = 50): SweepRun => ({
  ...{ params: {}, figures: figures(sharpe, trips), error: null },
  holdout: held === null ? null : figures(held),
});
const heldOut = { rankedBy: 'sharpe', holdoutTime: 5 as never } as const;

describe('the judgement of a sweep', () => {
  it('knows what luck alone makes of so many runs', () => {
    const many = Array.from({ length: 100 }, () => run(1));
    // √(2 ln 100) = 3.0349
    expect(judgeSweep(many, { ...heldOut, holdoutTime: null })).toMatchObject({
      ...{ runs: 100, luck: expect.closeTo(3.0349, 4), heldOut: 'nothing', fewTrips: null },
    });
    expect(judgeSweep([run(1)], heldOut).luck).toBe(0);
  });

  it('counts no run that could not be made: nothing was chosen from those', () => {
    const failed: SweepRun = { params: {}, figures: null, holdout: null, error: 'no such thing' };
    const some = [...Array.from({ length: 100 }, () => run(1)), failed, failed];
    expect(judgeSweep(some, heldOut)).toMatchObject({ runs: 100, luck: expect.closeTo(3.0349, 4) });
    expect(judgeSweep([failed, failed], heldOut)).toMatchObject({ runs: 0, luck: 0 });
  });

  it('counts where the best one comes where nothing was chosen', () => {
    const runs = [run(3, -1, 4), run(2, 2), run(1, 0.5), run(0)];
    expect(judgeSweep(runs, heldOut)).toMatchObject({ fewTrips: 4, heldOut: { place: 3, of: 3 } });
    expect(judgeSweep([run(1), run(0, 2)], heldOut).heldOut).toBe('unknown');
    expect(judgeSweep([], heldOut)).toMatchObject({ runs: 0, fewTrips: null, heldOut: 'unknown' });
  });
});

it('the larger merit is the better one, of a drawdown too', () => {
  expect(meritOf(figures(1), 'pnl')).toBe(-2.5);
  expect(meritOf(figures(1), 'drawdownPercent')).toBe(-4);
  expect(meritOf(figures(null), 'sharpe')).toBeNull();
  expect(meritOf(null, 'sharpe')).toBeNull();
});
