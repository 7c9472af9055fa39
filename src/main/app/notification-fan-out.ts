import type { Notification } from '#domain/notification.ts';

/** Tells everyone in this process who wants to hear of notifications: the desktop shell. */
export class NotificationFanOut {
  readonly #listeners = new Set<(notification: Notification) => void>();

  /** The returned function stops it. */
  listen(listener: (notification: Notification) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(notification: Notification): void {
    for (const listener of this.#listeners) listener(notification);
  }
}
