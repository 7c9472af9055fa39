import type { RankFigure, SweepRun } from '#contract/backtest-sweep.ts';

/** The best run at a place of the map; null where none could run so. */
export interface HeatCell {
  readonly run: SweepRun | null;
  readonly value: number | null;
  /** −1 to 1: how far to the good or to the bad side the colour goes. */
  readonly heat: number;
}

export interface HeatMapCells {
  readonly columns: readonly unknown[];
  readonly rows: readonly unknown[];
  /** By row, then column. */
  readonly cells: readonly (readonly HeatCell[])[];
}

export interface HeatAxes {
  readonly x: string;
  readonly y: string;
  readonly figure: RankFigure;
}

/** Where a figure is neither good nor bad; of the others only more and less can be told. */
const MIDDLES: Partial<Record<RankFigure, number>> = {
  ...{ pnl: 0, returnPercent: 0, sharpe: 0, sortino: 0, expectancy: 0, profitFactor: 1 },
};

/**
 * The runs (best first) as a map over two parameters. Where more were tried, a place shows the best of
 * all that lie in it.
 */
export function heatCells(runs: readonly SweepRun[], { x, y, figure }: HeatAxes): HeatMapCells {
  const columns = valuesOf(runs, x);
  const rows = valuesOf(runs, y);
  const best = new Map<string, SweepRun>();
  for (const run of runs) {
    const key = keyOf(run.params[x], run.params[y]);
    if (!best.has(key)) best.set(key, run);
  }
  const valueAt = (run: SweepRun | undefined): number | null => {
    const value = run?.figures?.[figure] ?? null;
    return value === null ? null : Number(value);
  };
  const scale = scaleOf(
    [...best.values()].flatMap((run) => valueAt(run) ?? []),
    figure,
  );
  const cells = rows.map((row) =>
    columns.map((column): HeatCell => {
      const run = best.get(keyOf(column, row));
      const value = valueAt(run);
      return { run: run ?? null, value, heat: value === null ? 0 : scale(value) };
    }),
  );
  return { columns, rows, cells };
}

const keyOf = (x: unknown, y: unknown): string => JSON.stringify([x, y]);

const valuesOf = (runs: readonly SweepRun[], name: string): readonly unknown[] =>
  [...new Set(runs.map(({ params }) => params[name]))].sort((a, b) =>
    Number.isFinite(Number(a)) && Number.isFinite(Number(b))
      ? Number(a) - Number(b)
      : String(a).localeCompare(String(b)),
  );

/** To both sides of its middle a figure has the same scale; a drawdown is the worse the deeper. */
function scaleOf(values: readonly number[], figure: RankFigure): (value: number) => number {
  const middle = MIDDLES[figure];
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  if (middle !== undefined) {
    const reach = Math.max(highest - middle, middle - lowest) || 1;
    return (value) => (value - middle) / reach;
  }
  const range = highest - lowest || 1;
  const share = (value: number) => (value - lowest) / range;
  return figure === 'drawdownPercent' ? (value) => 1 - share(value) : share;
}
