import type { Notification } from '#domain/notification.ts';
import type { EpochMs } from '#domain/units.ts';

/** What the user is told of a bot that one of his limits has stopped. `reason` is a sentence. */
export const limitNotification = (
  bot: { readonly id: string; readonly name: string },
  reason: string,
  time: EpochMs,
): Notification => ({
  id: `limit-${bot.id}-${time}`,
  kind: 'bot',
  severity: 'critical',
  title: `${bot.name} stopped by a limit`,
  body: reason,
  source: { botId: bot.id },
  read: false,
  createdTime: time,
});
