import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Result } from '#contract/errors.ts';
import { notificationSchema } from '#contract/model.ts';
import type { Notification } from '#domain/notification.ts';
import { type Page, PagedTable, type PageRequest } from './paged-table.ts';
import { assertStorable, type DamageListener, parseJson, storedFlag } from './rows.ts';

export interface NotificationRepository {
  /** Throws on an id that is there already. */
  insert(notification: Notification): void;
  /** False, and nothing is written, where its id is there already. */
  insertNew(notification: Notification): boolean;
  list(request: PageRequest & { unreadOnly?: boolean }): Result<Page<Notification>>;
  unreadCount(): number;
  /** Answers how many changed. */
  markRead(ids: readonly string[] | 'all'): number;
}

const COLUMNS =
  'id, kind, severity, title, body, source, is_read AS read, sound, created_time AS createdTime';

const rowSchema: z.ZodType<Notification> = notificationSchema
  .extend({
    source: z.string().transform(parseJson).pipe(notificationSchema.shape.source),
    read: storedFlag,
    sound: z.number().nullable(),
  })
  .transform(({ sound, ...rest }) => (sound === null ? rest : { ...rest, sound: sound === 1 }));

export function createNotificationRepository(
  database: Database,
  onDamage: DamageListener,
): NotificationRepository {
  const table = new PagedTable<Notification>({
    database,
    table: 'notifications',
    columns: COLUMNS,
    timeColumn: 'created_time',
    schema: rowSchema,
    onDamage,
  });
  const insert = database.prepare(
    `INSERT INTO notifications
       (id, kind, severity, title, body, source, is_read, sound, created_time)
     VALUES (@id, @kind, @severity, @title, @body, @source, @read, @sound, @createdTime)`,
  );
  const isThere = database.prepare<[string], 1>('SELECT 1 FROM notifications WHERE id = ?').pluck();
  const countUnread = database
    .prepare<[], number>('SELECT count(*) FROM notifications WHERE is_read = 0')
    .pluck();
  const markAll = database.prepare('UPDATE notifications SET is_read = 1 WHERE is_read = 0');
  const markOne = database.prepare<[string]>(
    'UPDATE notifications SET is_read = 1 WHERE is_read = 0 AND id = ?',
  );
  const markEach = database.transaction((ids: readonly string[]) =>
    ids.reduce((changed, id) => changed + markOne.run(id).changes, 0),
  );
  const insertOne = (notification: Notification): void => {
    assertStorable(notificationSchema, notification, 'a notification');
    const { source, read, sound } = notification;
    insert.run({
      ...notification,
      source: JSON.stringify(source),
      read: +read,
      sound: sound === undefined ? null : +sound,
    });
  };
  return {
    insert: insertOne,
    insertNew: (notification) => {
      if (isThere.get(notification.id) !== undefined) return false;
      insertOne(notification);
      return true;
    },
    list: ({ unreadOnly, ...request }) => table.page(unreadOnly ? [['is_read = 0']] : [], request),
    unreadCount: () => countUnread.get() ?? 0,
    markRead: (ids) => (ids === 'all' ? markAll.run().changes : markEach(ids)),
  };
}
