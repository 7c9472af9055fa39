import { decimalsOf } from '#domain/instrument.ts';

/**
 * The step in which the chart library thinks of a scale: a market's increment, where that is a part of one that
 * halves and fifths make up; of others (0.03) the library can draw no axis at all, so their last decimal stands in.
 */
export function scaleStep(increment: number): number {
  return isOfHalvesAndFifths(Math.round(1 / increment)) ? increment : 10 ** -decimalsOf(increment);
}

/** Zero is of increments that are larger than two: the library counts those in tens. */
function isOfHalvesAndFifths(parts: number): boolean {
  if (parts === 0) return true;
  let rest = parts;
  for (const divisor of [2, 5]) while (rest % divisor === 0) rest /= divisor;
  return rest === 1;
}
