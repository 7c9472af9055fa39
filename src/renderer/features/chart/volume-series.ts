import { HistogramSeries, type IChartApi, type ISeriesApi } from 'lightweight-charts';
import type { Candle } from '#domain/candle.ts';
import type { ChartTheme } from './chart-theme.ts';
import { toChartTime } from './chart-time.ts';

const VOLUME_SCALE = 'volume';

/** The volume bars at the foot of the chart, parted by aggressor where the exchange tells who it was. */
export class VolumeSeries {
  readonly #whole: ISeriesApi<'Histogram'>;
  readonly #bought: ISeriesApi<'Histogram'>;
  readonly #plain: ISeriesApi<'Histogram'>;

  /** `share`: of the pane's height. */
  constructor(chart: IChartApi, share: number) {
    // All share a scale and a base: what shows above the bought part was sold.
    const options = {
      priceScaleId: VOLUME_SCALE,
      priceFormat: { type: 'volume' },
      lastValueVisible: false,
      priceLineVisible: false,
    } as const;
    this.#whole = chart.addSeries(HistogramSeries, options);
    this.#bought = chart.addSeries(HistogramSeries, options);
    this.#plain = chart.addSeries(HistogramSeries, options);
    this.#whole.priceScale().applyOptions({ scaleMargins: { top: 1 - share, bottom: 0 } });
  }

  setTheme({ sellVolume, buyVolume, plainVolume }: ChartTheme): void {
    this.#whole.applyOptions({ color: sellVolume });
    this.#bought.applyOptions({ color: buyVolume });
    this.#plain.applyOptions({ color: plainVolume });
  }

  setCandles(candles: readonly Candle[]): void {
    const bars = candles.map(volumeBars);
    this.#whole.setData(bars.map(({ whole }) => whole));
    this.#bought.setData(bars.map(({ bought }) => bought));
    this.#plain.setData(bars.map(({ plain }) => plain));
  }

  /** `isBeforeLast`: the candle is in the chart already, and is not its last. */
  update(candle: Candle, isBeforeLast: boolean): void {
    const { whole, bought, plain } = volumeBars(candle);
    this.#whole.update(whole, isBeforeLast);
    this.#bought.update(bought, isBeforeLast);
    this.#plain.update(plain, isBeforeLast);
  }
}

/** A bar without a value is not drawn; nor is that of a volume that nobody tells (Deriv's ticks). */
export function volumeBars({ openTime, volume, buyVolume }: Candle) {
  const time = toChartTime(openTime);
  const none = { time };
  if (volume === 0) return { whole: none, bought: none, plain: none };
  return buyVolume === null
    ? { whole: none, bought: none, plain: { time, value: volume } }
    : { whole: { time, value: volume }, bought: { time, value: buyVolume }, plain: none };
}
