import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireTrade } from '#contract/model.ts';
import { RunningMedian } from './running-median.ts';
import { type TapeEntry, TapeRing } from './tape-ring.ts';

const trade = (id: number, size = 1): WireTrade =>
  ({ id: String(id), price: 100, size, side: 'buy', timestamp: id }) as WireTrade;
const trades = (from: number, to: number): WireTrade[] =>
  Array.from({ length: to - from + 1 }, (_, i) => trade(from + i));
const idOf = (entry: TapeEntry | undefined) =>
  entry?.kind === 'trade' ? entry.trade.id : entry?.kind;
const shown = (ring: TapeRing) => Array.from({ length: ring.length }, (_, i) => idOf(ring.at(i)));

describe('TapeRing', () => {
  it('shows the newest first and forgets the oldest', () => {
    const ring = new TapeRing(3);
    ring.addTrades(trades(1, 2));
    expect(shown(ring)).toEqual(['2', '1']);
    ring.addTrades(trades(3, 5));
    expect(shown(ring)).toEqual(['5', '4', '3']);
    expect(ring.at(3)).toBeUndefined();
  });

  it('stands still while paused, counts what comes, and shows it all when resumed', () => {
    const ring = new TapeRing(3);
    ring.addTrades(trades(1, 3));
    ring.pause();
    ring.addTrades(trades(4, 9));
    expect(shown(ring)).toEqual(['3', '2', '1']);
    expect(ring.pending).toBe(6);
    ring.resume();
    expect(shown(ring)).toEqual(['9', '8', '7']);
    expect(ring.pending).toBe(0);
  });

  it('marks a gap once, and none before the first trade', () => {
    const ring = new TapeRing(5);
    ring.addGap(null);
    expect(ring.length).toBe(0);
    ring.addTrades(trades(1, 1));
    ring.addGap(7);
    ring.addGap(null);
    ring.addTrades(trades(9, 9));
    expect(shown(ring)).toEqual(['9', 'gap', '1']);
    expect(ring.at(1)).toMatchObject({ kind: 'gap', missed: 7 });
  });

  it('drops trades that are not numbers', () => {
    const ring = new TapeRing(5);
    ring.addTrades([trade(1, Number.NaN), trade(2)]);
    expect(shown(ring)).toEqual(['2']);
  });

  it('emphasises prints that are large against the median before them', () => {
    const ring = new TapeRing(100);
    ring.addTrades([trade(0, 1_000)]);
    expect(ring.at(0)).toMatchObject({ emphasis: 'usual' });
    ring.addTrades(trades(1, 40));
    for (const [size, emphasis] of [
      [9, 'usual'],
      [10, 'large'],
      [50, 'huge'],
    ] as const) {
      ring.addTrades([trade(99, size)]);
      expect(ring.at(0)).toMatchObject({ emphasis });
    }
  });

  it('marks where it began anew, and holds a pause over it', () => {
    const ring = new TapeRing(3);
    ring.restart();
    ring.addTrades(trades(1, 2));
    ring.pause();
    ring.restart();
    ring.addTrades(trades(8, 8));
    expect(shown(ring)).toEqual(['2', '1']);
    ring.resume();
    expect(shown(ring)).toEqual(['8', 'gap']);
  });
});

describe('RunningMedian', () => {
  it('equals the median of the last values, sorted anew', () => {
    const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 12 }), (all, capacity) => {
        const median = new RunningMedian(capacity);
        for (const value of all) median.push(value);
        const sorted = all.slice(-capacity).sort((a, b) => a - b);
        const half = sorted.length / 2;
        const lower = sorted[Math.ceil(half) - 1] ?? 0;
        const upper = sorted[Math.floor(half)] ?? 0;
        expect(median.value).toBe((lower + upper) / 2);
      }),
    );
  });
});
