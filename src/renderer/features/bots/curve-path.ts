export interface CurvePoint {
  readonly time: number;
  readonly value: number;
}

/** An SVG path through the points, by time, over the whole box; a flat curve runs through its middle. */
export function curvePath(
  points: readonly CurvePoint[],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const span = last.time - first.time || 1;
  const lowest = points.reduce((least, { value }) => Math.min(least, value), first.value);
  const highest = points.reduce((most, { value }) => Math.max(most, value), first.value);
  const range = highest - lowest;
  return points
    .map(({ time, value }, index) => {
      const x = ((time - first.time) / span) * width;
      const y = range === 0 ? height / 2 : height - ((value - lowest) / range) * height;
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
