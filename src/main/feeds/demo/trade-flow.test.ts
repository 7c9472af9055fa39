import { describe, expect, it } from 'vitest';
import { DEMO_INSTRUMENTS } from './demo-instruments.ts';
import { DemoMarket } from './demo-market.ts';
import type { FlowTrade } from './trade-flow.ts';

const START_SECOND = 1_763_640_000;
const SIX_HOURS = 6 * 3_600;

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pearson's correlation of a series with itself `lag` later. */
function autocorrelation(values: readonly number[], lag: number): number {
  const centre = mean(values);
  const variance = mean(values.map((value) => (value - centre) ** 2));
  const products = values
    .slice(lag)
    .map((value, i) => (value - centre) * ((values[i] ?? 0) - centre));
  return mean(products) / variance;
}

/** Of all start times, the part after which a trade is at least `bps` away within `seconds`. */
function shareThatMoves(trades: readonly FlowTrade[], bps: number, seconds: number): number {
  const lastTime = trades.at(-1)?.time ?? 0;
  const moves: number[] = [];
  for (let i = 0; i < trades.length; i += 20) {
    const start = trades[i];
    if (!start || start.time + seconds * 1_000 > lastTime) break;
    let moved = 0;
    for (let j = i; (trades[j]?.time ?? lastTime) < start.time + seconds * 1_000; j++) {
      if (Math.abs((trades[j]?.price ?? 0) / start.price - 1) >= bps / 10_000) moved = 1;
    }
    moves.push(moved);
  }
  return mean(moves);
}

describe.each(DEMO_INSTRUMENTS)('trades of $instrument.id', (spec) => {
  const flow = new DemoMarket(1, spec).flow;
  const seconds = Array.from({ length: SIX_HOURS }, (_, i) =>
    flow.tradesOfSecond(START_SECOND + i),
  );
  const counts = seconds.map((trades) => trades.length);
  const trades = seconds.flat();

  it('arrive in clusters: more dispersed than a Poisson process, and correlated in time', () => {
    const average = mean(counts);
    const dispersion = mean(counts.map((count) => (count - average) ** 2)) / average;
    expect(average).toBeGreaterThan(0.7 * spec.tradesPerSecond);
    expect(average).toBeLessThan(1.4 * spec.tradesPerSecond);
    expect(dispersion).toBeGreaterThan(1.5);
    expect(autocorrelation(counts, 1)).toBeGreaterThan(0.1);
    expect(Math.max(...counts)).toBeGreaterThan(15);
    expect(Math.max(...counts)).toBeLessThanOrEqual(60);
  });

  it('cluster their volatility: large moves follow large moves', () => {
    const closes = seconds.flatMap((some, i) => (i % 5 === 4 ? [some.at(-1)?.price ?? 0] : []));
    const known = closes.filter((price) => price > 0);
    const returns = known.slice(1).map((price, i) => Math.log(price / (known[i] ?? price)));
    const sizes = returns.map(Math.abs);
    expect(autocorrelation(sizes, 1)).toBeGreaterThan(0.04);
    expect(autocorrelation(sizes, 10)).toBeGreaterThan(0.01);
  });

  it('keep to a side for a while, and have a heavy tail of sizes', () => {
    const sides = trades.map(({ isBuy }) => (isBuy ? 1 : 0));
    expect(mean(sides)).toBeGreaterThan(0.45);
    expect(mean(sides)).toBeLessThan(0.55);
    expect(autocorrelation(sides, 1)).toBeGreaterThan(0.2);
    const sizes = trades.map(({ size }) => size).sort((a, b) => a - b);
    const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
    expect(median / spec.medianTradeSize).toBeCloseTo(1, 0);
    expect(mean(sizes) / median).toBeGreaterThan(2);
  });

  it('reach a grid of 1 bps within 30 s of nearly any moment', () => {
    expect(shareThatMoves(trades, 1, 30)).toBeGreaterThan(0.95);
  });

  it('stay within a plausible range for a year', () => {
    const prices = Array.from({ length: 365 }, (_, day) =>
      flow.tradesOfSecond(START_SECOND + day * 86_400 + 7).map(({ price }) => price),
    ).flat();
    const base = spec.basePrice * spec.priceScale;
    expect(Math.min(...prices)).toBeGreaterThan(base * 0.7);
    expect(Math.max(...prices)).toBeLessThan(base * 1.4);
  });
});
