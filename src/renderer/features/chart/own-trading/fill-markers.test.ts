import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import type { Fill } from '#domain/fill.ts';
import type { Side } from '#domain/side.ts';
import {
  barsPerMarker,
  groupFillMarkers,
  type MarkerBars,
  summarizeFills,
} from './fill-markers.ts';

const fill = (id: string, side: Side, eventTime: number, quantity = '1', price = '100'): Fill =>
  ({ id, side, eventTime, quantity, price }) as unknown as Fill;

/** Candles of 10 ms from 0 up to 100. */
const candleAt = (time: number): Candle | undefined =>
  time < 0 || time >= 100 ? undefined : ({ openTime: time - (time % 10) } as Candle);

const bars = (perMarker = 1): MarkerBars => ({
  at: candleAt,
  placeOf: (openTime) => openTime / 10,
  perMarker,
});

describe('groupFillMarkers', () => {
  it('makes one marker of several narrow bars, where most of its fills are', () => {
    const fills = [5, 15, 16, 25, 35].map((time, i) => fill(`f${i}`, 'buy', time));
    const markers = groupFillMarkers([...fills, fill('s', 'sell', 31)], bars(4));
    expect(markers.map((m) => [m.openTime, m.side, m.fills.length])).toEqual([
      [10, 'buy', 5],
      [30, 'sell', 1],
    ]);
  });

  it('makes one marker for each candle and side, however many fills there are', () => {
    const fills = Array.from({ length: 500 }, (_, i) =>
      fill(`f${i}`, i % 2 === 0 ? 'buy' : 'sell', 20 + (i % 20)),
    );
    const markers = groupFillMarkers(fills, bars());
    expect(markers.map((m) => [m.openTime, m.side, m.fills.length])).toEqual([
      [20, 'buy', 125],
      [20, 'sell', 125],
      [30, 'buy', 125],
      [30, 'sell', 125],
    ]);
  });

  it('is ascending by time whatever the order of the fills, as the chart demands', () => {
    const markers = groupFillMarkers(
      [fill('c', 'buy', 55), fill('a', 'sell', 5), fill('b', 'buy', 31)],
      bars(),
    );
    expect(markers.map((m) => m.openTime)).toEqual([0, 30, 50]);
  });

  it('leaves out fills where there is no candle', () => {
    expect(groupFillMarkers([fill('a', 'buy', 200), fill('b', 'buy', -5)], bars())).toEqual([]);
  });

  it('lists the fills of a marker in order of execution', () => {
    const [marker] = groupFillMarkers([fill('b', 'buy', 8), fill('a', 'buy', 3)], bars());
    expect(marker?.fills.map((f) => f.id)).toEqual(['a', 'b']);
  });
});

describe('barsPerMarker', () => {
  it('is one while bars are as wide as a marker, and doubles as they get narrower', () => {
    expect([12, 6, 5, 2, 1, 0.5].map(barsPerMarker)).toEqual([1, 1, 4, 8, 16, 32]);
  });
});

describe('summarizeFills', () => {
  it('adds up exactly and weighs the price by quantity', () => {
    const fills = [fill('a', 'buy', 1, '0.1', '100'), fill('b', 'buy', 2, '0.2', '103')];
    expect(summarizeFills(fills)).toEqual({ quantity: '0.3', price: '102' });
  });

  it('has an answer for no fills', () => {
    expect(summarizeFills([])).toEqual({ quantity: '0', price: '0' });
  });
});
