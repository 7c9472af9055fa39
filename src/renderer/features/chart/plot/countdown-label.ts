import type { ISeriesApi, SeriesType } from 'lightweight-charts';
import type { PlotLayer } from './plot.ts';

/** What is left of the bar in progress, beside the last price's own label. */
export class CountdownLabel implements PlotLayer {
  #series: ISeriesApi<SeriesType> | null = null;
  #text = '';

  attach(series: ISeriesApi<SeriesType>): void {
    this.#series = series;
    series.applyOptions({ title: this.#text });
  }

  /** An empty text hides it. */
  show(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#series?.applyOptions({ title: text });
  }
}
