import type { WireTrade } from '#contract/model.ts';
import type { Clock } from '#domain/clock.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { OrderBook } from '#domain/order-book.ts';
import { formatPrice } from '../../ui/format.ts';
import type { BookHistory } from './book-history.ts';
import { type BookPast, PAST } from './book-past.ts';
import type { BookView } from './book-session.ts';
import { CanvasSurface } from './canvas-surface.ts';
import { naturalFrame } from './depth-curve.ts';
import { heatShades } from './heat-scale.ts';
import { HeatmapRaster } from './heatmap-raster.ts';
import { axisPrices, FollowingWindow, type PriceWindow } from './price-window.ts';
import type { TradeDots } from './trade-dots.ts';
import { onZoom } from './zoom-input.ts';

const MINUTE_MS = 60_000;
/** A picture that changes by two pixels a second need not be painted in every frame. */
const PERIOD_MS = 66;
const [LEAST_PRICES_PX, PRICES_GAP_PX] = [72, 8];
const TIMES_PX = 18;
const ROW_PX = 3;
const LEAST_COLUMN_PX = 2;
const TICK_ROOM_PX = 40;
const LEAST_DOT_PX = 1.5;
const MOST_DOT_PX = 7;

export interface HeatmapOptions {
  readonly root: HTMLElement;
  readonly instrument: Instrument;
  readonly clock: Clock;
  /** What was there before, and what it goes on with. */
  readonly past: BookPast;
  readonly onChange: () => void;
  /** `0` → now, `-1` → a minute ago. */
  readonly minuteText: (minutes: number) => string;
}

/** The part of the canvas that has the picture, and what it shows. */
interface Plot {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly columnPx: number;
  readonly window: PriceWindow;
}

interface AxisPrice {
  readonly price: number;
  readonly text: string;
}

/**
 * The book over the last minutes: the more rests at a price, the stronger its shade. Trades are dots,
 * filled where a buyer was the aggressor, rings where a seller was.
 */
export class HeatmapView implements BookView {
  readonly #options: HeatmapOptions;
  readonly #surface: CanvasSurface;
  readonly #history: BookHistory;
  readonly #dots: TradeDots;
  readonly #raster = new HeatmapRaster();
  readonly #following = new FollowingWindow();
  readonly #picture = document.createElement('canvas');
  readonly #endZoom: () => void;
  #drawnTime = 0;
  #mustDraw = true;

  constructor(options: HeatmapOptions) {
    this.#options = options;
    ({ history: this.#history, dots: this.#dots } = options.past);
    const change = () => {
      this.#mustDraw = true;
      options.onChange();
    };
    this.#surface = new CanvasSurface(options.root, change);
    this.#endZoom = onZoom(options.root, (steps) => {
      this.#following.zoom(steps);
      change();
    });
  }

  addTrades(trades: readonly WireTrade[]): void {
    this.#dots.add(this.#history.numberAt(this.#options.clock.now()), trades);
  }

  draw(book: OrderBook | null): void {
    const now = this.#options.clock.now();
    this.#history.record(now, book);
    const frame = book && naturalFrame(book, this.#options.instrument.priceIncrement);
    if (frame !== null) this.#following.follow(frame.middle, frame.half);
    if (!this.#mustDraw && Math.abs(now - this.#drawnTime) < PERIOD_MS) return;
    this.#mustDraw = false;
    this.#drawnTime = now;
    this.#paint();
  }

  dispose(): void {
    this.#endZoom();
    this.#surface.dispose();
  }

  #paint(): void {
    const context = this.#surface.begin();
    const { window } = this.#following;
    const height = this.#surface.height - TIMES_PX;
    if (window === null || height < 1) return;
    context.font = this.#surface.colors.font;
    const prices = this.#axisPrices(window, height);
    const widest = Math.max(0, ...prices.map(({ text }) => context.measureText(text).width));
    const width =
      this.#surface.width - Math.max(LEAST_PRICES_PX, Math.ceil(widest) + 2 * PRICES_GAP_PX);
    if (width < 1) return;
    const columnPx = Math.max(LEAST_COLUMN_PX, width / PAST.capacity);
    const columns = Math.min(PAST.capacity, Math.ceil(width / columnPx));
    const plot: Plot = { width, height, columns, columnPx, window };
    this.#paintBook(context, plot);
    this.#paintTouch(context, plot);
    this.#paintDots(context, plot);
    this.#paintAxes(context, plot, prices);
  }

  #axisPrices(window: PriceWindow, height: number): readonly AxisPrice[] {
    const { priceIncrement } = this.#options.instrument;
    return axisPrices(window, height / TICK_ROOM_PX, priceIncrement).map((price) => ({
      price,
      text: formatPrice(price, priceIncrement),
    }));
  }

  #paintBook(
    context: CanvasRenderingContext2D,
    { width, height, columns, columnPx, window }: Plot,
  ) {
    const rows = Math.max(1, Math.round(height / ROW_PX));
    const picture = this.#picture.getContext('2d');
    if (picture === null) return;
    if (this.#picture.width !== columns || this.#picture.height !== rows) {
      this.#picture.width = columns;
      this.#picture.height = rows;
    }
    const image = new ImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    const shades = this.#shades();
    this.#raster.paint(this.#history, { columns, rows, window }, { pixels, shades });
    picture.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    const drawn = columns * columnPx;
    context.save();
    context.beginPath();
    context.rect(0, 0, width, height);
    context.clip();
    context.drawImage(this.#picture, width - drawn, 0, drawn, height);
    context.restore();
  }

  #knownShades: { readonly isLight: boolean; readonly shades: Uint32Array } | null = null;
  #shades(): Uint32Array {
    const { isLight } = this.#surface.colors;
    if (this.#knownShades?.isLight !== isLight) {
      this.#knownShades = { isLight, shades: heatShades(isLight) };
    }
    return this.#knownShades.shades;
  }

  /** The best bid and ask as lines; where the book was lost there are none. */
  #paintTouch(context: CanvasRenderingContext2D, plot: Plot): void {
    const { colors } = this.#surface;
    for (const side of ['bidPrice', 'askPrice'] as const) {
      context.strokeStyle = side === 'bidPrice' ? colors.up : colors.down;
      context.lineWidth = 1;
      context.beginPath();
      let isDrawing = false;
      for (let age = Math.min(plot.columns, this.#history.length) - 1; age >= 0; age--) {
        const column = this.#history.at(age);
        const isThere = column !== undefined && !column.isLost && !Number.isNaN(column[side]);
        if (isThere) {
          const y = yOf(plot, column[side]);
          const x = plot.width - (age + 1) * plot.columnPx;
          if (isDrawing) context.lineTo(x, y);
          else context.moveTo(x, y);
          context.lineTo(x + plot.columnPx, y);
        }
        isDrawing = isThere;
      }
      context.stroke();
    }
  }

  #paintDots(context: CanvasRenderingContext2D, plot: Plot): void {
    const newest = this.#history.newestNumber;
    if (newest === null) return;
    const { colors } = this.#surface;
    const columns = Array.from({ length: plot.columns }, (_, age) => this.#dots.at(newest - age));
    const largest = columns.flat().reduce((most, { size }) => Math.max(most, size), 0);
    context.lineWidth = 1;
    for (const [age, dots] of columns.entries()) {
      const x = plot.width - (age + 0.5) * plot.columnPx;
      for (const { price, side, size } of dots) {
        const y = yOf(plot, price);
        if (y < 0 || y > plot.height) continue;
        const radius = LEAST_DOT_PX + (MOST_DOT_PX - LEAST_DOT_PX) * Math.sqrt(size / largest);
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.fillStyle = side === 'buy' ? colors.up : colors.ground;
        context.strokeStyle = side === 'buy' ? colors.ground : colors.down;
        context.fill();
        context.stroke();
      }
    }
  }

  #paintAxes(
    context: CanvasRenderingContext2D,
    { width, height, window, columnPx }: Plot,
    prices: readonly AxisPrice[],
  ): void {
    const { colors } = this.#surface;
    context.clearRect(width, 0, this.#surface.width - width, height + TIMES_PX);
    context.fillStyle = colors.text;
    context.strokeStyle = colors.grid;
    context.strokeRect(-1, -1, width + 1.5, height + 1.5);
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    for (const { price, text } of prices) {
      const y = ((window.high - price) / (window.high - window.low)) * height;
      context.fillRect(width, Math.round(y), 4, 1);
      context.fillText(text, width + PRICES_GAP_PX, y);
    }
    const minutePx = (MINUTE_MS / PAST.columnMs) * columnPx;
    for (let minutes = 0; width - minutes * minutePx > 0; minutes++) {
      const x = width - minutes * minutePx;
      context.textAlign = minutes === 0 ? 'right' : 'center';
      context.fillRect(Math.round(x), height, 1, 4);
      context.fillText(this.#options.minuteText(-minutes), x, height + TIMES_PX / 2 + 2);
    }
  }
}

const yOf = ({ window, height }: Plot, price: number): number =>
  ((window.high - price) / (window.high - window.low)) * height;
