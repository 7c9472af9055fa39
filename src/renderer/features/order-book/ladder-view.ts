import type { Instrument } from '#domain/instrument.ts';
import type { Side } from '#domain/side.ts';
import { translator } from '../../i18n/i18n.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { ColumnRoom } from '../../ui/column-room.ts';
import { formatBps, formatPrice, formatSize, NOTHING } from '../../ui/format.ts';
import { MeasuredBox } from '../../ui/measured-box.ts';
import { writeAttribute, writeText } from '../../ui/write-element.ts';
import type { Ladder, LadderRow, Spread } from './ladder.ts';
import styles from './order-book.module.css';
import type { OwnOrders } from './own-orders.ts';

const cx = bindClassNames(styles);

const LADDER_ROW_PX = 20;
const SPREAD_PX = 28;
const IMBALANCE_PX = 20;

const t = translator('order-book');

type Room = ColumnRoom<'price' | 'size' | 'total'>;
type Increments = Pick<Instrument, 'priceIncrement' | 'sizeIncrement'>;

export interface LadderPicture {
  readonly ladder: Ladder;
  readonly own: OwnOrders;
  readonly increments: Increments;
  /** The step of the rows, which says how many decimals their prices need. */
  readonly rowIncrement: number;
}

/** One row of the fixed pool: the n-th level from the spread (0 is the best), whatever its price. */
class LadderRowView {
  readonly element = document.createElement('div');
  readonly #own = cell('own');
  readonly #price = cell('price');
  readonly #size = cell('size');
  readonly #total = cell('total');
  readonly #bar = cell('bar');
  readonly #side: Side;
  readonly #room: Room;

  constructor(side: Side, place: number, room: Room) {
    const isBest = place === 0;
    this.#side = side;
    this.#room = room;
    this.element.style[side === 'buy' ? 'top' : 'bottom'] = `${place * LADDER_ROW_PX}px`;
    this.element.className = cx('row', side, isBest && 'best');
    this.element.setAttribute('data-testid', side === 'buy' ? 'book-bid' : 'book-ask');
    if (isBest) this.element.setAttribute('data-best', 'true');
    this.element.append(this.#bar, this.#own, this.#price, this.#size, this.#total);
    this.show(undefined, null);
  }

  show(row: LadderRow | undefined, picture: LadderPicture | null): void {
    const isShown = row !== undefined && picture !== null;
    writeAttribute(this.element, 'data-price', isShown ? String(row.price) : '');
    writeAttribute(this.element, 'data-size', isShown ? String(row.size) : '');
    if (!isShown) this.#clear();
    else this.#write(row, picture);
  }

  #write(row: LadderRow, { ladder, own, increments, rowIncrement }: LadderPicture): void {
    const share = ladder.maxCumulative === 0 ? 0 : row.cumulative / ladder.maxCumulative;
    const ownQuantity = own[this.#side].get(row.price);
    const price = formatPrice(row.price, rowIncrement);
    const size = formatSize(row.size, increments.sizeIncrement);
    const total = formatSize(row.cumulative, increments.sizeIncrement);
    this.#room.see('price', price);
    this.#room.see('size', size);
    this.#room.see('total', total);
    writeText(this.#price, price);
    writeText(this.#size, size);
    writeText(this.#total, total);
    writeText(this.#own, ownQuantity === undefined ? '' : '▸');
    const title = ownQuantity === undefined ? null : t('ownOrder', { quantity: ownQuantity });
    writeAttribute(this.element, 'title', title);
    this.element.classList.toggle(cx('hasOwn'), ownQuantity !== undefined);
    this.#fill(share);
  }

  #clear(): void {
    for (const element of [this.#own, this.#price, this.#size, this.#total]) writeText(element, '');
    writeAttribute(this.element, 'title', null);
    this.element.classList.remove(cx('hasOwn'));
    this.#fill(0);
  }

  /** By its background: each transform that changes would have the browser part its layers anew. */
  #fill(share: number): void {
    this.#bar.style.backgroundSize = `${(100 * share).toFixed(2)}% 100%`;
  }
}

function cell(name: string): HTMLSpanElement {
  const element = document.createElement('span');
  element.className = cx(name);
  return element;
}

/** Draws ladders in an element: a pool of as many rows a side as there is room for. */
export class LadderView {
  readonly #root: HTMLElement;
  readonly #box: MeasuredBox;
  readonly #asks = document.createElement('div');
  readonly #bids = document.createElement('div');
  readonly #spread = document.createElement('div');
  readonly #middle = cell('middle');
  readonly #absolute = cell('absolute');
  readonly #bps = cell('bps');
  readonly #imbalance = document.createElement('div');
  readonly #bidShare = cell('bidShare');
  readonly #askShare = cell('askShare');
  readonly #askRows: LadderRowView[] = [];
  readonly #bidRows: LadderRowView[] = [];
  readonly #room: Room;

  /** The headings stand beside it, above the same columns. */
  constructor(root: HTMLElement) {
    this.#root = root;
    this.#room = new ColumnRoom(root.parentElement ?? root, ['price', 'size', 'total']);
    this.#box = new MeasuredBox(root);
    this.#asks.className = cx('side');
    this.#bids.className = cx('side');
    this.#spread.className = cx('spread');
    this.#spread.setAttribute('data-testid', 'book-spread');
    const width = cell('width');
    width.append(this.#absolute, this.#bps);
    this.#spread.append(this.#middle, width);
    this.#imbalance.className = cx('imbalance');
    this.#imbalance.setAttribute('data-testid', 'book-imbalance');
    this.#imbalance.append(this.#bidShare, this.#askShare);
    root.append(this.#asks, this.#spread, this.#bids, this.#imbalance);
  }

  /** How many rows a side there is room for; makes the pool that large. */
  fit(): number {
    const room = (this.#box.height - SPREAD_PX - IMBALANCE_PX) / 2;
    const count = Math.max(1, Math.floor(room / LADDER_ROW_PX));
    this.#resize('sell', count);
    this.#resize('buy', count);
    return count;
  }

  /** Null clears: there is no book that could be shown. */
  render(picture: LadderPicture | null): void {
    for (const [index, row] of this.#askRows.entries()) {
      row.show(picture?.ladder.asks[index], picture);
    }
    for (const [index, row] of this.#bidRows.entries()) {
      row.show(picture?.ladder.bids[index], picture);
    }
    this.#renderSpread(picture?.ladder.spread ?? null, picture?.increments.priceIncrement ?? 1);
    this.#renderImbalance(picture?.ladder.bidShare ?? null);
    this.#room.fit(this.#box.width);
  }

  dispose(): void {
    this.#box.dispose();
    this.#root.replaceChildren();
  }

  #renderSpread(spread: Spread | null, priceIncrement: number): void {
    // Between two neighbouring prices lies none that could be told instead.
    const middle = spread === null ? '' : formatPrice(spread.middle, priceIncrement / 2);
    this.#room.see('price', middle);
    writeText(this.#middle, middle);
    const absolute = spread === null ? NOTHING : formatPrice(spread.absolute, priceIncrement);
    writeText(this.#absolute, absolute);
    writeText(this.#bps, spread === null ? '' : formatBps(spread.bps));
  }

  /** How the sizes are divided: in figures, and as a bar of two parts. */
  #renderImbalance(share: number | null): void {
    const percent = (part: number) => `${Math.round(part * 100)}%`;
    const [bids, asks] = share === null ? [NOTHING, NOTHING] : [percent(share), percent(1 - share)];
    writeText(this.#bidShare, share === null ? '' : t('bidShare', { percent: bids }));
    writeText(this.#askShare, share === null ? '' : t('askShare', { percent: asks }));
    this.#imbalance.title = share === null ? '' : t('imbalance', { bids, asks });
    this.#imbalance.style.setProperty('--bid-share', `${(100 * (share ?? 0)).toFixed(1)}%`);
    this.#imbalance.hidden = share === null;
  }

  #resize(side: Side, count: number): void {
    const rows = side === 'buy' ? this.#bidRows : this.#askRows;
    const parent = side === 'buy' ? this.#bids : this.#asks;
    while (rows.length < count) {
      const row = new LadderRowView(side, rows.length, this.#room);
      rows.push(row);
      parent.append(row.element);
    }
    for (const row of rows.splice(count)) row.element.remove();
  }
}
