import { describe, expect, it } from 'vitest';
import { DEFAULT_TAPE_PREFERENCES, tapePreferencesSchema } from './tape-preferences.ts';

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
});
