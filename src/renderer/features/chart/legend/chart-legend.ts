import type { Candle } from '#domain/candle.ts';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import type { Instrument } from '#domain/instrument.ts';
import {
  formatCompact,
  formatPercent,
  formatPrice,
  formatQuantity,
  NOTHING,
} from '../../../ui/format.ts';

const LEGEND_CELLS = ['open', 'high', 'low', 'close', 'change', 'volume', 'trades'] as const;
type LegendCell = (typeof LEGEND_CELLS)[number];
const EXACT_VOLUME_BELOW = 10_000;
const VOLUME_DIGITS = 5;

/** Writes a candle's figures into the elements marked `data-cell`. */
export class ChartLegend {
  readonly #cells = new Map<LegendCell, HTMLElement>();

  constructor(root: HTMLElement) {
    for (const name of LEGEND_CELLS) {
      const element = root.querySelector<HTMLElement>(`[data-cell="${name}"]`);
      if (element !== null) this.#cells.set(name, element);
    }
  }

  show(candle: Candle | undefined, { priceIncrement }: Pick<Instrument, 'priceIncrement'>): void {
    const price = (value: number | undefined) => formatPrice(value, priceIncrement);
    const change = candle && ((candle.close - candle.open) / Math.abs(candle.open || 1)) * 100;
    this.#write('open', price(candle?.open));
    this.#write('high', price(candle?.high));
    this.#write('low', price(candle?.low));
    this.#write('close', price(candle?.close));
    this.#write('change', formatPercent(change));
    // A candle is made of trades: without volume these had no size, as Deriv's ticks.
    this.#write('volume', candle?.volume ? volumeText(candle.volume) : NOTHING);
    this.#write('trades', String(candle?.tradeCount ?? NOTHING));
    const direction = change === undefined || change === 0 ? 'flat' : change > 0 ? 'up' : 'down';
    this.#cells.get('change')?.setAttribute('data-direction', direction);
  }

  #write(name: LegendCell, text: string): void {
    const element = this.#cells.get(name);
    if (element !== undefined && element.textContent !== text) element.textContent = text;
  }
}

const volumeText = (volume: number): string =>
  volume < EXACT_VOLUME_BELOW
    ? formatQuantity(toDecimalString(decimal(Number(volume.toPrecision(VOLUME_DIGITS)))))
    : formatCompact(volume);
