import type { Database } from 'better-sqlite3';
import type { Result } from '#contract/errors.ts';
import { announcementSchema } from '#contract/model.ts';
import type { Announcement } from '#domain/announcement.ts';
import { type Page, PagedTable, type PageRequest } from './paged-table.ts';
import { assertStorable, type DamageListener } from './rows.ts';

export interface AnnouncementRepository {
  /** Throws on an id that is there already. */
  insert(announcement: Announcement): void;
  list(request: PageRequest): Result<Page<Announcement>>;
}

const COLUMNS = 'id, severity, title, body, created_time AS createdTime';

export function createAnnouncementRepository(
  database: Database,
  onDamage: DamageListener,
): AnnouncementRepository {
  const table = new PagedTable<Announcement>({
    database,
    table: 'announcements',
    columns: COLUMNS,
    timeColumn: 'created_time',
    schema: announcementSchema,
    onDamage,
  });
  const insert = database.prepare(
    `INSERT INTO announcements (id, severity, title, body, created_time)
     VALUES (@id, @severity, @title, @body, @createdTime)`,
  );
  return {
    insert: (announcement) => {
      assertStorable(announcementSchema, announcement, 'an announcement');
      insert.run(announcement);
    },
    list: (request) => table.page([], request),
  };
}
