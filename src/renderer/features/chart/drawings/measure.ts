import type { Anchor } from '../../../stores/drawing-store.ts';
import { formatPercent, formatPrice } from '../../../ui/format.ts';

/** What lies between two points. */
export interface Measure {
  readonly price: number;
  /** Of the first price; null where that is zero. */
  readonly percent: number | null;
  readonly bars: number;
  readonly milliseconds: number;
}

export function measureBetween(from: Anchor, to: Anchor, bars: number): Measure {
  const price = to.price - from.price;
  return {
    price,
    percent: from.price === 0 ? null : (price / Math.abs(from.price)) * 100,
    bars,
    milliseconds: to.time - from.time,
  };
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** `2d 3h`, `45m`, `12s`: the two largest units. A stretch into the past has its minus. */
export function formatSpan(milliseconds: number): string {
  let rest = Math.round(Math.abs(milliseconds) / 1_000) * 1_000;
  const parts: string[] = [];
  for (const [unit, lengthMs] of UNITS) {
    const count = Math.floor(rest / lengthMs);
    rest -= count * lengthMs;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  if (parts.length === 0) return '0s';
  return `${milliseconds < 0 ? '−' : ''}${parts.slice(0, 2).join(' ')}`;
}

/** Two lines: the price's way, and the time's. `barsText` says how many bars in the user's language. */
export function measureLines(
  { price, percent, milliseconds }: Measure,
  priceIncrement: number,
  barsText: string,
): readonly [string, string] {
  const sign = price > 0 ? '+' : '';
  return [
    `${sign}${formatPrice(price, priceIncrement)} (${formatPercent(percent)})`,
    `${barsText} · ${formatSpan(milliseconds)}`,
  ];
}
