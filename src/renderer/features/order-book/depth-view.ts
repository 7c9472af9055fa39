import type { Instrument } from '#domain/instrument.ts';
import type { OrderBook } from '#domain/order-book.ts';
import { formatCompact, formatNearPrice, formatPrice, formatSize } from '../../ui/format.ts';
import type { BookView } from './book-session.ts';
import { CanvasSurface } from './canvas-surface.ts';
import {
  type DepthCurve,
  type DepthPoint,
  depthAt,
  depthCurve,
  naturalFrame,
} from './depth-curve.ts';
import { axisPrices, centredWithin, FollowingWindow, type PriceWindow } from './price-window.ts';
import { onZoom } from './zoom-input.ts';

const AXIS_PX = 20;
const TOP_PX = 24;
const TICK_ROOM_PX = 90;
const SIZE_TICKS = 3;

/** Where a price and a cumulative size stand on the canvas. */
interface Scale {
  readonly x: (price: number) => number;
  readonly y: (cumulative: number) => number;
  readonly bottom: number;
}

/** What rests on both sides up to each price, as two hills that fall towards the middle. */
export class DepthView implements BookView {
  readonly #surface: CanvasSurface;
  readonly #instrument: Instrument;
  readonly #following = new FollowingWindow();
  readonly #end: () => void;
  #pointerX: number | null = null;

  constructor(root: HTMLElement, instrument: Instrument, onChange: () => void) {
    this.#surface = new CanvasSurface(root, onChange);
    this.#instrument = instrument;
    const endZoom = onZoom(root, (steps) => {
      this.#following.zoom(steps);
      onChange();
    });
    const point = (x: number | null) => {
      this.#pointerX = x;
      onChange();
    };
    const move = (event: PointerEvent) => point(event.offsetX);
    const leave = () => point(null);
    root.addEventListener('pointermove', move);
    root.addEventListener('pointerleave', leave);
    this.#end = () => {
      endZoom();
      root.removeEventListener('pointermove', move);
      root.removeEventListener('pointerleave', leave);
    };
  }

  draw(book: OrderBook | null): void {
    const context = this.#surface.begin();
    if (book === null) return;
    const frame = naturalFrame(book, this.#instrument.priceIncrement);
    if (frame !== null) this.#following.follow(frame.middle, frame.half);
    const { window } = this.#following;
    if (window === null) return;
    const curve = depthCurve(book, window);
    const { width, height, colors } = this.#surface;
    const bottom = height - AXIS_PX;
    const scale: Scale = {
      x: (price) => ((price - window.low) / (window.high - window.low)) * width,
      y: (size) => bottom - (size / (curve.maxCumulative || 1)) * (bottom - TOP_PX),
      bottom,
    };
    context.font = colors.font;
    this.#drawAxes(context, window, curve, scale);
    this.#drawSide(context, curve.bids, scale, { edge: 0, line: colors.up, fill: colors.upGround });
    const right = { edge: width, line: colors.down, fill: colors.downGround };
    this.#drawSide(context, curve.asks, scale, right);
    this.#drawPointer(context, curve, scale, window);
  }

  dispose(): void {
    this.#end();
    this.#surface.dispose();
  }

  #drawAxes(
    context: CanvasRenderingContext2D,
    window: PriceWindow,
    { maxCumulative }: DepthCurve,
    { x, y, bottom }: Scale,
  ): void {
    const { width, colors } = this.#surface;
    context.fillStyle = colors.text;
    context.strokeStyle = colors.grid;
    context.lineWidth = 1;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const { priceIncrement } = this.#instrument;
    for (const price of axisPrices(window, width / TICK_ROOM_PX, priceIncrement)) {
      line(context, [x(price), TOP_PX], [x(price), bottom]);
      const text = formatPrice(price, priceIncrement);
      const middle = centredWithin(x(price), context.measureText(text).width, width);
      context.fillText(text, middle, bottom + AXIS_PX / 2);
    }
    context.textAlign = 'left';
    for (let tick = 1; tick <= SIZE_TICKS; tick++) {
      const size = (maxCumulative * tick) / SIZE_TICKS;
      line(context, [0, y(size)], [width, y(size)]);
      context.fillText(formatCompact(size), 4, y(size) + 8);
    }
  }

  #drawSide(
    context: CanvasRenderingContext2D,
    points: readonly DepthPoint[],
    { x, y, bottom }: Scale,
    {
      edge,
      line: stroke,
      fill,
    }: { readonly edge: number; readonly line: string; readonly fill: string },
  ): void {
    const [best] = points;
    if (best === undefined) return;
    const outline = new Path2D();
    outline.moveTo(x(best.price), bottom);
    let height = bottom;
    for (const { price, cumulative } of points) {
      outline.lineTo(x(price), height);
      height = y(cumulative);
      outline.lineTo(x(price), height);
    }
    outline.lineTo(edge, height);
    context.strokeStyle = stroke;
    context.lineWidth = 1.5;
    context.stroke(outline);
    outline.lineTo(edge, bottom);
    context.fillStyle = fill;
    context.fill(outline);
  }

  /** What one would get, and at what price, where the pointer is. */
  #drawPointer(
    context: CanvasRenderingContext2D,
    curve: DepthCurve,
    { bottom, y }: Scale,
    { low, high }: PriceWindow,
  ): void {
    if (this.#pointerX === null) return;
    const { width, colors } = this.#surface;
    const price = low + (this.#pointerX / Math.max(1, width)) * (high - low);
    const found = depthAt(curve, price);
    if (found === null) return;
    const { priceIncrement, sizeIncrement, base } = this.#instrument;
    context.strokeStyle = colors.line;
    context.lineWidth = 1;
    line(context, [this.#pointerX, TOP_PX], [this.#pointerX, bottom]);
    line(context, [0, y(found.cumulative)], [width, y(found.cumulative)]);
    const size = formatSize(found.cumulative, sizeIncrement);
    context.fillStyle = found.side === 'buy' ? colors.up : colors.down;
    context.textAlign = 'center';
    context.fillText(
      `${size} ${base} · ${formatNearPrice(price, priceIncrement)}`,
      width / 2,
      TOP_PX / 2,
    );
  }
}

function line(
  context: CanvasRenderingContext2D,
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): void {
  context.beginPath();
  context.moveTo(Math.round(fromX) + 0.5, Math.round(fromY) + 0.5);
  context.lineTo(Math.round(toX) + 0.5, Math.round(toY) + 0.5);
  context.stroke();
}
