import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Result } from '#contract/errors.ts';
import { journalEntrySchema, journalSubjectSchema } from '#contract/journal-requests.ts';
import type { JournalEntry } from '#domain/journal.ts';
import { type Condition, type Page, PagedTable, type PageRequest } from './paged-table.ts';
import { assertStorable, type DamageListener, parseJson } from './rows.ts';

interface Picture {
  readonly mediaType: 'image/png' | 'image/webp';
  readonly bytes: Buffer;
}

interface JournalFilter {
  /** Looked for in the text, in any case; '' finds all. */
  readonly search?: string | undefined;
  readonly date?: string | undefined;
  readonly fillId?: string | undefined;
}

export interface JournalRepository {
  list(userId: string, request: PageRequest & JournalFilter): Result<Page<JournalEntry>>;
  /** The fills of a bot that there are notes on, those of the newest notes first; bounded. */
  notedFills(userId: string, botId: string): readonly string[];
  get(userId: string, entryId: string): JournalEntry | null;
  /** Throws on an id that is there already. */
  insert(userId: string, entry: JournalEntry): void;
  /** The text and its time. */
  update(entry: JournalEntry): void;
  /** Its picture goes with it. */
  remove(entryId: string): void;
  setPicture(entryId: string, picture: Picture): void;
  picture(entryId: string): Picture | null;
}

const COLUMNS = `id, subject, instrument_id AS instrumentId, text,
  EXISTS (SELECT 1 FROM journal_pictures WHERE entry_id = journal.id) AS hasSnapshot,
  created_time AS createdTime, updated_time AS updatedTime`;

const MOST_NOTED_FILLS = 5_000;
const fillIdsSchema = z.array(z.string());

const rowSchema: z.ZodType<JournalEntry> = journalEntrySchema.extend({
  subject: z.string().transform(parseJson).pipe(journalSubjectSchema),
  hasSnapshot: z.number().transform((value) => value === 1),
});
const pictureSchema: z.ZodType<Picture> = z.object({
  mediaType: z.enum(['image/png', 'image/webp']),
  bytes: z.instanceof(Buffer),
});

export function createJournalRepository(
  database: Database,
  onDamage: DamageListener,
): JournalRepository {
  const table = new PagedTable<JournalEntry>({
    ...{ database, table: 'journal', columns: COLUMNS, timeColumn: 'created_time' },
    ...{ schema: rowSchema, onDamage },
  });
  const insert = database.prepare(
    `INSERT INTO journal (id, user_id, subject, instrument_id, text, created_time, updated_time)
     VALUES (@id, @userId, @subject, @instrumentId, @text, @createdTime, @updatedTime)`,
  );
  const update = database.prepare(
    'UPDATE journal SET text = @text, updated_time = @updatedTime WHERE id = @id',
  );
  const remove = database.prepare<[string]>('DELETE FROM journal WHERE id = ?');
  const setPicture = database.prepare(
    `INSERT INTO journal_pictures (entry_id, media_type, bytes)
     VALUES (@entryId, @mediaType, @bytes)
     ON CONFLICT (entry_id) DO UPDATE SET media_type = @mediaType, bytes = @bytes`,
  );
  const selectPicture = database.prepare<[string]>(
    'SELECT media_type AS mediaType, bytes FROM journal_pictures WHERE entry_id = ?',
  );
  const selectNotedFills = database
    .prepare<{ userId: string; botId: string; most: number }>(
      `SELECT json_extract(subject, '$.fillId') AS fillId FROM journal
       WHERE user_id = @userId AND json_extract(subject, '$.botId') = @botId
       GROUP BY fillId ORDER BY max(created_time) DESC LIMIT @most`,
    )
    .pluck();
  return {
    list: (userId, { search, date, fillId, ...request }) =>
      table.page(conditionsOf(userId, { search, date, fillId }), request),
    get: (userId, entryId) =>
      table.one([
        ['user_id = ?', userId],
        ['id = ?', entryId],
      ]),
    notedFills: (userId, botId) =>
      fillIdsSchema.parse(selectNotedFills.all({ userId, botId, most: MOST_NOTED_FILLS })),
    insert: (userId, entry) => {
      assertStorable(journalEntrySchema, entry, 'a note');
      insert.run({ ...entry, userId, subject: JSON.stringify(entry.subject) });
    },
    update: (entry) => {
      assertStorable(journalEntrySchema, entry, 'a note');
      update.run({ id: entry.id, text: entry.text, updatedTime: entry.updatedTime });
    },
    remove: (entryId) => void remove.run(entryId),
    setPicture: (entryId, picture) => void setPicture.run({ entryId, ...picture }),
    picture: (entryId) => pictureSchema.safeParse(selectPicture.get(entryId)).data ?? null,
  };
}

/** `instr` knows case only of ASCII, and other scripts mostly have none. */
function conditionsOf(userId: string, { search, date, fillId }: JournalFilter): Condition[] {
  const conditions: Condition[] = [['user_id = ?', userId]];
  if (search) conditions.push(['instr(lower(text), lower(?)) > 0', search]);
  if (date !== undefined) conditions.push(["json_extract(subject, '$.date') = ?", date]);
  if (fillId !== undefined) conditions.push(["json_extract(subject, '$.fillId') = ?", fillId]);
  return conditions;
}
