import {
  AreaSeries,
  CandlestickSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  type SeriesType,
} from 'lightweight-charts';
import type { Candle } from '#domain/candle.ts';
import { HeikinAshi } from '../bars/heikin-ashi.ts';
import type { ChartKind } from './chart-kinds.ts';
import type { ChartTheme } from './chart-theme.ts';
import { toChartTime } from './chart-time.ts';

/** The instrument's own prices, drawn in one of the kinds. */
export interface PriceSeries {
  readonly series: ISeriesApi<SeriesType>;
  setTheme(theme: ChartTheme): void;
  /** `offset`: of the first that is drawn. */
  setBars(bars: readonly Candle[], offset: number): void;
  /** `isBeforeLast`: the bar is in the chart already, and is not its last; `all` has all of them. */
  update(bar: Candle, isBeforeLast: boolean, all: AllBars): void;
  remove(): void;
}

interface AllBars {
  readonly bars: readonly Candle[];
  readonly offset: number;
}

export function createPriceSeries(chart: IChartApi, kind: ChartKind): PriceSeries {
  switch (kind) {
    case 'candles':
      return new CandlePrices(chart);
    case 'heikinAshi':
      return new HeikinAshiPrices(chart);
    case 'line':
      return new ClosePrices(chart, chart.addSeries(LineSeries, { lineWidth: 2 }));
    case 'area':
      return new ClosePrices(chart, chart.addSeries(AreaSeries, { lineWidth: 2 }));
  }
}

class CandlePrices implements PriceSeries {
  readonly series: ISeriesApi<'Candlestick'>;
  readonly #chart: IChartApi;

  constructor(chart: IChartApi) {
    this.#chart = chart;
    this.series = chart.addSeries(CandlestickSeries);
  }

  setTheme(theme: ChartTheme): void {
    this.series.applyOptions({
      // A rising candle is hollow: its direction shows without colour, too.
      upColor: theme.ground,
      downColor: theme.down,
      borderUpColor: theme.up,
      borderDownColor: theme.down,
      wickUpColor: theme.up,
      wickDownColor: theme.down,
    });
  }

  setBars(bars: readonly Candle[], offset: number): void {
    this.series.setData(bars.slice(offset).map(point));
  }

  update(bar: Candle, isBeforeLast: boolean, _all: AllBars): void {
    this.series.update(point(bar), isBeforeLast);
  }

  remove(): void {
    this.#chart.removeSeries(this.series);
  }
}

/** Each bar depends on the one before: a change in between changes all that follow. */
class HeikinAshiPrices extends CandlePrices {
  readonly #average = new HeikinAshi();

  override setBars(bars: readonly Candle[], offset: number): void {
    this.#average.setBars(bars);
    super.setBars(this.#average.bars, offset);
  }

  override update(bar: Candle, isBeforeLast: boolean, all: AllBars): void {
    if (isBeforeLast) this.setBars(all.bars, all.offset);
    else super.update(this.#average.update(bar), false, all);
  }
}

class ClosePrices implements PriceSeries {
  readonly series: ISeriesApi<'Line'> | ISeriesApi<'Area'>;
  readonly #chart: IChartApi;

  constructor(chart: IChartApi, series: ISeriesApi<'Line'> | ISeriesApi<'Area'>) {
    this.#chart = chart;
    this.series = series;
  }

  setTheme(theme: ChartTheme): void {
    const { accent, areaTop, ground } = theme;
    if (this.series.seriesType() === 'Area') {
      const area = this.series as ISeriesApi<'Area'>;
      area.applyOptions({ lineColor: accent, topColor: areaTop, bottomColor: ground });
    } else (this.series as ISeriesApi<'Line'>).applyOptions({ color: accent });
  }

  setBars(bars: readonly Candle[], offset: number): void {
    this.series.setData(bars.slice(offset).map(closeOf));
  }

  update(bar: Candle, isBeforeLast: boolean): void {
    this.series.update(closeOf(bar), isBeforeLast);
  }

  remove(): void {
    this.#chart.removeSeries(this.series);
  }
}

const point = ({ openTime, open, high, low, close }: Candle) => ({
  time: toChartTime(openTime),
  open,
  high,
  low,
  close,
});

const closeOf = ({ openTime, close }: Candle) => ({ time: toChartTime(openTime), value: close });
