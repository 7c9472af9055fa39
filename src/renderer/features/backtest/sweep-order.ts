import type { RankFigure, SweepFigures, SweepRun } from '#contract/backtest-sweep.ts';
import { nextSorting, type OrderValue, orderRows } from '../../ui/row-order.ts';
import type { Sorting } from '../../ui/table.tsx';

/** What a sweep's table may be ordered by, besides a parameter (`param:fast`). */
export const RUN_COLUMNS = [
  'pnl',
  'returnPercent',
  'drawdownPercent',
  'sharpe',
  'sortino',
  'profitFactor',
  'winRatePercent',
  'expectancy',
  'trips',
  'fills',
] as const satisfies readonly (keyof SweepFigures)[];
export type RunColumn = (typeof RUN_COLUMNS)[number];

/** A run with its place by the figure that the sweep ranks by, from 1. */
export interface RankedRun {
  readonly place: number;
  readonly run: SweepRun;
}

export const HOLDOUT = 'holdout';
export const PLACE = 'place';
const PARAM = 'param:';
export const paramKey = (name: string): string => `${PARAM}${name}`;

/** As the hub gives them: best first. */
export const withPlaces = (runs: readonly SweepRun[]): readonly RankedRun[] =>
  runs.map((run, index) => ({ place: index + 1, run }));

/** The parameters of which the runs have different values, in the order in which they are named. */
export function variedParams(runs: readonly SweepRun[]): readonly string[] {
  const names = Object.keys(runs[0]?.params ?? {});
  return names.filter((name) => new Set(runs.map(({ params }) => params[name])).size > 1);
}

function columnValue({ place, run }: RankedRun, key: string, rankedBy: RankFigure): OrderValue {
  if (key === PLACE) return place;
  if (key === HOLDOUT) return numberOf(run.holdout?.[rankedBy]);
  if (key.startsWith(PARAM)) return comparable(run.params[key.slice(PARAM.length)]);
  return numberOf(run.figures?.[key as RunColumn]);
}

const numberOf = (value: number | string | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

function comparable(value: unknown): OrderValue {
  if (typeof value === 'number') return value;
  const text = String(value);
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** Ordered anew, among equals the better place first: so they come. */
export const sortRuns = (
  runs: readonly RankedRun[],
  { key, isDescending }: Sorting,
  rankedBy: RankFigure,
): readonly RankedRun[] =>
  orderRows(runs, (ranked) => columnValue(ranked, key, rankedBy), isDescending);

const BY_PLACE: Sorting = { key: PLACE, isDescending: false };

/** What a click on a heading asks for: figures begin with the largest, names and places do not. */
export const nextRunSorting = (current: Sorting, key: string): Sorting =>
  nextSorting(current, { key, isDescending: !(key === PLACE || key.startsWith(PARAM)) }, BY_PLACE);
