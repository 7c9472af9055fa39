import { describe, expect, it } from 'vitest';
import type { SweepFigures, SweepRun } from '#contract/backtest-sweep.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { nextRunSorting, paramKey, sortRuns, variedParams, withPlaces } from './sweep-order.ts';

const figures = (pnl: string, sharpe: number | null): SweepFigures => ({
  ...{ pnl: pnl as DecimalString, sharpe, returnPercent: null, sortino: null, profitFactor: null },
  ...{ winRatePercent: null, expectancy: null, drawdownPercent: null, fills: 2, trips: 1 },
});
const run = (params: SweepRun['params'], pnl: string, sharpe: number | null, held?: number) =>
  ({
    params,
    figures: figures(pnl, sharpe),
    holdout: held === undefined ? null : figures('0', held),
    error: null,
  }) satisfies SweepRun;

const RUNS = withPlaces([
  run({ fast: 5, average: 'EMA', quantity: '0.1' }, '90', 3, -1),
  run({ fast: 20, average: 'EMA', quantity: '0.02' }, '100', 2, 0.5),
  run({ fast: 10, average: 'EMA', quantity: '0.1' }, '-7.5', null),
]);
const order = (key: string, isDescending: boolean) =>
  sortRuns(RUNS, { key, isDescending }, 'sharpe').map(({ place }) => place);

describe('the runs of a sweep', () => {
  it('are ordered by any figure, those without one at the end either way', () => {
    expect(order('pnl', true)).toEqual([2, 1, 3]);
    expect(order('pnl', false)).toEqual([3, 1, 2]);
    expect(order('sharpe', true)).toEqual([1, 2, 3]);
    expect(order('sharpe', false)).toEqual([2, 1, 3]);
  });

  it('are ordered by what they did on the part held out', () => {
    expect(order('holdout', true)).toEqual([2, 1, 3]);
  });

  it('are ordered by a parameter as a number, also where it is an exact one', () => {
    expect(order(paramKey('fast'), false)).toEqual([1, 3, 2]);
    expect(order(paramKey('quantity'), false)).toEqual([2, 1, 3]);
  });

  it('go back to their places', () => {
    expect(order('place', false)).toEqual([1, 2, 3]);
  });

  it('tell which parameters were tried', () => {
    expect(variedParams(RUNS.map((one) => one.run))).toEqual(['fast', 'quantity']);
    expect(variedParams([])).toEqual([]);
  });
});

it('a heading sorts by the largest first, and turns around when it is asked again', () => {
  const byPlace = { key: 'place', isDescending: false };
  expect(nextRunSorting(byPlace, 'pnl')).toEqual({ key: 'pnl', isDescending: true });
  expect(nextRunSorting({ key: 'pnl', isDescending: true }, 'pnl').isDescending).toBe(false);
  expect(nextRunSorting(byPlace, paramKey('fast')).isDescending).toBe(false);
});
