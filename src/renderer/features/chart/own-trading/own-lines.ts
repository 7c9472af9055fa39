import type { MarkedPosition } from '#contract/model.ts';
import type { BotConfig } from '#domain/bot.ts';
import { decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
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

/** Orders of all bots at one price and side share a line. */
export function ownLinesOf(bots: readonly LineSource[], instrumentId: InstrumentId): OwnLine[] {
  const entries = bots.flatMap(({ config, position, otherPositions }) =>
    [position, ...otherPositions]
      .filter((one) => one.instrumentId === instrumentId && one.averagePrice !== null)
      .map((one) => ({ config, position: one })),
  );
  const orders = openOrdersOf(bots, instrumentId).filter(({ order }) => !isMovable(order));
  return [
    ...entries.flatMap((entry) => entryLine(entry, entries.length > 1)),
    ...orderLines(orders),
  ];
}

/** Whose it is, is said where there is more than one. */
function entryLine(
  { config, position }: { readonly config: LineSource['config']; readonly position: LinePosition },
  isNamed: boolean,
): OwnLine[] {
  const price = position.averagePrice === null ? Number.NaN : Number(position.averagePrice);
  if (!Number.isFinite(price)) return [];
  const isLong = decimal(position.quantity).gt(ZERO);
  const t = translator('chart');
  const quantity = formatQuantity(toDecimalString(decimal(position.quantity).abs()));
  const direction = isLong ? t('entry.long', { quantity }) : t('entry.short', { quantity });
  const pnl = formatMoney(position.unrealizedPnl, { signed: true });
  return [
    {
      key: `entry:${config.id}`,
      kind: 'entry',
      side: isLong ? 'buy' : 'sell',
      price,
      title: `${isNamed ? `${shortName(config.name)} ` : ''}${direction} ${pnl}`,
      isLabelled: true,
    },
  ];
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
    const price = Number(actingPrice(first.order));
    return { key: `order:${key}`, kind: 'order' as const, side, price, title: orderTitle(held) };
  });
  const buys = lines.filter((line) => line.side === 'buy').sort((a, b) => b.price - a.price);
  const sells = lines.filter((line) => line.side === 'sell').sort((a, b) => a.price - b.price);
  return [buys, sells].flatMap((side) =>
    side.map((line, index) => ({ ...line, isLabelled: index < LABELLED_ORDERS })),
  );
}
