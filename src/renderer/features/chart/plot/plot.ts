import {
  createChart,
  type IChartApi,
  type ISeriesApi,
  type MouseEventParams,
  PriceScaleMode,
  type SeriesType,
  type Time,
} from 'lightweight-charts';
import type { Candle } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Anchor } from '../../../stores/drawing-store.ts';
import { formatNearPrice, formatPrice } from '../../../ui/format.ts';
import { barLengthMs, type ChartInterval } from '../bars/chart-interval.ts';
import { BarAxis } from './bar-axis.ts';
import type { ChartKind } from './chart-kinds.ts';
import type { ChartTheme } from './chart-theme.ts';
import {
  formatCrosshairTime,
  formatTick,
  fromChartTime,
  hasSeconds,
  toChartTime,
} from './chart-time.ts';
import { LabelRoom } from './label-room.ts';
import { LEAST_SPACING_PX, plotOptions, themeOptions } from './plot-options.ts';
import { createPriceSeries, type PriceSeries } from './price-series.ts';
import { scaleStep } from './scale-step.ts';
import type { VolumeKind } from './volume-kinds.ts';
import { VOLUME_SERIES_COUNT, VolumeSeries } from './volume-series.ts';

/** So many candles at first, as long as they are neither hairlines nor planks. */
const FIRST_BARS = 130;
const BAR_SPACING_PX = { least: 6, most: 12 };
/** Share of the pane's height that the volume takes, and what the candles leave free for it. */
const VOLUME_SHARE = 0.18;
const TOP_MARGIN = 0.08;
const BOTTOM_MARGIN = 0.06;
/** So near to the oldest candle the next page is wanted. */
const NEAR_START_BARS = 30;
const ZOOM_STEP = 1.25;

const SCALE_MODES = {
  linear: PriceScaleMode.Normal,
  logarithmic: PriceScaleMode.Logarithmic,
  percent: PriceScaleMode.Percentage,
} as const;
export type PriceScale = keyof typeof SCALE_MODES;

export interface Hover {
  /** Of the bar under the crosshair. */
  readonly openTime: EpochMs;
  readonly x: number;
  readonly y: number;
}

export interface PlotListeners {
  /** Null while there is no bar under the crosshair. */
  onHover(hover: Hover | null): void;
  onNearStart(): void;
  /** Other bars, or the same at another scale, are looked at; the first in sight has this number. */
  onViewChange(seenFrom: number): void;
}

/** Draws on the price series, and is put on its successor when the chart's kind changes. */
export interface PlotLayer {
  attach(series: ISeriesApi<SeriesType>): void;
  setTheme?(theme: ChartTheme): void;
}

/** The one owner of the chart library's objects. Drives them directly: React never sees a candle. */
export class Plot {
  readonly chart: IChartApi;
  readonly axis: BarAxis;
  readonly labelRoom: LabelRoom;
  readonly #volumes: VolumeSeries;
  readonly #layers = new Set<PlotLayer>();
  readonly #onHover: PlotListeners['onHover'];
  #prices: PriceSeries;
  #kind: ChartKind = 'candles';
  #scale: PriceScale = 'linear';
  #theme: ChartTheme;
  #priceIncrement = 0.01;
  #hasVolume = true;
  /** Where the pointer is; what it points at is written under the crosshair. */
  #pointed: number | null = null;

  constructor(container: HTMLElement, theme: ChartTheme, listeners: PlotListeners) {
    this.#theme = theme;
    this.#onHover = listeners.onHover;
    this.chart = createChart(container, plotOptions(theme));
    this.axis = new BarAxis(this.chart);
    this.labelRoom = new LabelRoom(this.chart);
    this.#volumes = new VolumeSeries(this.chart, VOLUME_SHARE);
    this.#prices = createPriceSeries(this.chart, this.#kind);
    this.#listen(listeners);
    this.setTheme(theme);
    this.#applyMargins();
  }

  get kind(): ChartKind {
    return this.#kind;
  }

  get scale(): PriceScale {
    return this.#scale;
  }

  get series(): ISeriesApi<SeriesType> {
    return this.#prices.series;
  }

  get theme(): ChartTheme {
    return this.#theme;
  }

  /** Width and height of the pane with the prices, pixels. */
  get size(): { readonly width: number; readonly height: number } {
    return { width: this.chart.timeScale().width(), height: this.chart.paneSize(0).height };
  }

  add(layer: PlotLayer): void {
    this.#layers.add(layer);
    layer.setTheme?.(this.#theme);
    layer.attach(this.series);
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    this.chart.applyOptions(themeOptions(theme));
    this.#volumes.setTheme(theme);
    this.#volumes.setBars(this.axis.drawn);
    this.#prices.setTheme(theme);
    for (const layer of this.#layers) layer.setTheme?.(theme);
  }

  setKind(kind: ChartKind): void {
    if (kind === this.#kind) return;
    this.#kind = kind;
    const before = this.#prices;
    this.#prices = createPriceSeries(this.chart, kind);
    this.#prices.setTheme(this.#theme);
    this.#applyFormat();
    this.#prices.setBars(this.axis.bars, this.axis.offset);
    for (const layer of this.#layers) layer.attach(this.series);
    before.remove();
    // The ground of an area would cover the volume; candles stand before it.
    this.series.setSeriesOrder(kind === 'area' ? 0 : VOLUME_SERIES_COUNT);
    this.#applyMargins();
  }

  setVolume(kind: VolumeKind): void {
    this.#hasVolume = kind !== 'none';
    this.#volumes.setKind(kind);
    this.#volumes.setBars(this.axis.drawn);
    this.#applyMargins();
  }

  /** Percent compares what has nothing but its changes in common. */
  setScale(scale: PriceScale): void {
    this.#scale = scale;
    this.series.priceScale().applyOptions({ mode: SCALE_MODES[scale] });
  }

  setFormat(priceIncrement: number, interval: ChartInterval): void {
    this.#priceIncrement = priceIncrement;
    this.axis.setBarLength(barLengthMs(interval));
    this.#applyFormat();
    const local = (time: Time) => fromChartTime(time) ?? (0 as EpochMs);
    this.chart.applyOptions({
      localization: { timeFormatter: (time: Time) => formatCrosshairTime(local(time), interval) },
      timeScale: {
        secondsVisible: hasSeconds(interval),
        tickMarkFormatter: (time: Time, type: number) => formatTick(local(time), type, interval),
      },
    });
  }

  /** `offset`: of the first that is drawn. */
  setBars(bars: readonly Candle[], offset = 0): void {
    this.axis.setBars(bars, offset);
    this.#prices.setBars(bars, offset);
    this.#volumes.setBars(this.axis.drawn);
  }

  /** `isBeforeLast`: the bar is in the chart already, and is not its last; `bars` has all. */
  updateBar(bar: Candle, isBeforeLast: boolean, bars: readonly Candle[]): void {
    this.axis.setBars(bars, this.axis.offset);
    this.#prices.update(bar, isBeforeLast, this.axis);
    this.#volumes.update(bar, isBeforeLast);
  }

  showNewest(): void {
    const timeScale = this.chart.timeScale();
    const wanted = timeScale.width() / FIRST_BARS;
    const barSpacing = Math.min(BAR_SPACING_PX.most, Math.max(BAR_SPACING_PX.least, wanted));
    timeScale.applyOptions({ barSpacing });
    timeScale.scrollToPosition(this.labelRoom.px / barSpacing, false);
    this.series.priceScale().applyOptions({ autoScale: true });
  }

  /** Brings a time into view, in the middle, unless it is in view. */
  scrollTo(time: EpochMs): void {
    const timeScale = this.chart.timeScale();
    const range = timeScale.getVisibleLogicalRange();
    const index = timeScale.timeToIndex(toChartTime(time), true);
    if (range === null || index === null) return;
    if (index >= range.from && index <= range.to) return;
    const half = (range.to - range.from) / 2;
    timeScale.setVisibleLogicalRange({ from: index - half, to: index + half });
  }

  /** By a share of the screen: negative is into the past. */
  pan(share: number): void {
    const timeScale = this.chart.timeScale();
    const range = timeScale.getVisibleLogicalRange();
    if (range === null) return;
    const bars = (range.to - range.from) * share;
    timeScale.setVisibleLogicalRange({ from: range.from + bars, to: range.to + bars });
  }

  /** Positive steps show fewer bars, larger. */
  zoom(steps: number): void {
    const timeScale = this.chart.timeScale();
    const barSpacing = timeScale.options().barSpacing * ZOOM_STEP ** steps;
    timeScale.applyOptions({ barSpacing: Math.max(LEAST_SPACING_PX, barSpacing) });
  }

  /**
   * To be called where there are prices (`series.priceToCoordinate`): else the library throws. Told here, for it
   * tells of what the pointer does with the crosshair only.
   */
  showCrosshair({ time, price }: Anchor): void {
    const { axis, series } = this;
    const openTime = time as EpochMs;
    this.chart.setCrosshairPosition(price, toChartTime(openTime), series);
    const [x, y] = [axis.xOf(time), series.priceToCoordinate(price)];
    this.#onHover(x === null || y === null ? null : { openTime, x, y });
  }

  hideCrosshair(): void {
    this.chart.clearCrosshairPosition();
    this.#onHover(null);
  }

  dispose(): void {
    this.#layers.clear();
    this.chart.remove();
  }

  #applyFormat(): void {
    this.series.applyOptions({
      priceFormat: {
        type: 'custom',
        minMove: scaleStep(this.#priceIncrement),
        formatter: (price: number) => this.#priceText(price),
      },
    });
  }

  /** The pointer is between two prices of the market; an average that a line stands at may be. */
  #priceText(price: number): string {
    const format = price === this.#pointed ? formatNearPrice : formatPrice;
    return format(price, this.#priceIncrement);
  }

  #applyMargins(): void {
    const bottom = BOTTOM_MARGIN + (this.#hasVolume ? VOLUME_SHARE : 0);
    this.series.priceScale().applyOptions({ scaleMargins: { top: TOP_MARGIN, bottom } });
  }

  #listen({ onHover, onNearStart, onViewChange }: PlotListeners): void {
    this.chart.subscribeCrosshairMove(({ time, point }: MouseEventParams) => {
      this.#pointed = point ? this.series.coordinateToPrice(point.y) : null;
      const openTime = time === undefined ? null : fromChartTime(time);
      onHover(openTime === null || !point ? null : { openTime, x: point.x, y: point.y });
    });
    this.chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
      if (range === null || this.axis.bars.length === 0) return;
      if (range.from < NEAR_START_BARS) onNearStart();
      onViewChange(Math.max(0, Math.floor(range.from)) + this.axis.offset);
    });
  }
}
