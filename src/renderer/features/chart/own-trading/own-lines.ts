import type { MarkedPosition } from '#contract/model.ts';
import type { BotConfig } from '#domain/bot.ts';
import { type Decimal, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { isWaiting, type Order } from '#domain/order.ts';
import type { Side } from '#domain/side.ts';
import { translator } from '../../../i18n/i18n.ts';
import { formatMoney, formatQuantity } from '../../../ui/format.ts';

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

/** So many orders a side, the next ones to be filled, have their labels. */
const LABELLED_ORDERS = 2;
const ARROWS: Readonly<Record<Side, string>> = { buy: '▲', sell: '▼' };

/** Orders of all bots at one price and side share a line. */
export function ownLinesOf(bots: readonly LineSource[], instrumentId: InstrumentId): OwnLine[] {
  const entries = bots.flatMap(({ config, position, otherPositions }) =>
    [position, ...otherPositions]
      .filter((one) => one.instrumentId === instrumentId && one.averagePrice !== null)
      .map((one) => ({ config, position: one })),
  );
  const orders = bots.flatMap((bot) => bot.openOrders);
  return [
    ...entries.flatMap((entry) => entryLine(entry, entries.length > 1)),
    ...orderLines(orders.filter((order) => order.instrumentId === instrumentId)),
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
      title: `${isNamed ? `${config.name} ` : ''}${direction} ${pnl}`,
      isLabelled: true,
    },
  ];
}

function orderLines(orders: readonly Order[]): OwnLine[] {
  const groups = new Map<string, { side: Side; price: number; open: Decimal }>();
  for (const order of orders) {
    const { side, quantity, filledQuantity } = order;
    // Of an order that waits for its stop what matters next is the stop.
    const priceText = isWaiting(order) ? order.triggerPrice : order.limitPrice;
    const price = priceText === null ? Number.NaN : Number(priceText);
    if (!Number.isFinite(price)) continue;
    const key = `${side}:${price}`;
    const open = decimal(quantity).minus(filledQuantity);
    groups.set(key, { side, price, open: open.plus(groups.get(key)?.open ?? ZERO) });
  }
  const lines = [...groups].map(([key, { side, price, open }]) => ({
    key: `order:${key}`,
    kind: 'order' as const,
    side,
    price,
    title: `${ARROWS[side]} ${formatQuantity(toDecimalString(open))}`,
  }));
  const buys = lines.filter((line) => line.side === 'buy').sort((a, b) => b.price - a.price);
  const sells = lines.filter((line) => line.side === 'sell').sort((a, b) => a.price - b.price);
  return [buys, sells].flatMap((side) =>
    side.map((line, index) => ({ ...line, isLabelled: index < LABELLED_ORDERS })),
  );
}
