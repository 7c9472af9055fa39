import { expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import { createStores } from '../stores/stores.ts';
import { tellingCommands } from './telling-commands.ts';

it('what was told is seen by a command, where there is something that was not', async () => {
  const stores = createStores();
  const done: string[] = [];
  const commands = tellingCommands({
    stores,
    alerts: {
      acknowledge: async () => {
        done.push('acknowledged');
        return fail('access_denied', 'Access denied');
      },
    },
    markRead: async () => done.push('read'),
  });
  const enabled = () => commands.filter((one) => one.isEnabled?.()).map(({ id }) => id);
  expect(enabled()).toEqual([]);
  stores.notifications.setState({ unread: 2 });
  stores.alerts.setState({ alerts: [{ state: 'firing', acknowledgedTime: null }] as never });
  expect(enabled()).toEqual(['alerts.acknowledgeAll', 'notifications.markAllRead']);
  for (const one of commands) one.run();
  await Promise.resolve();
  expect(done).toEqual(['acknowledged', 'read']);
  expect(stores.notices.store.getState().shown?.text()).toBe('Access denied');
});
