import { useTranslation } from 'react-i18next';
import type { Notification } from '#domain/notification.ts';
import { useBot, useInstrument } from '../../app/app-context.ts';
import { useHubBook } from '../../i18n/hub-words.ts';
import { formatMoney, formatPriceDecimal, formatQuantity, signOf } from '../../ui/format.ts';

/**
 * A notification in the words of the screen's language: made of what it is about where that is known here,
 * else said again as the hub said it.
 */
export function useNotificationWords(notification: Notification) {
  const { kind, title, body, source } = notification;
  const { t } = useTranslation('notifications');
  const book = useHubBook();
  const bot = useBot(source.botId ?? null);
  const fill = bot?.fills.find(({ id }) => id === source.fillId);
  const instrument = useInstrument(fill?.instrumentId ?? null);
  if (kind === 'announcement') {
    // It says what it is: its title is in the words of whoever made it.
    return { title, body: [t('announcement'), body].filter(Boolean).join(' · ') };
  }
  if (kind !== 'fill' || bot === undefined || fill === undefined || instrument === undefined) {
    return book.sayNotice(notification);
  }
  const { side, quantity, price, realizedPnl } = fill;
  const outcome = `${formatMoney(realizedPnl, { signed: true })} ${instrument.quote}`;
  return {
    title: t(`fill.${side}`, {
      quantity: formatQuantity(quantity),
      base: instrument.base,
      price: formatPriceDecimal(price, instrument.priceIncrement),
    }),
    body: [
      bot.config.name,
      t('fill.on', { symbol: instrument.symbol, exchange: instrument.exchange }),
      ...(signOf(realizedPnl) === 0 ? [] : [outcome]),
    ].join(' · '),
  };
}
