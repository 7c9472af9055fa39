import { succeed } from '#contract/errors.ts';
import type { Publishable } from '#contract/publications.ts';
import type { Notification } from '#domain/notification.ts';
import type { AlertMessage, AlertRoute } from './route.ts';

export interface InAppRouteOptions {
  readonly userId: string;
  /** On disk when it returns, with its place in the channel; false where it is there already. */
  readonly insertNotification: (notification: Notification) => boolean;
  readonly publish: (item: Publishable) => void;
}

/** The notification centre, and through it the system's own notifications. */
export function inAppRoute({ userId, insertNotification, publish }: InAppRouteOptions): AlertRoute {
  return {
    id: 'inApp',
    deliver: (message) => {
      const notification = notificationOf(message);
      if (insertNotification(notification)) publish({ of: 'notification', userId, notification });
      return succeed(undefined);
    },
  };
}

function notificationOf(message: AlertMessage): Notification {
  const { id, severity, title, body, sound, time, firing, resolved } = message;
  const about = firing[0] ?? resolved[0];
  const botId = about?.labels.bot;
  return {
    id: `alert-${id}`,
    kind: 'alert',
    ...{ severity, title, body, sound },
    source: { ...(about && { alertId: about.id }), ...(botId !== undefined && { botId }) },
    read: false,
    createdTime: time,
  };
}
