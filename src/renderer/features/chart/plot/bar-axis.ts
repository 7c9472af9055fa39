import type { IChartApi, Logical } from 'lightweight-charts';
import type { Candle } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { lastIndexAt } from '../bars/last-index-at.ts';

/**
 * The place of a time among bars, as an index with a fraction: before the first and after the last
 * bar by the bars' usual distance, and within a hole of the market by its share of it.
 */
export function placeOf(bars: readonly Candle[], time: number, barMs: number): number {
  const index = lastIndexAt(bars, time, ({ openTime }) => openTime);
  const bar = bars[index];
  const next = bars[index + 1];
  if (bar === undefined) return next === undefined ? 0 : (time - next.openTime) / barMs;
  const lengthMs = next === undefined ? barMs : next.openTime - bar.openTime;
  return index + (time - bar.openTime) / lengthMs;
}

/** The time at which a bar of that number opens, be it there or not. */
export function timeAtPlace(bars: readonly Candle[], place: number, barMs: number): EpochMs {
  const index = Math.round(place);
  const nearest = Math.min(Math.max(index, 0), bars.length - 1);
  const openTime = bars[nearest]?.openTime ?? 0;
  return (openTime + (index - nearest) * barMs) as EpochMs;
}

/** Between times, bars and pixels. */
export class BarAxis {
  readonly #chart: IChartApi;
  #bars: readonly Candle[] = [];
  #offset = 0;
  #fixedMs: number | null = null;

  constructor(chart: IChartApi) {
    this.#chart = chart;
  }

  get bars(): readonly Candle[] {
    return this.#bars;
  }

  /** Those that the chart library has. */
  get drawn(): readonly Candle[] {
    return this.#offset === 0 ? this.#bars : this.#bars.slice(this.#offset);
  }

  /** Number of the first of them. */
  get offset(): number {
    return this.#offset;
  }

  /** `barMs`: null where trades decide how long a bar lasts. */
  setBarLength(barMs: number | null): void {
    this.#fixedMs = barMs;
  }

  setBars(bars: readonly Candle[], offset: number): void {
    this.#bars = bars;
    this.#offset = offset;
  }

  get barMs(): number {
    if (this.#fixedMs !== null) return this.#fixedMs;
    const [first, last] = [this.#bars[0], this.#bars.at(-1)];
    if (first === undefined || last === undefined || first === last) return 1_000;
    return (last.openTime - first.openTime) / (this.#bars.length - 1);
  }

  /** Pixels from one bar to the next. */
  get spacing(): number {
    return this.#chart.timeScale().options().barSpacing;
  }

  /** Null while there are no bars. */
  xOfPlace(place: number): number | null {
    const whole = Math.floor(place);
    const x = this.#chart.timeScale().logicalToCoordinate((whole - this.#offset) as Logical);
    return x === null ? null : x + (place - whole) * this.spacing;
  }

  xOf(time: number): number | null {
    return this.#bars.length === 0 ? null : this.xOfPlace(this.placeOf(time));
  }

  /** Number of the bar at a pixel; beyond the last one it goes on. */
  placeAt(x: number): number {
    const origin = this.#chart.timeScale().logicalToCoordinate(0 as Logical) ?? 0;
    return Math.round((x - origin) / this.spacing) + this.#offset;
  }

  timeAt(x: number): EpochMs {
    return this.timeOfPlace(this.placeAt(x));
  }

  timeOfPlace(place: number): EpochMs {
    return timeAtPlace(this.#bars, place, this.barMs);
  }

  placeOf(time: number): number {
    return placeOf(this.#bars, time, this.barMs);
  }

  barAt(x: number): Candle | undefined {
    return this.#bars[this.placeAt(x)];
  }
}
