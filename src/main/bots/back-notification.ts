import type { Notification } from '#domain/notification.ts';
import type { EpochMs } from '#domain/units.ts';

/** What the user is told of an archived bot that reports again. */
export const backNotification = (
  bot: { readonly id: string; readonly name: string },
  time: EpochMs,
): Notification => ({
  id: `back-${bot.id}-${time}`,
  kind: 'bot',
  severity: 'info',
  title: `${bot.name} reports again`,
  body: 'It was archived, and is among the bots again.',
  source: { botId: bot.id },
  read: false,
  createdTime: time,
});
