import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import { placeOf, timeAtPlace } from './bar-axis.ts';

const MINUTE = 60_000;
/** Minutes 0, 1, 2, and after a hole 10. */
const BARS = [0, 1, 2, 10].map((minute) => ({ openTime: minute * MINUTE }) as Candle);

describe('the place of a time', () => {
  it('is the number of the bar that opens then, and between two by its share', () => {
    expect(placeOf(BARS, MINUTE, MINUTE)).toBe(1);
    expect(placeOf(BARS, 1.5 * MINUTE, MINUTE)).toBe(1.5);
    expect(placeOf(BARS, 6 * MINUTE, MINUTE)).toBe(2.5);
  });

  it('goes on before the first and after the last bar', () => {
    expect(placeOf(BARS, -2 * MINUTE, MINUTE)).toBe(-2);
    expect(placeOf(BARS, 13 * MINUTE, MINUTE)).toBe(6);
    expect(placeOf([], MINUTE, MINUTE)).toBe(0);
  });

  it('comes back to the time of each bar, be it there or not', () => {
    for (const place of [-3, 0, 1, 2, 3, 7]) {
      expect(placeOf(BARS, timeAtPlace(BARS, place, MINUTE), MINUTE)).toBe(place);
    }
    expect(timeAtPlace(BARS, 1.4, MINUTE)).toBe(MINUTE);
  });
});
