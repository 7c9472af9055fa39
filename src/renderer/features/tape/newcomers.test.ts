import { describe, expect, it } from 'vitest';
import { newcomersAbove } from './newcomers.ts';

describe('newcomersAbove', () => {
  it('counts what came in since', () => {
    expect(newcomersAbove(['c', 'b', 'a'], ['c', 'b', 'a'])).toBe(0);
    expect(newcomersAbove(['c', 'b', 'a'], ['e', 'd', 'c', 'b'])).toBe(2);
  });

  it('finds the place where the newest row has grown', () => {
    expect(newcomersAbove(['c', 'b', 'a'], ['c+', 'b', 'a'])).toBe(0);
    expect(newcomersAbove(['c', 'b', 'a'], ['d', 'c+', 'b', 'a'])).toBe(1);
  });

  it('says nothing where everything is another, was scrolled, or was not there', () => {
    expect(newcomersAbove(['c', 'b'], ['z', 'y'])).toBe(0);
    expect(newcomersAbove(['c', 'b', 'a'], ['b', 'a'])).toBe(0);
    expect(newcomersAbove(['c'], ['d', 'c'])).toBe(0);
    expect(newcomersAbove([undefined, undefined], ['b', 'a'])).toBe(0);
  });
});
