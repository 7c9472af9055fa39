import type { Instrument } from '#domain/instrument.ts';
import { translator } from '../../i18n/i18n.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { ColumnRoom } from '../../ui/column-room.ts';
import { formatClockMs, formatPrice, formatSize, NOTHING } from '../../ui/format.ts';
import { MeasuredBox } from '../../ui/measured-box.ts';
import { SIDE_ARROWS } from '../../ui/side-arrow.ts';
import { writeAttribute, writeText } from '../../ui/write-element.ts';
import { newcomersAbove } from './newcomers.ts';
import styles from './tape.module.css';
import type { TapeEntry, TapeLiquidation, TapePrint } from './tape-entry.ts';
import type { TapeLevel } from './tape-preferences.ts';
import type { TapeRing } from './tape-ring.ts';

const cx = bindClassNames(styles);
const t = translator('tape');

const TAPE_ROW_PX = 20;
/** Rows. */
const SPACER_STEP = 250;
const CLOCK_LENGTH = 'HH:MM:SS'.length;

type Room = ColumnRoom<'price' | 'size'>;
type Increments = Pick<Instrument, 'priceIncrement' | 'sizeIncrement'>;

/** One row of the fixed pool. It writes only what differs from the entry that it showed before. */
class TapeRow {
  readonly element = document.createElement('div');
  readonly #clock = span('clock');
  readonly #milliseconds = span('milliseconds');
  readonly #arrow = span('arrow');
  readonly #price = span('price');
  readonly #size = span('size');
  readonly #time = span('time');
  #entry: TapeEntry | undefined;
  #increments: Increments | undefined;
  readonly #levels: readonly TapeLevel[];
  readonly #room: Room;

  constructor(levels: readonly TapeLevel[], room: Room) {
    this.#levels = levels;
    this.#room = room;
    this.#time.append(this.#clock, this.#milliseconds);
    this.element.append(this.#time, this.#arrow, this.#price, this.#size);
    this.element.setAttribute('role', 'listitem');
    this.element.hidden = true;
  }

  get entry(): TapeEntry | undefined {
    return this.#entry;
  }

  show(entry: TapeEntry | undefined, increments: Increments): void {
    if (this.#entry === entry && this.#increments === increments) return;
    this.#entry = entry;
    this.#increments = increments;
    this.element.hidden = entry === undefined;
    if (entry?.kind === 'trade') this.#showTrade(entry, increments);
    else if (entry?.kind === 'liquidation') this.#showLiquidation(entry, increments);
    else if (entry?.kind === 'gap') this.#showGap(entry.missed);
  }

  #showTrade({ trade, count, level }: TapePrint, increments: Increments): void {
    writeAttribute(this.element, 'class', cx('row', trade.side, ...this.#weight(level)));
    writeAttribute(this.element, 'data-level', String(level));
    this.#color(level > 0 ? (this.#levels[level - 1]?.color ?? null) : null);
    writeAttribute(this.element, 'data-testid', 'tape-row');
    writeAttribute(this.element, 'data-trade-id', trade.id);
    writeAttribute(this.element, 'title', null);
    this.#showTime(trade.timestamp);
    writeText(
      this.#arrow,
      count === 1 ? SIDE_ARROWS[trade.side] : `${SIDE_ARROWS[trade.side]}${count}`,
    );
    writeAttribute(this.#arrow, 'title', count === 1 ? null : t('joined', { count }));
    this.#showAmounts(trade, increments);
  }

  #showAmounts(
    { price, size }: { readonly price: number; readonly size: number },
    { priceIncrement, sizeIncrement }: Increments,
  ): void {
    const priceText = formatPrice(price, priceIncrement);
    // A tick of Deriv's has a price and no size: that is not the same as a size of 0.00.
    const sizeText = size === 0 ? NOTHING : formatSize(size, sizeIncrement);
    this.#room.see('price', priceText);
    this.#room.see('size', sizeText);
    writeText(this.#price, priceText);
    writeText(this.#size, sizeText);
  }

  /** A sign of its own, a solid ground and a sentence: nobody takes it for a print. */
  #showLiquidation({ liquidation, level }: TapeLiquidation, increments: Increments): void {
    const { side, eventTime } = liquidation;
    writeAttribute(this.element, 'class', cx('row', side, 'liquidation', ...this.#weight(level)));
    writeAttribute(this.element, 'data-level', String(level));
    this.#color(null);
    writeAttribute(this.element, 'data-testid', 'tape-liquidation');
    writeAttribute(this.element, 'data-trade-id', null);
    const told = t(side === 'sell' ? 'longLiquidated' : 'shortLiquidated');
    writeAttribute(this.element, 'title', told);
    this.#showTime(eventTime);
    writeText(this.#arrow, `${t('liquidated')} ${SIDE_ARROWS[side]}`);
    writeAttribute(this.#arrow, 'title', null);
    this.#showAmounts(liquidation, increments);
  }

  #weight(level: number): string[] {
    if (level === 0) return [];
    return level === this.#levels.length ? ['large', 'largest'] : ['large'];
  }

  #showTime(epochMs: number): void {
    const time = formatClockMs(epochMs);
    writeText(this.#clock, time.slice(0, CLOCK_LENGTH));
    writeText(this.#milliseconds, time.slice(CLOCK_LENGTH));
  }

  /** The user's own colour; null: the side's. */
  #color(color: string | null): void {
    this.element.classList.toggle(cx('colored'), color !== null);
    if (color === null) this.element.style.removeProperty('--level-color');
    else this.element.style.setProperty('--level-color', color);
  }

  #showGap(missed: number | null): void {
    this.#color(null);
    writeAttribute(this.element, 'title', null);
    writeAttribute(this.element, 'data-level', null);
    writeAttribute(this.element, 'class', cx('row', 'gap'));
    writeAttribute(this.element, 'data-testid', 'tape-gap');
    writeAttribute(this.element, 'data-trade-id', null);
    for (const cell of [this.#clock, this.#milliseconds, this.#arrow, this.#price, this.#size]) {
      writeText(cell, '');
    }
    writeText(this.#price, missed === null ? t('gap') : t('gapOf', { count: missed }));
  }
}

function span(name: string): HTMLSpanElement {
  const element = document.createElement('span');
  element.className = cx(name);
  return element;
}

/**
 * Draws a ring in a scrolling element: a pool of as many rows as are in sight, moved along with the
 * scroll position, whatever the number of trades.
 */
export class TapeView {
  readonly #box: MeasuredBox;
  readonly #spacer = document.createElement('div');
  readonly #layer = document.createElement('div');
  readonly #rows: TapeRow[] = [];
  readonly #levels: readonly TapeLevel[];
  readonly #room: Room;

  /** The headings stand beside the viewport, above the same columns. */
  constructor(viewport: HTMLElement, levels: readonly TapeLevel[]) {
    this.#levels = levels;
    this.#room = new ColumnRoom(viewport.parentElement ?? viewport, ['price', 'size']);
    this.#box = new MeasuredBox(viewport);
    this.#spacer.className = cx('spacer');
    this.#layer.className = cx('layer');
    this.#layer.setAttribute('role', 'list');
    this.#spacer.append(this.#layer);
    viewport.append(this.#spacer);
  }

  get isAtTop(): boolean {
    return this.#box.scrollTop < TAPE_ROW_PX / 2;
  }

  render(ring: TapeRing, increments: Increments): void {
    const first = Math.floor(this.#box.scrollTop / TAPE_ROW_PX);
    const wanted = Math.ceil(this.#box.height / TAPE_ROW_PX) + 1;
    this.#resizePool(wanted);
    this.#spacer.style.height = `${this.#spacerRows(ring.length) * TAPE_ROW_PX}px`;
    this.#layer.style.transform = `translateY(${first * TAPE_ROW_PX}px)`;
    const entries = this.#rows.map((_, index) => ring.at(first + index));
    this.#makeRoom(newcomersAbove(this.#shown, entries));
    for (const [index, row] of this.#rows.entries()) row.show(entries[index], increments);
    this.#room.fit(this.#box.width);
  }

  /**
   * Seen from the top, the end may lie a little lower than the last row: each height that is new has
   * the browser make the layers of the whole page anew. Whoever scrolls finds it where it is.
   */
  #spacerRows(length: number): number {
    return this.isAtTop ? Math.ceil(length / SPACER_STEP) * SPACER_STEP : length;
  }

  dispose(): void {
    this.#box.dispose();
    this.#spacer.remove();
  }

  get #shown(): readonly (TapeEntry | undefined)[] {
    return this.#rows.map(({ entry }) => entry);
  }

  /** The lowest rows go to the top, where the new entries are: the others stay as they are. */
  #makeRoom(count: number): void {
    if (count === 0) return;
    const moved = this.#rows.splice(-count);
    this.#rows.unshift(...moved);
    this.#layer.prepend(...moved.map(({ element }) => element));
  }

  #resizePool(wanted: number): void {
    if (this.#rows.length === wanted) return;
    this.#layer.style.height = `${wanted * TAPE_ROW_PX}px`;
    while (this.#rows.length < wanted) {
      const row = new TapeRow(this.#levels, this.#room);
      this.#rows.push(row);
      this.#layer.append(row.element);
    }
    for (const row of this.#rows.splice(wanted)) row.element.remove();
  }
}
