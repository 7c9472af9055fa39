import { describe, expect, it } from 'vitest';
import { nextIndex } from './next-index.ts';

describe('nextIndex', () => {
  it('goes from one to the next, past the end to none, and on from the other end', () => {
    const ids = ['a', 'b'];
    const walk = (step: 1 | -1) => {
      let chosen: string | null = null;
      return [1, 2, 3, 4].map(() => {
        chosen = ids[nextIndex(ids, chosen, step)] ?? null;
        return chosen;
      });
    };
    expect(walk(1)).toEqual(['a', 'b', null, 'a']);
    expect(walk(-1)).toEqual(['b', 'a', null, 'b']);
  });
});
