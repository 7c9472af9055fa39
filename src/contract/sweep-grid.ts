import { z } from 'zod';
import { MOST_SWEEP_RUNS } from './backtest-sweep.ts';
import { fail, type Result, succeed } from './errors.ts';

const MOST_VALUES = 200;
/** A step of 0.1 has 10 decimals to spare. */
const STEP_DECIMALS = 10;

const valueSchema = z.union([z.number(), z.boolean(), z.string().min(1).max(80)]);
const rangeSchema = z
  .strictObject({ from: z.number(), to: z.number(), step: z.number().positive().default(1) })
  .refine(({ from, to }) => from <= to, 'to: must not lie below from')
  .refine(
    ({ from, to, step }) => (to - from) / step <= MOST_SWEEP_RUNS,
    `step: more than ${MOST_SWEEP_RUNS} values`,
  );

/** The values to try of one parameter: these, or a range with both its ends. */
const sweepAxisSchema = z.union([z.array(valueSchema).min(1).max(MOST_VALUES), rangeSchema]);
export type SweepAxis = z.output<typeof sweepAxisSchema>;

/** For each parameter the values to try. */
export const sweepGridSchema = z
  .record(z.string().regex(/^[A-Za-z]\w{0,79}$/), sweepAxisSchema)
  .refine((grid) => Object.keys(grid).length > 0, 'a grid needs a parameter');
export type SweepGrid = z.output<typeof sweepGridSchema>;

const RANGE = /^(-?[\d.]+)\.\.(-?[\d.]+)(?::([\d.]+))?$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const AXIS = /^([A-Za-z]\w*)=(.+)$/;

/** `fast=5..20:5,slow=20..100:20,average=SMA|EMA`: ranges with a step (1 without), or values. */
export function parseGrid(text: string): Result<SweepGrid> {
  const grid: SweepGrid = {};
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const [, name, wanted] = AXIS.exec(part.trim()) ?? [];
    const axis = wanted === undefined ? null : parseAxis(wanted);
    if (name === undefined || axis === null) {
      return fail('invalid_payload', `"${part}" is not like fast=5..20:5 or average=SMA|EMA.`);
    }
    if (Object.hasOwn(grid, name)) {
      return fail('invalid_payload', `${name} is in the grid twice.`);
    }
    grid[name] = axis;
  }
  if (Object.keys(grid).length === 0)
    return fail('invalid_payload', 'A grid needs a parameter, as in fast=5..20:5.');
  return succeed(grid);
}

/** `5..20:5` or `SMA|EMA`; null where it is neither. */
export function parseAxis(text: string): SweepAxis | null {
  const range = RANGE.exec(text.trim());
  // A range that is none is no value either.
  if (!range && text.includes('..')) return null;
  const axis = range
    ? { from: Number(range[1]), to: Number(range[2]), step: Number(range[3] ?? 1) }
    : text.split('|').map((one) => oneValueOf(one.trim()));
  return sweepAxisSchema.safeParse(axis).data ?? null;
}

function oneValueOf(text: string): number | boolean | string {
  if (text === 'true' || text === 'false') return text === 'true';
  return NUMBER.test(text) ? Number(text) : text;
}

function valuesOf(axis: SweepAxis): readonly (number | boolean | string)[] {
  if (Array.isArray(axis)) return axis;
  const { from, to, step } = axis;
  const values: number[] = [];
  for (let index = 0; ; index++) {
    const value = Number((from + index * step).toFixed(STEP_DECIMALS));
    if (value > to) return values;
    values.push(value);
  }
}

/** How many combinations there are. */
export const runCountOf = (grid: SweepGrid): number =>
  Object.values(grid).reduce((product, axis) => product * valuesOf(axis).length, 1);

/** Every combination, the last parameter changing fastest. */
export function combinationsOf(grid: SweepGrid): Result<readonly Record<string, unknown>[]> {
  const count = runCountOf(grid);
  if (count > MOST_SWEEP_RUNS) {
    return fail('invalid_payload', `A grid of ${count} runs: at most ${MOST_SWEEP_RUNS} are done.`);
  }
  let combinations: Record<string, unknown>[] = [{}];
  for (const [name, axis] of Object.entries(grid)) {
    combinations = combinations.flatMap((known) =>
      valuesOf(axis).map((value) => ({ ...known, [name]: value })),
    );
  }
  return succeed(combinations);
}
