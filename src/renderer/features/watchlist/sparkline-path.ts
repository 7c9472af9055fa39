/** The points of an SVG polyline that fits prices into a box; empty where there is no line yet. */
export function sparklinePath(prices: readonly number[], width: number, height: number): string {
  if (prices.length < 2) return '';
  const low = Math.min(...prices);
  const range = Math.max(...prices) - low;
  const step = width / (prices.length - 1);
  return prices
    .map((price, index) => {
      const share = range === 0 ? 0.5 : (price - low) / range;
      return `${(index * step).toFixed(1)},${(height - share * height).toFixed(1)}`;
    })
    .join(' ');
}
