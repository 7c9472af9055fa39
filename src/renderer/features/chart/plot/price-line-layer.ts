import type { IPriceLine, ISeriesApi, PriceLineOptions, SeriesType } from 'lightweight-charts';
import type { PlotLayer } from './plot.ts';

export type KeyedLine = Partial<PriceLineOptions> & {
  readonly key: string;
  readonly price: number;
};

/** Horizontal lines by key: only those that changed are touched. */
export class PriceLineLayer implements PlotLayer {
  readonly #lines = new Map<string, { readonly line: IPriceLine; readonly drawn: string }>();
  #series: ISeriesApi<SeriesType> | null = null;
  #wanted: readonly KeyedLine[] = [];

  /** Of the lines that say what they are. */
  get titles(): readonly string[] {
    return this.#wanted.flatMap(({ axisLabelVisible, title }) =>
      axisLabelVisible && title ? [title] : [],
    );
  }

  attach(series: ISeriesApi<SeriesType>): void {
    this.#series = series;
    this.#lines.clear();
    this.set(this.#wanted);
  }

  set(lines: readonly KeyedLine[]): void {
    this.#wanted = lines;
    const series = this.#series;
    if (series === null) return;
    const wanted = new Set(lines.map(({ key }) => key));
    for (const [key, { line }] of this.#lines) {
      if (wanted.has(key)) continue;
      series.removePriceLine(line);
      this.#lines.delete(key);
    }
    for (const { key, ...options } of lines) {
      const drawn = JSON.stringify(options);
      const known = this.#lines.get(key);
      if (known?.drawn === drawn) continue;
      known?.line.applyOptions(options);
      const line = known?.line ?? series.createPriceLine(options);
      this.#lines.set(key, { line, drawn });
    }
  }
}
