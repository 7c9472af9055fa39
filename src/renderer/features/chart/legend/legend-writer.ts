import type { Candle } from '#domain/candle.ts';
import type { Instrument } from '#domain/instrument.ts';
import { translator } from '../../../i18n/i18n.ts';
import { formatCompact, formatPrice, NOTHING } from '../../../ui/format.ts';
import type { Comparisons } from '../compare/comparisons.ts';
import { INDICATORS } from '../indicators/catalogue.ts';
import type { IndicatorLayer, ShownIndicator } from '../indicators/indicator-layer.ts';
import { parameterText } from '../indicators/indicator-settings.ts';
import { valueIncrement } from '../indicators/value-increment.ts';
import type { ChartTheme } from '../plot/chart-theme.ts';
import type { LegendAction, LegendEntry, SeriesLegend } from './series-legend.ts';

export interface LegendCommands {
  readonly editIndicator: (id: string) => void;
  readonly toggleIndicator: (id: string) => void;
  readonly removeIndicator: (id: string) => void;
  readonly removeCompared: (id: string) => void;
}

export interface LegendSources {
  readonly legend: SeriesLegend;
  readonly indicators: IndicatorLayer;
  readonly comparisons: Comparisons;
  readonly instrument: Instrument;
  readonly commands: LegendCommands;
}

/** Names what else is on the chart, and tells its values at the bar that is looked at. */
export class LegendWriter {
  readonly #sources: LegendSources;

  constructor(sources: LegendSources) {
    this.#sources = sources;
  }

  /** `index`: of the bar, from the oldest. */
  write(bar: Candle | undefined, index: number, theme: ChartTheme): void {
    const { legend, indicators, comparisons } = this.#sources;
    const shown = indicators.shown;
    const compared = comparisons.all;
    legend.setEntries([
      ...compared.map(({ comparison, color }) => this.#comparedEntry(comparison.instrument, color)),
      ...shown.map((one) => this.#indicatorEntry(one, theme)),
    ]);
    for (const { comparison } of compared) {
      const { id, priceIncrement } = comparison.instrument;
      const close = bar === undefined ? null : comparison.closeAt(bar.openTime);
      legend.write(id, [formatPrice(close, priceIncrement)]);
    }
    for (const one of shown) {
      const values = bar === undefined ? [] : (one.valuesAt(index) ?? []);
      legend.write(
        one.settings.id,
        INDICATORS[one.settings.kind].plots.map((_, plot) => this.#text(one, values[plot] ?? null)),
      );
    }
  }

  #comparedEntry({ id, symbol }: Instrument, color: string): LegendEntry {
    const t = translator('chart');
    const { commands } = this.#sources;
    return {
      ...{ id, name: symbol, pane: null, colors: [color], isHidden: false },
      actions: [
        {
          ...{ key: 'remove', label: t('legend.remove', { name: symbol }), sign: '×' },
          run: () => commands.removeCompared(id),
        },
      ],
    };
  }

  #indicatorEntry({ settings, pane }: ShownIndicator, theme: ChartTheme): LegendEntry {
    const { id, kind, colors, isHidden } = settings;
    const { pane: place, plots } = INDICATORS[kind];
    const name = [translator('chart')(`indicator.${kind}`), parameterText(settings)]
      .filter(Boolean)
      .join(' ');
    return {
      ...{ id, name, isHidden },
      pane: place === 'own' ? pane : null,
      colors: plots.map((plot) => theme.series[colors[plot.name] ?? plot.color]),
      actions: this.#indicatorActions(id, name, isHidden),
    };
  }

  #indicatorActions(id: string, name: string, isHidden: boolean): readonly LegendAction[] {
    const t = translator('chart');
    const { editIndicator, toggleIndicator, removeIndicator } = this.#sources.commands;
    const toggle = isHidden ? 'show' : 'hide';
    return [
      { key: 'edit', label: t('legend.edit', { name }), sign: '✎', run: () => editIndicator(id) },
      {
        ...{ key: toggle, label: t(`legend.${toggle}`, { name }), sign: isHidden ? '○' : '●' },
        run: () => toggleIndicator(id),
      },
      {
        key: 'remove',
        label: t('legend.remove', { name }),
        sign: '×',
        run: () => removeIndicator(id),
      },
    ];
  }

  #text({ settings }: ShownIndicator, value: number | null): string {
    if (value === null) return NOTHING;
    if (INDICATORS[settings.kind].isVolume) return formatCompact(value);
    const { priceIncrement } = this.#sources.instrument;
    return formatPrice(value, valueIncrement(settings.kind, priceIncrement));
  }
}
