import type { MarkedPosition } from '#contract/model.ts';
import type { BotConfig } from '#domain/bot.ts';
import {
  type Decimal,
  type DecimalString,
  decimal,
  toDecimalString,
  ZERO,
} from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import { actingPrice } from '#domain/order-change.ts';
import type { Side } from '#domain/side.ts';
import { translator } from '../../../i18n/i18n.ts';
import { formatMoney, formatQuantity } from '../../../ui/format.ts';
import { type HeldOrder, isMovable, openOrdersOf, orderTitle } from './held-orders.ts';

/** A horizontal line of ours: where a position was entered, or where orders wait. */
export interface OwnLine {
  readonly key: string;
  readonly kind: 'entry' | 'order';
  readonly side: Side;
  readonly price: number;
  readonly title: string;
  /** Whether the title and price are written out; a grid's far orders would cover the axis. */
  readonly isLabelled: boolean;
}

type LinePosition = Pick<
  MarkedPosition,
  'instrumentId' | 'quantity' | 'averagePrice' | 'unrealizedPnl'
>;

/** What the lines are made of, of one bot. */
export interface LineSource {
  readonly config: Pick<BotConfig, 'id' | 'name'>;
  readonly position: LinePosition;
  readonly otherPositions: readonly LinePosition[];
  readonly openOrders: readonly Order[];
}

/** Of a bot's name on its line, characters: a longer one would lie over the bars. */
const MOST_NAME = 12;

const shortName = (name: string): string => {
  const characters = [...name];
  return characters.length <= MOST_NAME ? name : `${characters.slice(0, MOST_NAME - 1).join('')}…`;
};

/** So many orders a side, the next ones to be filled, have their labels. */
const LABELLED_ORDERS = 2;
/** So many lines a side: thousands would be a curtain before the bars. What lies beyond is counted on the last. */
const MOST_ORDER_LINES = 60;

/** So many entries, of the largest positions, have theirs: those of hundreds of bots would cover the bars. */
const LABELLED_ENTRIES = 4;

interface HeldPosition {
  readonly config: LineSource['config'];
  readonly quantity: Decimal;
  readonly price: number;
  readonly unrealizedPnl: DecimalString;
}

/** Entries of all bots at one price and side share a line, and so do orders. */
export function ownLinesOf(bots: readonly LineSource[], instrumentId: InstrumentId): OwnLine[] {
  const orders = openOrdersOf(bots, instrumentId).filter(({ order }) => !isMovable(order));
  return [...entryLines(positionsIn(bots, instrumentId)), ...orderLines(orders)];
}

const positionsIn = (
  bots: readonly LineSource[],
  instrumentId: InstrumentId,
): readonly HeldPosition[] =>
  bots.flatMap(({ config, position, otherPositions }) =>
    [position, ...otherPositions].flatMap((one) => {
      if (one.instrumentId !== instrumentId || one.averagePrice === null) return [];
      const { unrealizedPnl } = one;
      const price = Number(one.averagePrice);
      const held = { config, quantity: decimal(one.quantity), price, unrealizedPnl };
      return Number.isFinite(price) ? [held] : [];
    }),
  );

const sideOf = ({ quantity }: HeldPosition): Side => (quantity.gt(ZERO) ? 'buy' : 'sell');
const sum = (values: readonly Decimal[]): Decimal =>
  values.reduce((total, value) => total.plus(value), ZERO);

function entryLines(positions: readonly HeldPosition[]): OwnLine[] {
  const groups = Map.groupBy(positions, (held) => `${sideOf(held)}:${held.price}`);
  const lines = [...groups.values()].map((held) => ({
    held,
    quantity: sum(held.map(({ quantity }) => quantity.abs())),
  }));
  const largest = lines
    .toSorted((a, b) => b.quantity.cmp(a.quantity))
    .slice(0, LABELLED_ENTRIES)
    .map(({ held }) => held);
  return lines.flatMap(({ held, quantity }) => {
    const [first] = held;
    if (first === undefined) return [];
    return {
      key: `entry:${first.config.id}`,
      kind: 'entry',
      side: sideOf(first),
      price: first.price,
      title: entryTitle(held, quantity, positions.length > 1),
      isLabelled: largest.includes(held),
    };
  });
}

/** Whose it is, is said where there is more than one. */
function entryTitle(held: readonly HeldPosition[], size: Decimal, isNamed: boolean): string {
  const t = translator('chart');
  const [first] = held;
  const name = held.length > 1 ? t('entry.bots', { count: held.length }) : first?.config.name;
  const quantity = formatQuantity(toDecimalString(size));
  const isLong = first !== undefined && sideOf(first) === 'buy';
  const direction = isLong ? t('entry.long', { quantity }) : t('entry.short', { quantity });
  const pnl = sum(held.map(({ unrealizedPnl }) => decimal(unrealizedPnl)));
  const won = formatMoney(toDecimalString(pnl), { signed: true });
  return [...(isNamed ? [shortName(name ?? '')] : []), direction, won].join(' ');
}

function orderLines(orders: readonly HeldOrder[]): OwnLine[] {
  const groups = Map.groupBy(
    orders.filter(({ order }) => actingPrice(order) !== null),
    ({ order }) => `${order.side}:${Number(actingPrice(order))}`,
  );
  const lines = [...groups].flatMap(([key, held]) => {
    const [first] = held;
    if (first === undefined) return [];
    const { side } = first.order;
    return { key: `order:${key}`, side, price: Number(actingPrice(first.order)), held };
  });
  const buys = lines.filter((line) => line.side === 'buy').sort((a, b) => b.price - a.price);
  const sells = lines.filter((line) => line.side === 'sell').sort((a, b) => a.price - b.price);
  return [buys, sells].flatMap((side) => {
    const beyond = side.slice(MOST_ORDER_LINES).flatMap(({ held }) => held).length;
    return side.slice(0, MOST_ORDER_LINES).map(({ held, ...line }, index): OwnLine => {
      const isLast = beyond > 0 && index === MOST_ORDER_LINES - 1;
      const more = isLast ? [translator('chart')('furtherOrders', { count: beyond })] : [];
      const title = [orderTitle(held), ...more].join(' ');
      return { ...line, kind: 'order', title, isLabelled: index < LABELLED_ORDERS || isLast };
    });
  });
}
