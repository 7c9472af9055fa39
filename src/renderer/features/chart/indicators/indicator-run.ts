import type { Candle } from '#domain/candle.ts';
import type { Values } from './calculation.ts';
import { calculationOf, type IndicatorSettings } from './indicator-settings.ts';

/** The values of one indicator, bar by bar; kept up with the bar in progress. */
export class IndicatorRun {
  readonly settings: IndicatorSettings;
  #calculation;
  #values: Values[] = [];
  #lastTime = Number.NaN;

  constructor(settings: IndicatorSettings) {
    this.settings = settings;
    this.#calculation = calculationOf(settings);
  }

  /** One entry a bar. */
  get values(): readonly Values[] {
    return this.#values;
  }

  setBars(bars: readonly Candle[]): readonly Values[] {
    this.#calculation = calculationOf(this.settings);
    this.#values = bars.map((bar) => this.#calculation.update(bar, false));
    this.#lastTime = bars.at(-1)?.openTime ?? Number.NaN;
    return this.#values;
  }

  /** The last bar, or a new one after it. */
  update(bar: Candle): Values {
    const isSameBar = bar.openTime === this.#lastTime;
    const values = this.#calculation.update(bar, isSameBar);
    if (isSameBar) this.#values[this.#values.length - 1] = values;
    else this.#values.push(values);
    this.#lastTime = bar.openTime;
    return values;
  }
}
