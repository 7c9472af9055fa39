import type { DecimalString } from '#domain/decimal.ts';
import type { Instrument } from '#domain/instrument.ts';
import { decimalsOf } from '#domain/instrument.ts';
import type { Side } from '#domain/side.ts';
import { translator } from '../../../i18n/i18n.ts';
import { bindClassNames } from '../../../ui/class-names.ts';
import { formatClock, formatMoney, formatQuantity } from '../../../ui/format.ts';
import styles from '../chart.module.css';
import { type FillMarker, summarizeFills } from './fill-markers.ts';

const cx = bindClassNames(styles);

const MOST_LINES = 6;
const OFFSET_PX = 16;

/** What the fills of the candle under the crosshair were, beside the crosshair. */
export class FillTooltip {
  readonly #element: HTMLElement;
  #shown: readonly FillMarker[] = [];

  constructor(element: HTMLElement) {
    this.#element = element;
    element.hidden = true;
  }

  show(markers: readonly FillMarker[], at: { x: number; y: number }, instrument: Instrument): void {
    if (markers !== this.#shown) {
      this.#shown = markers;
      this.#element.replaceChildren(...markers.flatMap((marker) => linesOf(marker, instrument)));
    }
    this.#element.hidden = false;
    this.#place(at);
  }

  hide(): void {
    this.#element.hidden = true;
  }

  #place({ x, y }: { x: number; y: number }): void {
    const { offsetWidth, offsetHeight, offsetParent } = this.#element;
    const room = offsetParent?.clientWidth ?? 0;
    const height = offsetParent?.clientHeight ?? 0;
    const left = x + OFFSET_PX + offsetWidth > room ? x - OFFSET_PX - offsetWidth : x + OFFSET_PX;
    const top = Math.min(y + OFFSET_PX, height - offsetHeight);
    this.#element.style.transform = `translate(${Math.max(0, left)}px, ${Math.max(0, top)}px)`;
  }
}

function linesOf({ side, fills }: FillMarker, instrument: Instrument): HTMLElement[] {
  const price = (value: DecimalString) =>
    formatMoney(value, { decimals: decimalsOf(instrument.priceIncrement) });
  const total = summarizeFills(fills);
  const t = translator('chart');
  const word = side === 'buy' ? t('fills.bought') : t('fills.sold');
  const heading = line('tooltipHeading', side, [
    `${word} ${formatQuantity(total.quantity)} ${instrument.base}`,
    `@ ${price(total.price)}`,
  ]);
  const [only] = fills;
  if (only !== undefined && fills.length === 1) {
    return [
      heading,
      line('tooltipLine', side, [formatClock(only.eventTime), t(`fills.${only.liquidity}`)]),
    ];
  }
  const details = fills
    .slice(0, MOST_LINES)
    .map((fill) =>
      line('tooltipLine', side, [
        formatClock(fill.eventTime),
        `${formatQuantity(fill.quantity)} @ ${price(fill.price)}`,
      ]),
    );
  const rest = fills.length - details.length;
  return [
    heading,
    ...details,
    ...(rest > 0 ? [line('tooltipLine', side, [t('fills.more', { count: rest })])] : []),
  ];
}

function line(className: string, side: Side, texts: readonly string[]): HTMLElement {
  const element = document.createElement('div');
  element.className = cx(className, side);
  for (const text of texts) {
    const part = document.createElement('span');
    part.textContent = text;
    element.append(part);
  }
  return element;
}
