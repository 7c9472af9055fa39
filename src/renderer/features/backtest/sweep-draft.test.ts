import { describe, expect, it } from 'vitest';
import { combinationsOf, sweepGridSchema } from '#contract/sweep-grid.ts';
import { defaultParams } from '../bots/bot-draft.ts';
import { everyKind } from './strategy.fixture.ts';
import {
  axisErrors,
  axisText,
  checkedSweep,
  countRuns,
  gridOf,
  holdoutError,
  newSweepDraft,
  singleParams,
} from './sweep-draft.ts';

const typed = (changes: Record<string, string>) => ({ ...defaultParams(everyKind), ...changes });
const grid = (changes: Record<string, string>) => gridOf(typed(changes), everyKind);
const errors = (changes: Record<string, string>) =>
  Object.fromEntries(axisErrors(typed(changes), everyKind).filter(([, error]) => error !== null));

describe('what a sweep tries', () => {
  it('is nothing as long as every parameter has one value', () => {
    expect(grid({})).toEqual({});
    expect(errors({})).toEqual({});
    expect(countRuns({})).toMatchObject({ runs: 1, judgement: 'none' });
  });

  it('are ranges and values, in the kinds that the strategy takes', () => {
    const wide = grid({
      ...{ fast: '5..15:5', spacing: '10|12.5', average: 'SMA|EMA', isPatient: 'true|false' },
    });
    expect(wide).toEqual({
      fast: { from: 5, to: 15, step: 5 },
      spacing: [10, 12.5],
      average: ['SMA', 'EMA'],
      isPatient: [true, false],
    });
    expect(sweepGridSchema.parse(wide)).toEqual(wide);
    expect(countRuns(wide)).toMatchObject({ runs: 24, judgement: 'fine', text: '24 combinations' });
  });

  it('leaves exact figures exact: a range of them is told by its digits', () => {
    expect(grid({ quantity: '0.01..0.03:0.01' })).toEqual({ quantity: ['0.01', '0.02', '0.03'] });
    expect(grid({ quantity: '0.1|0.25' })).toEqual({ quantity: ['0.1', '0.25'] });
  });

  it('is checked value by value, against the limits of the parameter', () => {
    expect(errors({ fast: '0..10' })).toEqual({ fast: 'At least 1' });
    expect(errors({ fast: '5|51' })).toEqual({ fast: 'At most 50' });
    expect(errors({ fast: '1..5:0.5' })).toHaveProperty('fast');
    expect(errors({ fast: '5..1' })).toHaveProperty('fast');
    expect(errors({ fast: '' })).toHaveProperty('fast');
    expect(errors({ spacing: '1|1' })).toHaveProperty('spacing');
    expect(errors({ quantity: '0.1|much' })).toHaveProperty('quantity');
    expect(errors({ average: 'SMA|HMA' })).toEqual({ average: 'One of SMA, EMA' });
    expect(errors({ average: '1..2' })).toHaveProperty('average');
    expect(errors({ isPatient: 'yes' })).toHaveProperty('isPatient');
  });

  it('is warned of where it is much, and refused where it is too much', () => {
    expect(countRuns(grid({ fast: '1..50', spacing: '1..40' }))).toMatchObject({
      ...{ runs: 2_000, judgement: 'many' },
    });
    expect(countRuns(grid({ fast: '1..50', spacing: '1..201' })).judgement).toBe('tooMany');
  });

  it('gives the bot itself the first of several values', () => {
    const single = singleParams(typed({ fast: '7..9', average: 'EMA|SMA' }), everyKind);
    expect(single).toEqual(typed({ fast: '7', average: 'EMA' }));
  });

  it('comes back as it was typed', () => {
    const texts = { fast: '5..15:5', spacing: '1..3', average: 'SMA|EMA', isPatient: 'true|false' };
    const axes = Object.entries(grid(texts)).map(([name, axis]) => [name, axisText(axis)]);
    expect(Object.fromEntries(axes)).toEqual(texts);
  });

  it('can all be played: the contract counts the same combinations', () => {
    const wide = grid({ fast: '1..3', quantity: '0.1..0.3:0.1' });
    const all = combinationsOf(wide);
    expect(all.ok && all.value.length).toBe(countRuns(wide).runs);
  });
});

it('holds out a share of the stretch, or nothing', () => {
  const sweep = newSweepDraft();
  expect(checkedSweep(sweep, { fast: [1, 2] })).toMatchObject({ holdout: 0.3, rankedBy: 'sharpe' });
  expect(checkedSweep({ ...sweep, holdoutPercent: ' ' }, {}).holdout).toBeNull();
  expect(holdoutError({ ...sweep, holdoutPercent: '' })).toBeNull();
  expect(holdoutError({ ...sweep, holdoutPercent: '0' })).toBe('At least 1');
  expect(holdoutError({ ...sweep, holdoutPercent: '95' })).toBe('At most 90');
});
