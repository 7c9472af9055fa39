import {
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type LineWidth,
  PriceScaleMode,
  type SeriesType,
} from 'lightweight-charts';
import type { Candle } from '#domain/candle.ts';
import { decimalsOf } from '#domain/instrument.ts';
import { formatCompact } from '../../../ui/format.ts';
import type { ChartTheme } from '../plot/chart-theme.ts';
import { toChartTime } from '../plot/chart-time.ts';
import { scaleStep } from '../plot/scale-step.ts';
import type { Values } from './calculation.ts';
import { INDICATORS, type PlotSpec } from './catalogue.ts';
import { IndicatorRun } from './indicator-run.ts';
import type { IndicatorSettings } from './indicator-settings.ts';
import { valueIncrement } from './value-increment.ts';

const PANE_STRETCH = 0.28;

interface DrawnIndicator {
  readonly run: IndicatorRun;
  readonly plots: readonly { readonly spec: PlotSpec; readonly series: ISeriesApi<SeriesType> }[];
}

/** What the legend shows of an indicator. */
export interface ShownIndicator {
  readonly settings: IndicatorSettings;
  /** Element of the pane that it is drawn in. */
  readonly pane: HTMLElement | null;
  readonly valuesAt: (index: number) => Values | undefined;
}

/** Computes and draws the indicators: over the prices, or each in a pane of its own. */
export class IndicatorLayer {
  readonly #chart: IChartApi;
  readonly #drawn = new Map<string, DrawnIndicator>();
  #theme: ChartTheme;
  #bars: readonly Candle[] = [];
  #offset = 0;
  #priceIncrement = 0.01;

  constructor(chart: IChartApi, theme: ChartTheme) {
    this.#chart = chart;
    this.#theme = theme;
  }

  get shown(): readonly ShownIndicator[] {
    return [...this.#drawn.values()].map(({ run, plots }) => ({
      settings: run.settings,
      pane: plots[0]?.series.getPane().getHTMLElement() ?? null,
      valuesAt: (index) => run.values.at(index),
    }));
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    for (const { run, plots } of this.#drawn.values()) {
      for (const { spec, series } of plots) this.#color(series, spec, run.settings);
      this.#drawAll(run, plots);
    }
  }

  setFormat(priceIncrement: number): void {
    this.#priceIncrement = priceIncrement;
    for (const { run, plots } of this.#drawn.values()) {
      for (const { series } of plots) series.applyOptions(this.#formatOf(run.settings));
    }
  }

  /** Those that changed are computed anew; those that are gone take their pane along. */
  set(wanted: readonly IndicatorSettings[]): void {
    const byId = new Map(wanted.map((settings) => [settings.id, settings]));
    for (const [id, drawn] of this.#drawn) {
      const settings = byId.get(id);
      if (settings !== undefined && isSame(settings, drawn.run.settings)) continue;
      // A changed one keeps its series, and with them its pane and its place.
      if (settings !== undefined) this.#change(id, drawn, settings);
      else this.#remove(id, drawn);
    }
    for (const settings of wanted) {
      if (!this.#drawn.has(settings.id)) this.#add(settings);
    }
  }

  /** All bars are computed; drawn are those from `offset` on. */
  setBars(bars: readonly Candle[], offset = 0): void {
    this.#bars = bars;
    this.#offset = offset;
    for (const { run, plots } of this.#drawn.values()) {
      run.setBars(bars);
      this.#drawAll(run, plots);
    }
  }

  /** The same bars as before, but others of them are drawn. */
  setOffset(offset: number): void {
    this.#offset = offset;
    for (const { run, plots } of this.#drawn.values()) this.#drawAll(run, plots);
  }

  /** The last bar, or a new one after it. */
  update(bar: Candle): void {
    const time = toChartTime(bar.openTime);
    for (const { run, plots } of this.#drawn.values()) {
      const values = run.update(bar);
      plots.forEach(({ spec, series }, index) => {
        const value = values[index] ?? null;
        series.update(value === null ? { time } : { time, value, ...this.#tint(spec, value) });
      });
    }
  }

  #add(settings: IndicatorSettings): void {
    const definition = INDICATORS[settings.kind];
    const run = new IndicatorRun(settings);
    const pane = definition.pane === 'own' ? this.#chart.addPane() : this.#chart.panes()[0];
    if (pane === undefined) return;
    const plots = definition.plots.map((spec) => {
      const series =
        spec.style === 'histogram'
          ? pane.addSeries(HistogramSeries, this.#commonOptions(settings))
          : pane.addSeries(LineSeries, {
              ...this.#commonOptions(settings),
              lineWidth: (spec.style === 'line' ? 2 : 1) as LineWidth,
              crosshairMarkerVisible: false,
            });
      this.#color(series, spec, settings);
      return { spec, series };
    });
    if (definition.pane === 'own') {
      pane.setStretchFactor(PANE_STRETCH);
      // The library makes a new pane's scale like the prices': in logarithms or percents, if those are.
      plots[0]?.series.priceScale().applyOptions({ mode: PriceScaleMode.Normal });
      for (const price of definition.guides ?? []) {
        plots[0]?.series.createPriceLine({
          ...{ price, color: this.#theme.crosshair, lineWidth: 1, lineStyle: LineStyle.Dotted },
          axisLabelVisible: false,
        });
      }
    }
    this.#drawn.set(settings.id, { run, plots });
    run.setBars(this.#bars);
    this.#drawAll(run, plots);
  }

  #change(id: string, { plots }: DrawnIndicator, settings: IndicatorSettings): void {
    const run = new IndicatorRun(settings);
    run.setBars(this.#bars);
    for (const { spec, series } of plots) {
      series.applyOptions(this.#commonOptions(settings));
      this.#color(series, spec, settings);
    }
    this.#drawn.set(id, { run, plots });
    this.#drawAll(run, plots);
  }

  #remove(id: string, { plots }: DrawnIndicator): void {
    // First: the library says where the crosshair is while it removes, and who hears it asks what is shown.
    this.#drawn.delete(id);
    for (const { series } of plots) this.#chart.removeSeries(series);
  }

  #drawAll(run: IndicatorRun, plots: DrawnIndicator['plots']): void {
    plots.forEach(({ spec, series }, index) => {
      let hasBegun = false;
      series.setData(
        this.#bars.slice(this.#offset).flatMap(({ openTime }, at) => {
          const value = run.values[at + this.#offset]?.[index] ?? null;
          const time = toChartTime(openTime);
          // A hole in between is drawn as one; before the first value there is nothing to say.
          if (value === null) return hasBegun ? { time } : [];
          hasBegun = true;
          return { time, value, ...this.#tint(spec, value) };
        }),
      );
    });
  }

  #commonOptions(settings: IndicatorSettings) {
    return {
      ...this.#formatOf(settings),
      visible: !settings.isHidden,
      priceLineVisible: false,
      lastValueVisible: INDICATORS[settings.kind].pane === 'own',
    };
  }

  #formatOf({ kind }: IndicatorSettings) {
    if (INDICATORS[kind].isVolume) {
      return { priceFormat: { type: 'custom' as const, formatter: formatCompact } };
    }
    const minMove = scaleStep(valueIncrement(kind, this.#priceIncrement));
    return { priceFormat: { type: 'price' as const, precision: decimalsOf(minMove), minMove } };
  }

  #color(series: ISeriesApi<SeriesType>, spec: PlotSpec, { colors }: IndicatorSettings): void {
    const color = this.#theme.series[colors[spec.name] ?? spec.color];
    (series as ISeriesApi<'Line'>).applyOptions({ color });
  }

  /** Above and below zero are told apart. */
  #tint({ style }: PlotSpec, value: number): { color?: string } {
    if (style !== 'histogram') return {};
    return { color: value >= 0 ? this.#theme.buyOrder : this.#theme.sellOrder };
  }
}

const isSame = (a: IndicatorSettings, b: IndicatorSettings): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);
