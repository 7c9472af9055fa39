import { createStore } from 'zustand/vanilla';
import type { Notification } from '#domain/notification.ts';

export const NOTIFICATIONS_KEPT = 200;

export interface NotificationState {
  /** Newest first. */
  readonly items: readonly Notification[];
  /** Of all that are stored, not only those here. */
  readonly unread: number;
}

export const createNotificationStore = () =>
  createStore<NotificationState>(() => ({ items: [], unread: 0 }));
export type NotificationStore = ReturnType<typeof createNotificationStore>;

/**
 * Takes in notifications, each once by its id, newest first. What was published is unread for ever: that one
 * has been read since is known from the list alone, and holds.
 */
export function withNotifications(
  state: NotificationState,
  incoming: readonly Notification[],
): NotificationState {
  const known = new Set(state.items.map((item) => item.id));
  const fresh = incoming.filter((item) => !known.has(item.id));
  const readIds = new Set(incoming.filter(({ read }) => read).map(({ id }) => id));
  const isStale = ({ id, read }: Notification) => !read && readIds.has(id);
  if (fresh.length === 0 && !state.items.some(isStale)) return state;
  const kept = state.items.map((item) => (isStale(item) ? { ...item, read: true } : item));
  return {
    items: [...fresh, ...kept]
      .sort((a, b) => b.createdTime - a.createdTime)
      .slice(0, NOTIFICATIONS_KEPT),
    unread: state.unread + fresh.filter((item) => !item.read).length,
  };
}

/** Marks as read; without ids: all. `unread` is the hub's count where it has answered. */
export function withRead(
  state: NotificationState,
  ids: readonly string[] | undefined,
  unread: number,
): NotificationState {
  const chosen = ids === undefined ? null : new Set(ids);
  const items = state.items.map((item) =>
    !item.read && (chosen === null || chosen.has(item.id)) ? { ...item, read: true } : item,
  );
  return { items, unread };
}
