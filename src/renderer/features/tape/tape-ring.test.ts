import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireTrade } from '#contract/model.ts';
import { RunningMedian } from './running-median.ts';
import type { TapeEntry, WireLiquidation } from './tape-entry.ts';
import { DEFAULT_TAPE_PREFERENCES, type TapeRules } from './tape-preferences.ts';
import { TapeRing } from './tape-ring.ts';

const trade = (id: number, size = 1): WireTrade =>
  ({ id: String(id), price: 100, size, side: 'buy', timestamp: id }) as WireTrade;
const trades = (from: number, to: number): WireTrade[] =>
  Array.from({ length: to - from + 1 }, (_, i) => trade(from + i));
const idOf = (entry: TapeEntry | undefined) =>
  entry?.kind === 'trade' ? entry.trade.id : entry?.kind;
const liquidation = (eventTime: number, size = 1): WireLiquidation =>
  ({ seq: eventTime, side: 'sell', price: 100, size, eventTime }) as WireLiquidation;
const shown = (ring: TapeRing) => Array.from({ length: ring.length }, (_, i) => idOf(ring.at(i)));

describe('TapeRing', () => {
  it('shows the newest first and forgets the oldest', () => {
    const ring = new TapeRing(DEFAULT_TAPE_PREFERENCES, 3);
    ring.addTrades(trades(1, 2));
    expect(shown(ring)).toEqual(['2', '1']);
    ring.addTrades(trades(3, 5));
    expect(shown(ring)).toEqual(['5', '4', '3']);
    expect(ring.at(3)).toBeUndefined();
  });

  it('stands still while paused, counts what comes, and shows it all when resumed', () => {
    const ring = new TapeRing(DEFAULT_TAPE_PREFERENCES, 3);
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
    const ring = new TapeRing(DEFAULT_TAPE_PREFERENCES, 5);
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
    const ring = new TapeRing(DEFAULT_TAPE_PREFERENCES, 5);
    ring.addTrades([trade(1, Number.NaN), trade(2)]);
    expect(shown(ring)).toEqual(['2']);
  });

  it('emphasises prints that are large against the median before them', () => {
    const ring = new TapeRing(DEFAULT_TAPE_PREFERENCES, 100);
    ring.addTrades([trade(0, 1_000)]);
    expect(ring.at(0)).toMatchObject({ level: 0 });
    ring.addTrades(trades(1, 40));
    for (const [size, level] of [
      [9, 0],
      [10, 1],
      [50, 2],
    ] as const) {
      ring.addTrades([trade(99, size)]);
      expect(ring.at(0)).toMatchObject({ level });
    }
  });

  it('marks where it began anew, and holds a pause over it', () => {
    const ring = new TapeRing(DEFAULT_TAPE_PREFERENCES, 3);
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

describe('what the user wants to see of the tape', () => {
  const rules = (changes: Partial<TapeRules>): TapeRules => ({
    ...DEFAULT_TAPE_PREFERENCES,
    ...{ unit: 'base', levels: [], ...changes },
  });
  const print = (id: number, changes: Readonly<Record<string, unknown>>): WireTrade =>
    ({ ...trade(id), ...changes }) as WireTrade;
  const rows = (ring: TapeRing) =>
    Array.from({ length: ring.length }, (_, index) => {
      const entry = ring.at(index);
      return entry?.kind === 'trade'
        ? [entry.trade.price, entry.trade.size, entry.count]
        : entry?.kind;
    });

  it('joins prints of one side and price within the window', () => {
    const ring = new TapeRing(rules({ aggregation: 'price', windowMs: 50 }));
    ring.addTrades([
      print(1, { timestamp: 1_000 }),
      print(2, { timestamp: 1_050, size: 3 }),
      print(3, { timestamp: 1_051, size: 5 }),
      print(4, { timestamp: 1_052, price: 101 }),
      print(5, { timestamp: 1_053, price: 101, side: 'sell' }),
    ]);
    expect(rows(ring)).toEqual([
      [101, 1, 1],
      [101, 1, 1],
      [100, 5, 1],
      [100, 4, 2],
    ]);
  });

  it('joins a sweep through prices, and shows where it came to', () => {
    const ring = new TapeRing(rules({ aggregation: 'sweep', windowMs: 50 }));
    ring.addTrades([print(1, {}), print(2, { price: 101 }), print(3, { price: 102 })]);
    expect(rows(ring)).toEqual([[102, 3, 3]]);
    ring.addGap(2);
    ring.addTrades([print(4, { price: 102 })]);
    expect(rows(ring)).toEqual([[102, 1, 1], 'gap', [102, 3, 3]]);
  });

  it('hides what is small, but not small prints that are large together', () => {
    const ring = new TapeRing(rules({ aggregation: 'price', hideBelow: 3, windowMs: 50 }));
    ring.addTrades([print(1, { size: 2 }), print(2, { side: 'sell' })]);
    expect(rows(ring)).toEqual([]);
    ring.addTrades([print(3, { side: 'sell' }), print(4, { side: 'sell' })]);
    expect(rows(ring)).toEqual([[100, 3, 3]]);
  });

  it('measures sizes in the quote currency, too', () => {
    const ring = new TapeRing(rules({ unit: 'quote', levels: [{ from: 500, color: null }] }));
    ring.addTrades([print(1, { size: 4 }), print(2, { size: 5 })]);
    expect([ring.at(0), ring.at(1)]).toMatchObject([{ level: 1 }, { level: 0 }]);
  });

  it('tells a row once for each level that it comes to', () => {
    const levels = [1, 4].map((from) => ({ from, color: null }));
    const ring = new TapeRing(rules({ aggregation: 'price', windowMs: 50, levels }));
    const hits = [1, 2, 3, 4, 5].map((id) => ring.addTrades([print(id, { timestamp: 1 })]));
    expect(hits.map((hit) => hit?.level ?? null)).toEqual([1, null, null, 2, null]);
  });

  it('loses no size by joining, whatever comes', () => {
    const any = fc.record({
      price: fc.integer({ min: 1, max: 3 }),
      size: fc.integer({ min: 1, max: 9 }),
      side: fc.constantFrom('buy', 'sell'),
      timestamp: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 60 }),
        fc.constantFrom('price', 'sweep'),
        (all, by) => {
          const ring = new TapeRing(rules({ aggregation: by as 'price' | 'sweep', windowMs: 50 }));
          ring.addTrades(all.map((one, id) => print(id, one)));
          const sum = rows(ring).reduce((total, row) => total + Number(row?.[1] ?? 0), 0);
          expect(sum).toBe(all.reduce((total, { size }) => total + size, 0));
        },
      ),
    );
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

describe('liquidations on the tape', () => {
  const rules = (changes: Partial<TapeRules>): TapeRules => ({
    ...DEFAULT_TAPE_PREFERENCES,
    ...{ unit: 'quote', levels: [{ from: 500, color: null }], hideBelow: 200 },
    ...changes,
  });

  it('stand between the prints where they happened, and end the row that prints join', () => {
    const ring = new TapeRing(rules({ hideBelow: 0, aggregation: 'price', windowMs: 100 }), 4);
    ring.addTrades([trade(10), trade(11)]);
    ring.addLiquidation(liquidation(12));
    ring.addTrades([trade(13)]);
    expect(shown(ring)).toEqual(['13', 'liquidation', '11']);
    ring.addLiquidation(liquidation(5));
    ring.addTrades([trade(14)]);
    expect(shown(ring)).toEqual(['14', 'liquidation', '11', 'liquidation']);
    expect(ring.at(0)).toMatchObject({ count: 2 });
    ring.addLiquidation(liquidation(20));
    expect(shown(ring)).toEqual(['liquidation', '14', 'liquidation', '11']);
  });

  it('have the levels and the limit of prints', () => {
    const ring = new TapeRing(rules({}));
    expect(ring.addLiquidation(liquidation(1, 1.9))).toBeNull();
    expect(ring.addLiquidation(liquidation(2, 2))).toEqual({
      ...{ kind: 'liquidation', level: 0, side: 'sell' },
    });
    expect(ring.addLiquidation(liquidation(3, 5))).toMatchObject({ level: 1 });
    expect(ring.length).toBe(2);
  });

  it('are alone, or not there, as the user wants it', () => {
    const alone = new TapeRing(rules({ liquidations: 'only' }));
    expect(alone.addTrades([trade(1, 9)])).toBeNull();
    alone.addLiquidation(liquidation(2, 9));
    expect(shown(alone)).toEqual(['liquidation']);
    const without = new TapeRing(rules({ liquidations: 'hidden' }));
    without.addTrades([trade(1, 9)]);
    expect(without.addLiquidation(liquidation(2, 9))).toBeNull();
    expect(shown(without)).toEqual(['1']);
  });

  it('are counted in a pause, and go when they are told anew', () => {
    const ring = new TapeRing(rules({ hideBelow: 0 }), 3);
    ring.addTrades(trades(1, 4));
    ring.pause();
    ring.addLiquidation(liquidation(9));
    expect([shown(ring), ring.pending]).toEqual([['4', '3', '2'], 1]);
    ring.resume();
    expect(shown(ring)).toEqual(['liquidation', '4', '3']);
    ring.dropLiquidations();
    expect(shown(ring)).toEqual(['4', '3']);
    ring.addTrades(trades(5, 6));
    expect(shown(ring)).toEqual(['6', '5', '4']);
  });
});
