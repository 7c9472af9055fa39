import type { BookColumn, BookHistory } from './book-history.ts';
import { shadeOf } from './heat-scale.ts';
import type { PriceWindow } from './price-window.ts';

export interface RasterShape {
  readonly columns: number;
  readonly rows: number;
  readonly window: PriceWindow;
}

/** This share of the columns has no larger size at any price: what a full shade stands for. */
const FULL_SHARE = 0.85;

/**
 * The pixels of a heatmap: a column of the history each, the newest at the right, high prices on top.
 * Sizes by price are kept a column, so that a frame costs only the newest one and the painting.
 */
export class HeatmapRaster {
  #shape: RasterShape = { columns: 0, rows: 0, window: { low: 0, high: 0 } };
  /** By number of the column modulo the columns. */
  #sizes: Float32Array[] = [];
  #numbers: number[] = [];

  /** Paints into `pixels`, of `columns` × `rows`. */
  paint(
    history: BookHistory,
    shape: RasterShape,
    { pixels, shades }: { readonly pixels: Uint32Array; readonly shades: Uint32Array },
  ): void {
    this.#reshape(shape);
    const { columns, rows } = shape;
    const newest = history.newestNumber;
    pixels.fill(0);
    if (newest === null) return;
    const count = Math.min(columns, history.length);
    for (let age = 0; age < count; age++) this.#measure(history, newest - age, age);
    const full = this.#fullSize(newest, count);
    for (let age = 0; age < count; age++) {
      const sizes = this.#sizes[(newest - age) % columns];
      const x = columns - 1 - age;
      for (let row = 0; row < rows; row++) {
        pixels[row * columns + x] = shades[shadeOf(sizes?.[row] ?? 0, full)] ?? 0;
      }
    }
  }

  #reshape(shape: RasterShape): void {
    const { columns, rows, window } = this.#shape;
    const isSame =
      columns === shape.columns &&
      rows === shape.rows &&
      window.low === shape.window.low &&
      window.high === shape.window.high;
    if (isSame) return;
    if (columns !== shape.columns || rows !== shape.rows) {
      this.#sizes = Array.from({ length: shape.columns }, () => new Float32Array(shape.rows));
    }
    this.#shape = shape;
    this.#numbers = Array.from({ length: shape.columns }, () => -1);
  }

  /** Sizes by price of a column; the newest changes until the next one begins. */
  #measure(history: BookHistory, number: number, age: number): void {
    const place = number % this.#shape.columns;
    // The one before the newest was measured while it was not yet at its end.
    if (age > 1 && this.#numbers[place] === number) return;
    const sizes = this.#sizes[place];
    const column = history.at(age);
    if (sizes === undefined || column === undefined) return;
    this.#numbers[place] = number;
    addSizes(column, this.#shape, sizes);
  }

  #fullSize(newest: number, count: number): number {
    const largest = Array.from({ length: count }, (_, age) => {
      const sizes = this.#sizes[(newest - age) % this.#shape.columns];
      return sizes === undefined ? 0 : sizes.reduce((most, size) => Math.max(most, size), 0);
    })
      // A time without a book says nothing of what is usual.
      .filter((size) => size > 0)
      .sort((a, b) => a - b);
    return largest[Math.floor((largest.length - 1) * FULL_SHARE)] ?? 0;
  }
}

function addSizes(column: BookColumn, { rows, window }: RasterShape, sizes: Float32Array): void {
  sizes.fill(0);
  if (column.isLost) return;
  const scale = rows / (window.high - window.low);
  for (let index = 0; index < column.count; index++) {
    const row = Math.floor((window.high - (column.prices[index] ?? 0)) * scale);
    if (row >= 0 && row < rows) sizes[row] = (sizes[row] ?? 0) + (column.sizes[index] ?? 0);
  }
}
