import { describe, expect, it, vi } from 'vitest';
import type { Push } from '#contract/pushes.ts';
import type { Notification } from '#domain/notification.ts';
import { subscribeReply } from '#tests/fakes/fake-hub-transport.ts';
import { settled, storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { syncNotifications } from './notification-sync.ts';
import { createStores } from './stores.ts';

describe('syncNotifications', () => {
  const CHANNEL = 'user:owner:notifications';
  const notification = (id: string, createdTime: number) => ({
    id,
    kind: 'fill',
    severity: 'info',
    title: id,
    body: '',
    source: {},
    read: false,
    createdTime,
  });
  const push = (seq: number): Push =>
    ({
      event: 'notification',
      payload: { channel: CHANNEL, seq, timestamp: 1, ...notification(`n${seq}`, seq) },
    }) as unknown as Push;
  const requests = {
    'notifications.list': () => ({ items: [notification('n1', 1)], nextBefore: null, unread: 1 }),
    'notifications.markRead': () => ({ unread: 0 }),
  };

  function startNotifications(others: Parameters<typeof storesOnHub>[1] = {}) {
    const base = storesOnHub(createStores(), { ...requests, ...others });
    base.transport.answer('subscribe', ({ since }) =>
      since === undefined
        ? subscribeReply(CHANNEL, { offset: 1, pushes: [push(1)] })
        : subscribeReply(CHANNEL, { offset: 3, recovered: true, pushes: [push(3)] }),
    );
    base.transport.connect();
    const raised: Notification[] = [];
    let raise = (one: Notification): void => void raised.push(one);
    const sync = syncNotifications(base.context, 'owner', (one) => raise(one));
    const onRaise = (next: typeof raise) => {
      raise = next;
    };
    return { ...base, sync, onRaise, raisedIds: () => raised.map((one) => one.id) };
  }

  it('[N1] raises what is new, once and before the next frame, and nothing of before', async () => {
    const { transport, raisedIds } = startNotifications();
    await settled();
    expect(raisedIds()).toEqual([]);
    transport.push(push(2), push(2));
    expect(raisedIds()).toEqual(['n2']);
  });

  it('lists what could not be raised', async () => {
    const base = startNotifications();
    await settled();
    const raised = vi.fn();
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', raised);
    base.onRaise(() => {
      throw new TypeError('Illegal constructor');
    });
    base.transport.push(push(2));
    await base.frame();
    await vi.waitFor(() => expect(raised).toHaveBeenCalled());
    process.off('uncaughtException', raised);
    for (const other of others) process.on('uncaughtException', other);
    expect(base.stores.notifications.getState()).toMatchObject({ items: [{ id: 'n2' }, {}] });
  });

  it('[B4] raises what was missed while the connection was lost', async () => {
    const { transport, raisedIds } = startNotifications();
    await settled();
    transport.push(push(2));
    transport.lose();
    transport.connect();
    await settled();
    expect(raisedIds()).toEqual(['n2', 'n3']);
  });

  it('knows from the list what was read before the page, though the channel tells it as it was', async () => {
    const read = { ...notification('n1', 1), read: true };
    const { stores, frame } = startNotifications({
      'notifications.list': () => ({ items: [read], nextBefore: null, unread: 0 }),
    });
    await frame();
    await frame();
    expect(stores.notifications.getState()).toMatchObject({
      unread: 0,
      items: [{ id: 'n1', read: true }],
    });
  });

  it('counts the unread and marks them by the hub’s answer', async () => {
    const { transport, stores, frame, sync } = startNotifications();
    await frame();
    transport.push(push(2));
    await frame();
    expect(stores.notifications.getState()).toMatchObject({
      unread: 2,
      items: [{ id: 'n2' }, { id: 'n1' }],
    });
    await sync.markRead();
    await frame();
    expect(stores.notifications.getState()).toMatchObject({
      unread: 0,
      items: [{ read: true }, { read: true }],
    });
  });

  it('[B2] takes over what was read in another window, as it is told', async () => {
    const { transport, stores, frame } = startNotifications();
    await frame();
    transport.push(push(2), push(3));
    const read = (seq: number, ids: string[] | null, unread: number) =>
      transport.push({
        event: 'notification:read',
        payload: { channel: CHANNEL, seq, timestamp: 1, ids, unread },
      } as Push);
    read(4, ['n2'], 2);
    await frame();
    expect(stores.notifications.getState()).toMatchObject({
      unread: 2,
      items: [{ read: false }, { id: 'n2', read: true }, { read: false }],
    });
    read(5, null, 0);
    transport.push(push(6));
    await frame();
    expect(stores.notifications.getState()).toMatchObject({
      unread: 1,
      items: [{ id: 'n6', read: false }, { read: true }, { read: true }, { read: true }],
    });
  });
});
