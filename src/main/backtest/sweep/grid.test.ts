import { expect, it } from 'vitest';
import { combinationsOf, parseGrid } from './grid.ts';

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
