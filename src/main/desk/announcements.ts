import type { Publishable } from '#contract/publications.ts';
import type { RequestParams } from '#contract/requests.ts';
import type { Announcement } from '#domain/announcement.ts';
import type { Clock } from '#domain/clock.ts';
import type { Notification } from '#domain/notification.ts';

export interface AnnouncementsOptions {
  /** Whose notification centre shows it, too. */
  readonly userId: string;
  readonly store: {
    /** Both or neither, durable when it returns; throws when it is not. */
    insert(announcement: Announcement, notification: Notification): void;
  };
  /** Those before the start that a newcomer should see, oldest first. */
  readonly earlier: readonly Announcement[];
  readonly clock: Clock;
  readonly createId: () => string;
  readonly publish: (item: Publishable) => void;
}

/** What the owner tells everyone on the hub. */
export class Announcements {
  readonly #options: AnnouncementsOptions;

  /** Gives the channel what was announced before the start, which nobody can be listening to yet. */
  constructor(options: AnnouncementsOptions) {
    this.#options = options;
    for (const announcement of options.earlier)
      options.publish({ of: 'announcement', announcement });
  }

  /** On disk first, then told. */
  send(draft: RequestParams<'announcements.send'>): Announcement {
    const { userId, store, clock, createId, publish } = this.#options;
    const announcement = { ...draft, id: createId(), createdTime: clock.now() };
    const notification = notificationOf(announcement);
    store.insert(announcement, notification);
    publish({ of: 'announcement', announcement });
    publish({ of: 'notification', userId, notification });
    return announcement;
  }
}

const notificationOf = ({ id, ...rest }: Announcement): Notification => ({
  ...rest,
  id: `announcement-${id}`,
  kind: 'announcement',
  source: {},
  read: false,
});
