import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdRanges } from './id-ranges.ts';

const small = fc.integer({ min: 0, max: 60 });
const range = fc
  .tuple(small, fc.nat({ max: 9 }))
  .map(([first, more]) => ({ first, last: first + more }));

describe('IdRanges', () => {
  it('is a set of numbers, in whatever order its ranges come', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 20 }), small, small, (ranges, low, high) => {
        const set = new Set<number>();
        for (const { first, last } of ranges) for (let id = first; id <= last; id++) set.add(id);
        const tested = new IdRanges(ranges);
        for (let id = 0; id < 75; id++) expect(tested.covers(id)).toBe(set.has(id));
        const isBetween = [...set].some((id) => id > low && id < high);
        expect(tested.hasBetween(low, high)).toBe(isBetween);
      }),
    );
  });
});
