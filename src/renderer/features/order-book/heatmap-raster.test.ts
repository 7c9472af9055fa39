import { describe, expect, it } from 'vitest';
import { BookHistory } from './book-history.ts';
import { heatShades, shadeOf } from './heat-scale.ts';
import { HeatmapRaster } from './heatmap-raster.ts';
import { bookOf } from './order-book.fixture.ts';

/** Each shade is its own number: what is painted can be read. */
const shades = Uint32Array.from({ length: 256 }, (_, shade) => shade);
const SHAPE = { columns: 4, rows: 4, window: { low: 96, high: 104 } };
const FULL = 255;

function painted(history: BookHistory, raster = new HeatmapRaster(), shape = SHAPE): number[][] {
  const pixels = new Uint32Array(shape.columns * shape.rows);
  raster.paint(history, shape, { pixels, shades });
  return Array.from({ length: shape.rows }, (_, row) => [
    ...pixels.slice(row * shape.columns, (row + 1) * shape.columns),
  ]);
}
const history = () => new BookHistory({ columnMs: 100, capacity: 8, depth: 10 });
const even = bookOf([[99, 4]], [[101, 4]]);

describe('HeatmapRaster', () => {
  it('paints a column a stretch of time, the newest at the right, high prices on top', () => {
    const book = history();
    book.record(0, even);
    expect(painted(book)).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, FULL],
      [0, 0, 0, FULL],
      [0, 0, 0, 0],
    ]);
    book.record(100, bookOf([[97, 4]], [[103, 1]]));
    expect(painted(book)).toEqual([
      [0, 0, 0, shadeOf(1, 4)],
      [0, 0, FULL, 0],
      [0, 0, FULL, 0],
      [0, 0, 0, FULL],
    ]);
  });

  it('leaves empty what was lost, and what is out of sight', () => {
    const book = history();
    book.record(0, even);
    book.record(100, null);
    book.record(200, bookOf([[50, 9]], [[150, 9]]));
    expect(painted(book)[1]).toEqual([0, FULL, 0, 0]);
    expect(painted(book)[2]).toEqual([0, FULL, 0, 0]);
  });

  it('adds up the levels of one row', () => {
    const book = history();
    book.record(
      0,
      bookOf(
        [
          [99.5, 1],
          [98.5, 3],
        ],
        [[101, 4]],
      ),
    );
    expect(painted(book)[2]?.[3]).toBe(FULL);
  });

  it('paints the same whether it was kept or made anew: moving, changed, reshaped', () => {
    const kept = new HeatmapRaster();
    const book = history();
    for (let at = 0; at < 12; at++) {
      book.record(at * 50, bookOf([[99 - (at % 3), 1 + at]], [[101 + (at % 2), 5]]));
      const shape = at < 8 ? SHAPE : { ...SHAPE, window: { low: 94, high: 106 } };
      expect(painted(book, kept, shape)).toEqual(painted(book, new HeatmapRaster(), shape));
    }
  });
});

describe('the scale of shades', () => {
  it('grows with the size, and tells nothing from a little', () => {
    const shadesOf = [0, 0.01, 1, 4, 16, 64, 1_000].map((size) => shadeOf(size, 64));
    expect(shadesOf).toEqual([...shadesOf].sort((a, b) => a - b));
    expect(shadesOf[0]).toBe(0);
    expect(shadesOf[1]).toBeGreaterThan(0);
    expect(shadesOf.at(-1)).toBe(255);
    expect(shadeOf(1, 0)).toBe(0);
  });

  it.each([false, true])('grows in contrast with its ground, light: %s', (isLight) => {
    const ground = isLight ? 250 : 18;
    const contrasts = [...heatShades(isLight)].map((pixel) => {
      const alpha = (pixel >>> 24) / 255;
      const light =
        0.2126 * (pixel & 255) + 0.7152 * ((pixel >>> 8) & 255) + 0.0722 * ((pixel >>> 16) & 255);
      return Math.abs(light - ground) * alpha;
    });
    for (let shade = 32; shade < 256; shade += 32) {
      expect(contrasts[shade]).toBeGreaterThan(contrasts[shade - 32] ?? 0);
    }
  });
});
