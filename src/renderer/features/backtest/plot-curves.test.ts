import { expect, it } from 'vitest';
import type { BacktestReport } from '#contract/backtest-report.ts';
import { PLOT_BOX, plotCurves } from './plot-curves.ts';

const curve = (
  equity: readonly string[],
  buyAndHold: readonly string[] = [],
  drawdownPercent: readonly (number | null)[] = equity.map(() => 0),
) =>
  ({
    times: equity.map((_, index) => index * 1_000),
    ...{ equity, buyAndHold, drawdownPercent },
  }) as unknown as BacktestReport['curve'];

it('puts equity and buying and holding on one scale', () => {
  const { money, equity, hold } = plotCurves(curve(['100', '110'], ['100', '80']));
  expect(money).toEqual({ lowest: 80, highest: 110 });
  expect(equity).toBe('M0.0 66.7L1000.0 0.0');
  expect(hold).toBe('M0.0 66.7L1000.0 200.0');
});

it('hangs the drawdown from the top, by its own depth', () => {
  const { water, drawdown } = plotCurves(curve(['9', '8', '9'], [], [null, -4, -2]));
  expect(water).toEqual({ lowest: -4, highest: 0 });
  expect(drawdown).toBe('M0 0L0.0 0.0L500.0 200.0L1000.0 100.0L1000 0Z');
  expect(PLOT_BOX.height).toBe(200);
});

it('draws no price that there was not, and no drawdown where there was none', () => {
  expect(plotCurves(curve(['1', '2']))).toMatchObject({ hold: '', drawdown: '' });
});
