import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import { IndicatorRun } from './indicator-run.ts';
import { usualSettings } from './indicator-settings.ts';
import { inventedBars } from './invented-bars.fixture.ts';

const LIVELY = inventedBars(90, 5);
/** As the others, but for a stretch of bars in which nobody trades at another price. */
const bars = LIVELY.map((bar, index): Candle => {
  const { close } = LIVELY[30] as Candle;
  return index < 30 || index >= 60 ? bar : { ...bar, open: close, high: close, low: close, close };
});
const valuesOf = (kind: 'stochastic' | 'williams' | 'rsi') =>
  new IndicatorRun(usualSettings(kind, kind)).setBars(bars);
const isNothing = (values: readonly (number | null)[] | undefined) =>
  values?.every((value) => value === null);

describe('a market that stood still for long', () => {
  it('is neither oversold nor overbought: where it stands in its range is nothing', () => {
    for (const kind of ['stochastic', 'williams'] as const) {
      const values = valuesOf(kind);
      // The range of fourteen bars is without height from here on, until a bar moves.
      expect([42, 43, 59].map((index) => isNothing(values[index]))).toEqual([false, true, true]);
    }
  });

  it('has values again as soon as all that goes into them has a range', () => {
    expect(isNothing(valuesOf('williams')[60])).toBe(false);
    const stochastic = valuesOf('stochastic');
    expect([60, 63, 64].map((index) => isNothing(stochastic[index]))).toEqual([true, true, false]);
  });

  it('grows bar by bar as it is computed at once', () => {
    const grown = new IndicatorRun(usualSettings('stochastic', 'grown'));
    for (const bar of bars) {
      grown.update({ ...bar, high: (bar.high * 2) as Candle['high'] });
      grown.update(bar);
    }
    expect(grown.values.map(isNothing)).toEqual(valuesOf('stochastic').map(isNothing));
  });
});
