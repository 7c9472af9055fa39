import { MOST_SWEEP_RUNS, type RankFigure } from '#contract/backtest-sweep.ts';
import type { StrategyDescription } from '#contract/requests.ts';
import {
  combinationsOf,
  parseAxis,
  runCountOf,
  type SweepAxis,
  type SweepGrid,
} from '#contract/sweep-grid.ts';
import { translator } from '../../i18n/i18n.ts';
import { formatCount } from '../../ui/format.ts';
import {
  numberError,
  parameterError,
  parameterValue,
  type StrategyParameter,
} from '../bots/parameter-value.ts';

const t = translator('backtest');

/** Whether many parameters are tried, and how they are judged, as typed. */
export interface SweepDraft {
  readonly isSweep: boolean;
  readonly rankedBy: RankFigure;
  /** Percent of the stretch, at its end; empty for none. */
  readonly holdoutPercent: string;
}

export const newSweepDraft = (): SweepDraft => ({
  isSweep: false,
  rankedBy: 'sharpe',
  holdoutPercent: '30',
});

const HOLDOUT_LIMITS = { minimum: 1, maximum: 90 };
/** More than so many take a while, and the best of them owes much to luck. */
const MANY_RUNS = 1_000;

type Typed = Readonly<Record<string, string>>;

/** What a parameter's text asks for: one value, several of them, or what is wrong with it. */
type Wish =
  | { readonly kind: 'one'; readonly text: string }
  | { readonly kind: 'several'; readonly axis: SweepAxis }
  | { readonly kind: 'wrong'; readonly error: string };

function wishOf(text: string, parameter: StrategyParameter): Wish {
  const axis = parseAxis(text);
  if (axis === null) return { kind: 'wrong', error: t('errors.axis') };
  if (!Array.isArray(axis)) return rangeWish(axis, parameter);
  const texts = text.split('|').map((one) => one.trim());
  const error = texts.map((one) => valueError(one, parameter)).find((one) => one !== null);
  if (error) return { kind: 'wrong', error };
  const [only, ...more] = texts;
  if (only !== undefined && more.length === 0) return { kind: 'one', text: only };
  if (new Set(texts).size < texts.length) return { kind: 'wrong', error: t('errors.twice') };
  return { kind: 'several', axis: texts.map((one) => parameterValue(one, parameter.kind)) };
}

type Range = Exclude<SweepAxis, readonly unknown[]>;

function rangeWish(range: Range, parameter: StrategyParameter): Wish {
  const error = rangeError(range, parameter);
  if (error !== null) return { kind: 'wrong', error };
  if (parameter.kind !== 'decimal') return { kind: 'several', axis: range };
  // Of exact figures the hub takes the digits, not a number.
  const values = combinationsOf({ value: range });
  if (!values.ok) return { kind: 'wrong', error: values.error.message };
  return { kind: 'several', axis: values.value.map(({ value }) => String(value)) };
}

function rangeError({ from, to, step }: Range, parameter: StrategyParameter): string | null {
  const { kind } = parameter;
  if (kind === 'choice' || kind === 'boolean') return t('errors.noRange');
  if (kind === 'integer' && !Number.isInteger(step)) return t('errors.wholeStep');
  return parameterError(String(from), parameter) ?? parameterError(String(to), parameter);
}

function valueError(text: string, parameter: StrategyParameter): string | null {
  const offered = parameter.kind === 'boolean' ? ['true', 'false'] : parameter.options;
  if (offered === null || offered === undefined) return parameterError(text, parameter);
  return offered.includes(text) ? null : t('errors.options', { options: offered.join(', ') });
}

/** What is wrong with what is to be tried, by the parameter's name; null where nothing is. */
export const axisErrors = (
  params: Typed,
  { parameters }: StrategyDescription,
): readonly [string, string | null][] =>
  parameters.map((parameter) => {
    const wish = wishOf(params[parameter.name] ?? '', parameter);
    return [parameter.name, wish.kind === 'wrong' ? wish.error : null];
  });

/** The parameters that are tried with several values. Those that are wrong are left out. */
export function gridOf(params: Typed, { parameters }: StrategyDescription): SweepGrid {
  const axes = parameters.flatMap((parameter): [string, SweepAxis][] => {
    const wish = wishOf(params[parameter.name] ?? '', parameter);
    return wish.kind === 'several' ? [[parameter.name, wish.axis]] : [];
  });
  return Object.fromEntries(axes);
}

/** The parameters with one value, and of the others the first: what the hub wants of the bot itself. */
export const singleParams = (params: Typed, { parameters }: StrategyDescription): Typed =>
  Object.fromEntries(
    parameters.map((parameter) => {
      const text = params[parameter.name] ?? '';
      const wish = wishOf(text, parameter);
      if (wish.kind !== 'several') return [parameter.name, text];
      const first = Array.isArray(wish.axis) ? wish.axis[0] : wish.axis.from;
      return [parameter.name, String(first)];
    }),
  );

export interface RunCount {
  readonly runs: number;
  readonly judgement: 'none' | 'fine' | 'many' | 'tooMany';
  /** In a sentence. */
  readonly text: string;
}

/** How many runs that makes, and what is to be said of it. */
export function countRuns(grid: SweepGrid): RunCount {
  if (Object.keys(grid).length === 0) {
    return { runs: 1, judgement: 'none', text: t('runs.none') };
  }
  const runs = runCountOf(grid);
  const words = { count: runs, amount: formatCount(runs), most: formatCount(MOST_SWEEP_RUNS) };
  if (runs > MOST_SWEEP_RUNS) return { runs, judgement: 'tooMany', text: t('runs.tooMany', words) };
  if (runs > MANY_RUNS) return { runs, judgement: 'many', text: t('runs.many', words) };
  return { runs, judgement: 'fine', text: t('runs.fine', words) };
}

export const holdoutError = ({ holdoutPercent }: SweepDraft): string | null =>
  holdoutPercent.trim() === '' ? null : numberError(holdoutPercent, HOLDOUT_LIMITS);

/** As the hub takes it. Only of a draft without errors. */
export const checkedSweep = ({ rankedBy, holdoutPercent }: SweepDraft, grid: SweepGrid) => ({
  grid,
  rankedBy,
  holdout: holdoutPercent.trim() === '' ? null : Number(holdoutPercent) / 100,
});

/** An axis as it is typed. */
export const axisText = (axis: SweepAxis): string =>
  Array.isArray(axis)
    ? axis.join('|')
    : `${axis.from}..${axis.to}${axis.step === 1 ? '' : `:${axis.step}`}`;
