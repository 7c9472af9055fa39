import {
  HistogramSeries,
  type HistogramSeriesOptions,
  type IChartApi,
  type ISeriesApi,
} from 'lightweight-charts';
import type { Candle } from '#domain/candle.ts';
import type { ChartTheme } from './chart-theme.ts';
import { toChartTime } from './chart-time.ts';
import type { VolumeKind } from './volume-kinds.ts';

const VOLUME_SCALE = 'volume';
/** The whole, and what was bought of it. */
export const VOLUME_SERIES_COUNT = 2;

type VolumeColors = Pick<ChartTheme, 'buyVolume' | 'sellVolume' | 'plainVolume'>;

/** The volume bars at the foot of the chart. */
export class VolumeSeries {
  readonly #whole: ISeriesApi<'Histogram'>;
  readonly #bought: ISeriesApi<'Histogram'>;
  #kind: VolumeKind = 'sides';
  #colors: VolumeColors = { buyVolume: '', sellVolume: '', plainVolume: '' };

  /** `share`: of the pane's height. */
  constructor(chart: IChartApi, share: number) {
    // Both share a scale and a base: what shows above the bought part was sold.
    const options: Partial<HistogramSeriesOptions> = {
      priceScaleId: VOLUME_SCALE,
      priceFormat: { type: 'volume' } as HistogramSeriesOptions['priceFormat'],
      lastValueVisible: false,
      priceLineVisible: false,
    };
    this.#whole = chart.addSeries(HistogramSeries, options);
    this.#bought = chart.addSeries(HistogramSeries, options);
    this.#whole.priceScale().applyOptions({ scaleMargins: { top: 1 - share, bottom: 0 } });
  }

  /** The bars are to be set anew. */
  setTheme(theme: ChartTheme): void {
    this.#colors = theme;
    this.#whole.applyOptions({ color: theme.sellVolume });
    this.#bought.applyOptions({ color: theme.buyVolume });
  }

  /** The bars are to be set anew. */
  setKind(kind: VolumeKind): void {
    this.#kind = kind;
  }

  setBars(bars: readonly Candle[]): void {
    if (this.#kind === 'none') {
      this.#whole.setData([]);
      this.#bought.setData([]);
      return;
    }
    const parts = bars.map((bar) => volumeBar(bar, this.#kind, this.#colors));
    this.#whole.setData(parts.map(({ whole }) => whole));
    this.#bought.setData(this.#kind === 'sides' ? parts.map(({ bought }) => bought) : []);
  }

  /** `isBeforeLast`: the bar is in the chart already, and is not its last. */
  update(bar: Candle, isBeforeLast: boolean): void {
    if (this.#kind === 'none') return;
    const { whole, bought } = volumeBar(bar, this.#kind, this.#colors);
    this.#whole.update(whole, isBeforeLast);
    if (this.#kind === 'sides') this.#bought.update(bought, isBeforeLast);
  }
}

/** A bar without a value is not drawn; nor is that of a volume that nobody tells (Deriv's ticks). */
export function volumeBar(
  { openTime, open, close, volume, buyVolume }: Candle,
  kind: VolumeKind,
  { buyVolume: up, sellVolume: down, plainVolume: plain }: VolumeColors,
) {
  const time = toChartTime(openTime);
  const none = { time };
  if (volume === 0) return { whole: none, bought: none };
  if (kind === 'total') {
    return { whole: { time, value: volume, color: close >= open ? up : down }, bought: none };
  }
  return buyVolume === null
    ? { whole: { time, value: volume, color: plain }, bought: none }
    : { whole: { time, value: volume, color: down }, bought: { time, value: buyVolume } };
}
