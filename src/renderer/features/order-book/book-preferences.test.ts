import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import {
  bookPreferencesSchema,
  groupingOf,
  DEFAULT_BOOK_PREFERENCES as NONE,
  withGrouping,
  withNextGrouping,
} from './book-preferences.ts';

const id = (at: number) => `a:X${at}/USD` as InstrumentId;

describe('the preferences of an order book', () => {
  it('begin with the ladder in the instrument’s own steps', () => {
    expect(NONE).toEqual({ view: 'ladder', groupings: {} });
    expect(groupingOf(NONE, id(1))).toBe(1);
  });

  it('keep a price step for each instrument, but not without end', () => {
    let kept = NONE;
    for (let at = 0; at < 250; at++) kept = { ...kept, ...withGrouping(kept, id(at), 10) };
    expect(Object.keys(kept.groupings)).toHaveLength(200);
    expect(groupingOf(kept, id(249))).toBe(10);
    expect(groupingOf(kept, id(0))).toBe(1);
  });

  it('take no step that there is not', () => {
    const damaged = bookPreferencesSchema.parse({ view: 'pie', groupings: { 'a:X/Y': 3 } });
    expect(damaged).toEqual(NONE);
  });

  it('take the next step up or down, and stay at the ends', () => {
    let kept = NONE;
    const step = (by: 1 | -1) => {
      kept = { ...kept, ...withNextGrouping(kept, id(1), by) };
      return groupingOf(kept, id(1));
    };
    expect([step(-1), step(1), step(1), step(-1)]).toEqual([1, 2, 5, 2]);
    for (let at = 0; at < 20; at++) step(1);
    expect(step(1)).toBe(1_000);
  });
});
