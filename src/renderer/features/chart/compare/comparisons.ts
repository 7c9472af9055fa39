import type { Candle } from '#domain/candle.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { type ChartInterval, isTickInterval } from '../bars/chart-interval.ts';
import { type ChartTheme, SERIES_COLORS } from '../plot/chart-theme.ts';
import type { Plot } from '../plot/plot.ts';
import { Comparison, type ComparisonOptions } from './comparison.ts';

export interface ComparisonsOptions {
  readonly client: ComparisonOptions['client'];
  readonly plot: Plot;
  readonly interval: ChartInterval;
  readonly instrumentById: (id: InstrumentId) => Instrument | undefined;
  /** Runs each comparison's work in the next frame. */
  readonly schedule: (id: InstrumentId, work: () => void) => void;
}

/** The instruments that one is compared with. Bars of trades have no times in common with others'. */
export class Comparisons {
  readonly #options: ComparisonsOptions;
  readonly #comparisons = new Map<InstrumentId, Comparison>();

  constructor(options: ComparisonsOptions) {
    this.#options = options;
  }

  get all(): readonly { readonly comparison: Comparison; readonly color: string }[] {
    const { theme } = this.#options.plot;
    return [...this.#comparisons.values()].map((comparison, index) => ({
      comparison,
      color: colorOf(theme, index),
    }));
  }

  get isEmpty(): boolean {
    return this.#comparisons.size === 0;
  }

  set(ids: readonly InstrumentId[]): void {
    const { client, plot, interval, instrumentById, schedule } = this.#options;
    for (const [id, comparison] of this.#comparisons) {
      if (ids.includes(id)) continue;
      comparison.dispose();
      this.#comparisons.delete(id);
    }
    if (isTickInterval(interval)) return;
    for (const id of ids) {
      const instrument = instrumentById(id);
      if (instrument === undefined || this.#comparisons.has(id)) continue;
      const comparison = new Comparison({
        ...{ client, plot, instrument, interval },
        color: colorOf(plot.theme, this.#comparisons.size),
        schedule: (work) => schedule(id, work),
      });
      this.#comparisons.set(id, comparison);
    }
    this.setTheme();
  }

  setTheme(): void {
    for (const { comparison, color } of this.all) comparison.setColor(color);
  }

  redraw(): void {
    for (const comparison of this.#comparisons.values()) comparison.redraw();
  }

  barChanged(bar: Candle): void {
    for (const comparison of this.#comparisons.values()) comparison.barChanged(bar);
  }

  dispose(): void {
    for (const comparison of this.#comparisons.values()) comparison.dispose();
    this.#comparisons.clear();
  }
}

function colorOf(theme: ChartTheme, index: number): string {
  const name = SERIES_COLORS[index % SERIES_COLORS.length] ?? 'grey';
  return theme.series[name];
}
