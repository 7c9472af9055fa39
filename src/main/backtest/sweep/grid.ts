import { MOST_SWEEP_RUNS } from '#contract/backtest-sweep.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';

/** For each parameter the values to try. */
export type Grid = ReadonlyMap<string, readonly unknown[]>;

const RANGE = /^(-?[\d.]+)\.\.(-?[\d.]+)(?::([\d.]+))?$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const AXIS = /^([A-Za-z]\w*)=(.+)$/;
/** A step of 0.1 has 10 decimals to spare. */
const STEP_DECIMALS = 10;

/** `fast=5..20:5,slow=20..100:20,average=SMA|EMA`: ranges with a step (1 without), or values. */
export function parseGrid(text: string): Result<Grid> {
  const grid = new Map<string, readonly unknown[]>();
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const [, name, wanted] = AXIS.exec(part.trim()) ?? [];
    const values = wanted === undefined ? null : valuesOf(wanted);
    if (name === undefined || values === null) {
      return fail('invalid_payload', `"${part}" is not like fast=5..20:5 or average=SMA|EMA.`);
    }
    if (grid.has(name)) return fail('invalid_payload', `${name} is in the grid twice.`);
    grid.set(name, values);
  }
  if (grid.size === 0)
    return fail('invalid_payload', 'A grid needs a parameter, as in fast=5..20:5.');
  return succeed(grid);
}

function valuesOf(text: string): readonly unknown[] | null {
  const range = RANGE.exec(text);
  // A range that is none is no value either.
  if (!range) return text.includes('..') ? null : text.split('|').map(oneValueOf);
  const [from, to, step] = [Number(range[1]), Number(range[2]), Number(range[3] ?? 1)];
  if (!(from <= to) || !(step > 0) || (to - from) / step > MOST_SWEEP_RUNS) return null;
  const values: number[] = [];
  for (let index = 0; ; index++) {
    const value = Number((from + index * step).toFixed(STEP_DECIMALS));
    if (value > to) return values;
    values.push(value);
  }
}

function oneValueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return NUMBER.test(text) ? Number(text) : text;
}

/** Every combination, the last parameter changing fastest. */
export function combinationsOf(grid: Grid): Result<readonly Record<string, unknown>[]> {
  const count = [...grid.values()].reduce((product, values) => product * values.length, 1);
  if (count > MOST_SWEEP_RUNS) {
    return fail('invalid_payload', `A grid of ${count} runs: at most ${MOST_SWEEP_RUNS} are done.`);
  }
  let combinations: Record<string, unknown>[] = [{}];
  for (const [name, values] of grid) {
    combinations = combinations.flatMap((known) =>
      values.map((value) => ({ ...known, [name]: value })),
    );
  }
  return succeed(combinations);
}
