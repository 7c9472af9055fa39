import { expect, it } from 'vitest';
import { fitsWords } from './fits-words.ts';

it('finds all words of a search, in any order and case', () => {
  expect(fitsWords('grid BTC')('demo:BTC/USDT Demo grid')).toBe(true);
  expect(fitsWords('grid eth')('demo:BTC/USDT Demo grid')).toBe(false);
});

it('finds everything where nothing is searched for', () => {
  expect(fitsWords('  ')('anything')).toBe(true);
});
