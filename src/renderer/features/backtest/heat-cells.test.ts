import { expect, it } from 'vitest';
import type { RankFigure, SweepRun } from '#contract/backtest-sweep.ts';
import { heatCells } from './heat-cells.ts';

const run = (fast: number, slow: number, value: number | null, figure: RankFigure = 'pnl') =>
  ({
    params: { fast, slow, average: 'EMA' },
    figures: value === null ? null : { [figure]: value },
    holdout: null,
    error: null,
  }) as unknown as SweepRun;
const AXES = { x: 'fast', y: 'slow', figure: 'pnl' } as const;

it('lays the runs out by two parameters, in the order of their values', () => {
  const { columns, rows, cells } = heatCells(
    [run(10, 100, 50), run(5, 100, 10), run(10, 20, -25)],
    AXES,
  );
  expect(columns).toEqual([5, 10]);
  expect(rows).toEqual([20, 100]);
  expect(cells.map((row) => row.map(({ value }) => value))).toEqual([
    [null, -25],
    [10, 50],
  ]);
});

it('colours to both sides of nothing won by the same scale', () => {
  const { cells } = heatCells([run(1, 1, 50), run(2, 1, 0), run(3, 1, -25)], AXES);
  expect(cells[0]?.map(({ heat }) => heat)).toEqual([1, 0, -0.5]);
});

it('takes a deeper drawdown for the worse one', () => {
  const runs = [run(1, 1, 2, 'drawdownPercent'), run(2, 1, 10, 'drawdownPercent')];
  const { cells } = heatCells(runs, { ...AXES, figure: 'drawdownPercent' });
  expect(cells[0]?.map(({ heat }) => heat)).toEqual([1, 0]);
});

it('shows the best of those that lie in one place, and none where a bot could not run', () => {
  const { cells } = heatCells([run(1, 1, 30), run(1, 1, 20), run(2, 1, null)], AXES);
  expect(cells[0]?.map(({ value }) => value)).toEqual([30, null]);
});
