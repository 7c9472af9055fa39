/** A figure at the beginning and at the end of a soak. */
export interface Growth {
  /** The middle of the first samples, and of the last. */
  readonly before: number;
  readonly after: number;
  /** Of what it was before: 0.05 is 5 % more. */
  readonly share: number;
  /** Each of the last samples lies above each of the first: it is not the chance of a moment. */
  readonly isClear: boolean;
}

const SAMPLES_AN_END = 3;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export function growthOf(samples: readonly number[]): Growth {
  const count = Math.max(1, Math.min(SAMPLES_AN_END, Math.floor(samples.length / 2)));
  const first = samples.slice(0, count);
  const last = samples.slice(-count);
  const [before, after] = [median(first), median(last)];
  return {
    ...{ before, after },
    share: before === 0 ? after : Number((after / before - 1).toFixed(4)),
    isClear: Math.min(...last) > Math.max(...first),
  };
}
