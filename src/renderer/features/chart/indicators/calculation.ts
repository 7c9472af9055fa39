import type { Candle } from '#domain/candle.ts';

/** One value for each of an indicator's plots; null where there are too few bars for it yet. */
export type Values = readonly (number | null)[];

/** An indicator being computed, bar after bar. */
export interface Calculation {
  /** `isSameBar`: the bar is the one before in a newer state. */
  update(bar: Candle, isSameBar: boolean): Values;
}

/** What the library's indicators have in common. */
interface Streaming<Input, Result> {
  readonly isStable: boolean;
  update(input: Input, replace: boolean): Result | null;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/**
 * One of the library's indicators. Some answer before they have seen enough bars, some divide by what
 * may be zero, and some mistake a newer state of their very first bar for a second one: none of that
 * is a value.
 */
export function streamed<Input, Result>(
  create: () => Streaming<Input, Result>,
  inputOf: (bar: Candle) => Input,
  plotsOf: (result: Result) => readonly number[],
  count: number,
): Calculation {
  const none: Values = Array.from({ length: count }, () => null);
  let indicator = create();
  let barsSeen = 0;
  return {
    update(bar, isSameBar) {
      if (!isSameBar) barsSeen += 1;
      if (barsSeen === 1) indicator = create();
      const result = indicator.update(inputOf(bar), isSameBar && barsSeen > 1);
      return result === null || !indicator.isStable ? none : plotsOf(result).map(finite);
    },
  };
}
