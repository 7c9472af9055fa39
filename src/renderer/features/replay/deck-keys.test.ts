import { describe, expect, it } from 'vitest';
import { CHART_KEYS, type ChartKey } from '../chart/chart-keys.ts';
import { DECK_KEYS, speedAfter } from './deck-keys.ts';

describe('the keys of a deck', () => {
  it('mean the same in its chart as anywhere else: the chart has none of them', () => {
    const ofChart = new Set(
      Object.values<ChartKey>(CHART_KEYS).flatMap(({ shortcut, alsoBy = [] }) => [
        shortcut,
        ...alsoBy,
      ]),
    );
    const ofDeck = Object.values(DECK_KEYS).flatMap((key) => [
      key.shortcut,
      ...('alsoBy' in key ? [key.alsoBy] : []),
    ]);
    expect(ofDeck.filter((key) => ofChart.has(key))).toEqual([]);
    expect(new Set(ofDeck).size).toBe(ofDeck.length);
  });
});

describe('the speeds of a deck', () => {
  it('go up and down the list, from between its steps as well, and stop at its ends', () => {
    expect(speedAfter(1, 1)).toBe(2);
    expect(speedAfter(3, 1)).toBe(5);
    expect(speedAfter(3, -1)).toBe(2);
    expect(speedAfter(1_000, 1)).toBe('max');
    expect(speedAfter('max', 1)).toBe('max');
    expect(speedAfter('max', -1)).toBe(1_000);
    expect(speedAfter(0.1, -1)).toBe(0.1);
  });
});
