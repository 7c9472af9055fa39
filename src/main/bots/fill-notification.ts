import { type Decimal, decimal, moneyDecimals, ZERO } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Notification } from '#domain/notification.ts';
import type { EpochMs } from '#domain/units.ts';

const signed = (value: Decimal): string =>
  `${value.gt(ZERO) ? '+' : ''}${value.toFixed(moneyDecimals(value))}`;

/** What the user is told of a fill. Its id is the fill's, so that it can be raised only once. */
export function fillNotification(
  fill: Fill,
  bot: { readonly id: string; readonly name: string },
  instrument: Pick<Instrument, 'base' | 'quote' | 'symbol' | 'exchange'>,
  time: EpochMs,
): Notification {
  const verb = fill.side === 'buy' ? 'Bought' : 'Sold';
  const realized = decimal(fill.realizedPnl);
  const outcome = realized.eq(ZERO) ? '' : ` · ${signed(realized)} ${instrument.quote}`;
  return {
    id: `fill-${fill.id}`,
    kind: 'fill',
    severity: 'info',
    title: `${verb} ${fill.quantity} ${instrument.base} at ${fill.price}`,
    body: `${bot.name} · ${instrument.symbol} on ${instrument.exchange}${outcome}`,
    source: { botId: bot.id, fillId: fill.id },
    read: false,
    createdTime: time,
  };
}
