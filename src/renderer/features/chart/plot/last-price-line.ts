import { type IPriceLine, type ISeriesApi, LineStyle, type SeriesType } from 'lightweight-charts';
import type { Candle } from '#domain/candle.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { PlotLayer } from './plot.ts';

/**
 * The last price, with what is left of its bar. The library's own line is at the series' last value,
 * which is nobody's price where the series is an average, and has no colour where candles are hollow.
 */
export class LastPriceLine implements PlotLayer {
  #series: ISeriesApi<SeriesType> | null = null;
  #line: IPriceLine | null = null;
  #theme: ChartTheme | null = null;
  #last: Candle | undefined;
  #countdown = '';

  attach(series: ISeriesApi<SeriesType>): void {
    series.applyOptions({ lastValueVisible: false, priceLineVisible: false });
    this.#series = series;
    this.#line = null;
    this.#draw();
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    this.#draw();
  }

  /** Without a bar there is no line. */
  show(last: Candle | undefined, countdown: string): void {
    if (last === this.#last && countdown === this.#countdown) return;
    this.#last = last;
    this.#countdown = countdown;
    this.#draw();
  }

  #draw(): void {
    const theme = this.#theme;
    if (this.#last === undefined || theme === null) {
      if (this.#line !== null) this.#series?.removePriceLine(this.#line);
      this.#line = null;
      return;
    }
    const color = this.#last.close >= this.#last.open ? theme.up : theme.down;
    const options = {
      ...{ price: this.#last.close, color, title: this.#countdown },
      ...{ lineWidth: 1 as const, lineStyle: LineStyle.Dotted, axisLabelVisible: true },
    };
    if (this.#line === null) this.#line = this.#series?.createPriceLine(options) ?? null;
    else this.#line.applyOptions(options);
  }
}
