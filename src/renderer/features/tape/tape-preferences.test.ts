import { describe, expect, it } from 'vitest';
import {
  DEFAULT_TAPE_PREFERENCES,
  heardFrom,
  isLeastSize,
  isLevelSize,
  tapePreferencesSchema,
} from './tape-preferences.ts';

describe('the preferences of a tape', () => {
  it('begin silent, unfiltered, print by print', () => {
    expect(DEFAULT_TAPE_PREFERENCES).toMatchObject({
      ...{ isSoundOn: false, hideBelow: 0, aggregation: 'off', unit: 'median' },
      levels: [{ from: 10 }, { from: 50 }],
    });
  });

  it('keep the levels in order, whatever the order they were written in', () => {
    const levels = [
      { from: 5, color: '#ffaa00' },
      { from: 1, color: null },
    ];
    expect(tapePreferencesSchema.parse({ levels }).levels.map(({ from }) => from)).toEqual([1, 5]);
    expect(tapePreferencesSchema.parse({ levels: [] }).levels).toEqual([]);
  });

  it.each([
    { hideBelow: -1 },
    { hideBelow: Number.NaN },
    { levels: [{ from: 0, color: null }] },
    { levels: [{ from: 1, color: 'url(x)' }] },
    { levels: Array(5).fill({ from: 1, color: null }) },
    { windowMs: 0 },
    { volume: 2 },
    { aggregation: 'all' },
  ])('take nothing that makes no sense: %j', (kept) => {
    expect(tapePreferencesSchema.parse(kept)).toEqual(DEFAULT_TAPE_PREFERENCES);
  });

  it('hear from the highest level that there is, where one that was heard from is gone', () => {
    const levels = [{ from: 10, color: null }];
    expect(heardFrom({ soundFrom: 2, levels })).toBe(1);
    expect(heardFrom({ soundFrom: 1, levels })).toBe(1);
    expect(heardFrom({ soundFrom: 1, levels: [] })).toBe(0);
  });

  it('let nothing be typed that would not be there after a reload', () => {
    for (const from of [0.001, 1e12, 1e13]) {
      const levels = [{ from, color: null }];
      const isKept = tapePreferencesSchema.parse({ levels }).levels[0]?.from === from;
      expect([from, isLevelSize(from)]).toEqual([from, isKept]);
      const { hideBelow } = tapePreferencesSchema.parse({ hideBelow: from });
      expect([from, isLeastSize(from)]).toEqual([from, hideBelow === from]);
    }
    expect([isLevelSize(0), isLeastSize(0), isLeastSize(-1)]).toEqual([false, true, false]);
  });
});
