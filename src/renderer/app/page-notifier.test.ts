import { describe, expect, it } from 'vitest';
import type { RevealTarget } from '#contract/bridge.ts';
import type { Notification } from '#domain/notification.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { type NotificationPermissionState, PageNotifier, type Popup } from './page-notifier.ts';

const fill = (id: number): Notification =>
  ({
    id: `fill-${id}`,
    kind: 'fill',
    title: `Bought ${id}`,
    body: '',
    source: { botId: 'b1', fillId: String(id) },
  }) as unknown as Notification;

function start(permission: NotificationPermissionState = 'granted') {
  const clock = new FakeClock();
  const shown: Popup[] = [];
  const gone: RevealTarget[] = [];
  const notifier = new PageNotifier({
    popups: {
      permission: () => permission,
      requestPermission: async () => permission,
      show: (popup) => shown.push(popup),
    },
    clock,
    onClick: (target) => gone.push(target),
  });
  return { clock, shown, gone, notifier };
}

describe('PageNotifier', () => {
  it('[N1] shows a fill at once, tagged so that several tabs show one, and leads to it', () => {
    const { shown, gone, notifier } = start();
    notifier.take(fill(1));
    expect(shown).toMatchObject([{ tag: 'fill-1', title: 'Bought 1' }]);
    shown[0]?.onClick();
    expect(gone).toEqual([{ botId: 'b1', fillId: '1' }]);
  });

  it('[N1] groups a burst within 250 ms', () => {
    const { clock, shown, notifier } = start();
    for (let id = 1; id <= 9; id += 1) notifier.take(fill(id));
    expect(shown).toHaveLength(5);
    clock.advance(250);
    expect(shown).toHaveLength(6);
    expect(shown[5]).toMatchObject({ title: '4 more fills', body: 'Bought 9' });
  });

  it('shows nothing without permission, and nothing once it is stopped', () => {
    const denied = start('denied');
    denied.notifier.take(fill(1));
    expect(denied.shown).toEqual([]);
    const { clock, shown, notifier } = start();
    for (let id = 1; id <= 9; id += 1) notifier.take(fill(id));
    notifier.stop();
    clock.advance(10_000);
    expect(shown).toHaveLength(5);
    expect(clock.pendingTimers).toBe(0);
  });
});
