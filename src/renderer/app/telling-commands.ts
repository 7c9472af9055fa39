import type { Command } from '../commands/command.ts';
import { translator } from '../i18n/i18n.ts';
import type { Stores } from '../stores/stores.ts';
import type { AlertCommands } from './alert-commands.ts';
import { sayRefusal } from './say-refusal.ts';

export interface TellingCommandParts {
  readonly alerts: Pick<AlertCommands, 'acknowledge'>;
  /** All notifications. */
  readonly markRead: () => Promise<unknown>;
  readonly stores: Pick<Stores, 'alerts' | 'notices' | 'notifications'>;
}

const t = translator('command-palette');

/** What one does about all that was told: has seen it. */
export const tellingCommands = ({
  alerts,
  markRead,
  stores,
}: TellingCommandParts): readonly Command[] => [
  {
    ...{ id: 'alerts.acknowledgeAll', group: 'alerts' },
    title: () => t('commands.acknowledgeAlerts'),
    isEnabled: () =>
      stores.alerts
        .getState()
        .alerts.some(({ state, acknowledgedTime }) => state === 'firing' && !acknowledgedTime),
    run: () => void sayRefusal(stores, alerts.acknowledge()),
  },
  {
    ...{ id: 'notifications.markAllRead', group: 'alerts' },
    title: () => t('commands.readNotifications'),
    isEnabled: () => stores.notifications.getState().unread > 0,
    run: () => void markRead(),
  },
];
