export interface CurvePoint {
  readonly time: number;
  readonly value: number;
}

export interface ValueRange {
  readonly lowest: number;
  readonly highest: number;
}

/** Of no values nothing can be said. */
export const valueRange = (values: readonly number[]): ValueRange => ({
  lowest: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  highest: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
});

export interface CurveBox {
  readonly width: number;
  readonly height: number;
  /** What the box reaches over from top to bottom; without it: from the highest to the lowest point. */
  readonly range?: ValueRange;
}

/** An SVG path through the points, by time, over the whole box; a flat curve runs through its middle. */
export function curvePath(
  points: readonly CurvePoint[],
  { width, height, range: within }: CurveBox,
): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const span = last.time - first.time || 1;
  const { lowest, highest } = within ?? valueRange(points.map(({ value }) => value));
  const range = highest - lowest;
  return points
    .map(({ time, value }, index) => {
      const x = ((time - first.time) / span) * width;
      const y = range === 0 ? height / 2 : height - ((value - lowest) / range) * height;
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
