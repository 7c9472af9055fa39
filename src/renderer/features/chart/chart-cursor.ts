import type { Candle } from '#domain/candle.ts';
import type { Anchor } from '../../stores/drawing-store.ts';
import { roundedPrice } from '../../ui/rounded-price.ts';
import { nextLevel } from './drawings/snap.ts';
import type { Plot } from './plot/plot.ts';

/** One step of the price is this share of what is seen. */
const STEP_SHARE = 0.01;

/** The crosshair, as the keyboard moves it. */
export class ChartCursor {
  readonly #plot: Plot;
  readonly #priceIncrement: number;
  #place: number | null = null;
  #price = 0;

  constructor(plot: Plot, priceIncrement: number) {
    this.#plot = plot;
    this.#priceIncrement = priceIncrement;
  }

  /** Null until it was moved for the first time. */
  get anchor(): Anchor | null {
    if (this.#place === null) return null;
    return { time: this.#plot.axis.timeOfPlace(this.#place), price: this.#price };
  }

  get bar(): Candle | undefined {
    return this.#place === null ? undefined : this.#plot.axis.bars[this.#place];
  }

  /** What one press of an arrow key changes the price by: a whole number of its increments. */
  get step(): number {
    const { series, size } = this.#plot;
    const [top, bottom] = [series.coordinateToPrice(0), series.coordinateToPrice(size.height)];
    const seen = Math.abs((top ?? 0) - (bottom ?? 0));
    const increments = Math.max(1, Math.round((seen * STEP_SHARE) / this.#priceIncrement));
    return increments * this.#priceIncrement;
  }

  move(bars: number, steps: number): void {
    this.#begin();
    if (this.#place !== null) this.#place += bars;
    // A bar that is gone to is pointed at where it closed.
    if (bars !== 0) this.#price = this.bar?.close ?? this.#price;
    this.#price = roundedPrice(this.#price + steps * this.step, this.#priceIncrement);
    this.#show();
  }

  snap(direction: 1 | -1): void {
    this.#begin();
    const { bar } = this;
    if (bar !== undefined) this.#price = nextLevel(bar, this.#price, direction);
    this.#show();
  }

  hide(): void {
    this.#place = null;
    this.#plot.hideCrosshair();
  }

  /** At the last bar that is seen. */
  #begin(): void {
    if (this.#place !== null) return;
    const { axis, size } = this.#plot;
    this.#place = Math.max(0, Math.min(axis.bars.length - 1, axis.placeAt(size.width)));
    this.#price = this.bar?.close ?? 0;
  }

  #show(): void {
    const { anchor } = this;
    const { axis, series } = this.#plot;
    if (anchor === null || this.#place === null) return;
    const x = axis.xOfPlace(this.#place) ?? 0;
    // Half a bar beyond the edge it is hardly seen any more.
    const { width } = this.#plot.size;
    if (x < 0 || x > width) this.#plot.pan((x - width / 2) / width);
    // No bar is in sight, as in a deck before its first trade.
    if (series.priceToCoordinate(anchor.price) === null) this.#plot.hideCrosshair();
    else this.#plot.showCrosshair(anchor);
  }
}
