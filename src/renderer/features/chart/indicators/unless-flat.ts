import type { Candle } from '#domain/candle.ts';
import type { Calculation } from './calculation.ts';

/**
 * Values that say where the price stands in the range of so many bars: in a range without height that is nothing,
 * where the library says at its bottom. `averaged`: so many bars more go into one value.
 */
export function unlessFlat(period: number, averaged: number, inner: Calculation): Calculation {
  const bars: Candle[] = [];
  const flat: boolean[] = [];
  return {
    update(bar, isSameBar) {
      const values = inner.update(bar, isSameBar);
      keep(bars, bar, { isSameBar, most: period });
      keep(flat, isWithoutRange(bars), { isSameBar, most: averaged + 1 });
      return flat.includes(true) ? values.map(() => null) : values;
    },
  };
}

interface Keeping {
  /** The newest takes the place of the one before. */
  readonly isSameBar: boolean;
  readonly most: number;
}

function keep<T>(kept: T[], newest: T, { isSameBar, most }: Keeping): void {
  if (isSameBar) kept.pop();
  kept.push(newest);
  if (kept.length > most) kept.shift();
}

const isWithoutRange = (bars: readonly Candle[]): boolean => {
  const [first] = bars;
  return bars.every(({ high, low }) => high === first?.high && low === high);
};
