import type { BacktestReport } from '#contract/backtest-report.ts';
import { curvePath, type ValueRange, valueRange } from '../bots/curve-path.ts';

type Curve = BacktestReport['curve'];

/** The paths of a report's curves, and what their scales reach over. */
export interface PlotCurves {
  readonly equity: string;
  /** Empty where there was no price to hold at. */
  readonly hold: string;
  /** Filled up to the top, where the equity stands at its peak. */
  readonly drawdown: string;
  /** Of both that are money. */
  readonly money: ValueRange;
  readonly water: ValueRange;
}

export const PLOT_BOX = { width: 1_000, height: 200 };

const pointsOf = (times: readonly number[], values: readonly number[]) =>
  times.map((time, index) => ({ time, value: values[index] ?? 0 }));

export function plotCurves({ times, equity, buyAndHold, drawdownPercent }: Curve): PlotCurves {
  const [ours, held] = [equity.map(Number), buyAndHold.map(Number)];
  const under = drawdownPercent.map((percent) => percent ?? 0);
  const money = valueRange([...ours, ...held]);
  const water = { lowest: Math.min(0, valueRange(under).lowest), highest: 0 };
  const path = (values: readonly number[], range: ValueRange) =>
    curvePath(pointsOf(times, values), { ...PLOT_BOX, range });
  const line = path(under, water);
  return {
    ...{ money, water },
    equity: path(ours, money),
    hold: held.length === 0 ? '' : path(held, money),
    // Without any drawdown there is nothing to fill.
    drawdown: water.lowest === 0 ? '' : `M0 0L${line.slice(1)}L${PLOT_BOX.width} 0Z`,
  };
}
