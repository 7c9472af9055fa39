import { expect, it } from 'vitest';
import { combinationsOf, parseAxis, parseGrid, runCountOf, sweepGridSchema } from './sweep-grid.ts';

const combinations = (text: string) => {
  const grid = parseGrid(text);
  if (!grid.ok) return grid.error.message;
  const all = combinationsOf(grid.value);
  return all.ok ? all.value : all.error.message;
};

it('tries every combination of ranges, steps and values', () => {
  expect(combinations('fast=5..15:5,average=SMA|EMA')).toEqual([
    { fast: 5, average: 'SMA' },
    { fast: 5, average: 'EMA' },
    { fast: 10, average: 'SMA' },
    { fast: 10, average: 'EMA' },
    { fast: 15, average: 'SMA' },
    { fast: 15, average: 'EMA' },
  ]);
  expect(combinations('a=1..3')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  expect(combinations('a=-0.2..0.2:0.1')).toHaveLength(5);
  expect(combinations('a=0.1..0.3:0.1')).toEqual([{ a: 0.1 }, { a: 0.2 }, { a: 0.3 }]);
  expect(combinations('a=true|1.5|x')).toEqual([{ a: true }, { a: 1.5 }, { a: 'x' }]);
});

it.each([
  '',
  'fast',
  'fast=',
  'fast=5..1',
  'fast=1..2:0',
  'a=1,a=2',
  '=1',
  'a=1..1e9',
  'a=1..1000000',
])('refuses %j', (text) => {
  expect(combinations(text)).toEqual(expect.any(String));
});

it('does not do more than can be waited for', () => {
  expect(combinations('a=1..200,b=1..200')).toMatch(/40000 runs/);
});

it('reads one parameter as it is written, and counts what it comes to', () => {
  expect(parseAxis(' 5..15:5 ')).toEqual({ from: 5, to: 15, step: 5 });
  expect(parseAxis('SMA | EMA')).toEqual(['SMA', 'EMA']);
  expect(parseAxis('')).toBeNull();
  expect(parseAxis('9..1')).toBeNull();
  expect(runCountOf({ fast: { from: 0.1, to: 0.3, step: 0.1 }, average: ['SMA', 'EMA'] })).toBe(6);
});

it('is refused by its schema where there would be too much of it', () => {
  expect(sweepGridSchema.safeParse({ fast: { from: 1, to: 5 } }).data).toEqual({
    fast: { from: 1, to: 5, step: 1 },
  });
  const bad = [{}, { 'a b': [1] }, { fast: [] }, { fast: { from: 2, to: 1 } }];
  const endless = [{ fast: { from: 0, to: 1, step: 1e-9 } }, { fast: { from: 0, to: 1, step: 0 } }];
  for (const grid of [...bad, ...endless])
    expect(sweepGridSchema.safeParse(grid).success).toBe(false);
});
