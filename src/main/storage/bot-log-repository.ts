import type { Database } from 'better-sqlite3';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { botLogEntrySchema } from '#contract/model.ts';
import type { BotLogEntry } from '#domain/bot.ts';
import type { Page, PageRequest } from './paged-table.ts';
import { assertStorable, type DamageListener, readRows } from './rows.ts';

export interface BotLogRepository {
  append(entry: BotLogEntry): void;
  /** Newest first. */
  list(botId: string, limit: number): BotLogEntry[];
  /** Newest first, in the order in which they were said, whatever times they tell. */
  page(botId: string, request: PageRequest): Result<Page<BotLogEntry>>;
}

export const KEPT_LOG_ENTRIES = 5_000;
/** Finding the oldest entry to keep costs a walk over them all, so that it is not done each time. */
const APPENDS_PER_TRIM = 64;
const CURSOR = /^\d{1,16}$/;

/** Before this is everything. */
const NEWEST = Number.MAX_SAFE_INTEGER;

export function createBotLogRepository(
  database: Database,
  onDamage: DamageListener,
): BotLogRepository {
  const reader = { table: 'bot_logs', schema: botLogEntrySchema, onDamage };
  const insert = database.prepare(
    'INSERT INTO bot_logs (bot_id, level, message, time) VALUES (@botId, @level, @message, @time)',
  );
  const trim = database.prepare(
    `DELETE FROM bot_logs WHERE bot_id = @botId AND row <= (
       SELECT row FROM bot_logs WHERE bot_id = @botId ORDER BY row DESC LIMIT 1 OFFSET @kept)`,
  );
  const select = database.prepare<[string, number, number], { readonly row: number }>(
    `SELECT row, bot_id AS botId, level, message, time FROM bot_logs WHERE bot_id = ? AND row < ?
     ORDER BY row DESC LIMIT ?`,
  );
  const appendsSinceTrim = new Map<string, number>();
  const write = (entry: BotLogEntry): void => {
    insert.run(entry);
    const appends = appendsSinceTrim.get(entry.botId) ?? 0;
    appendsSinceTrim.set(entry.botId, (appends + 1) % APPENDS_PER_TRIM);
    if (appends === 0) trim.run({ botId: entry.botId, kept: KEPT_LOG_ENTRIES });
  };
  const writeAlone = database.transaction(write);
  return {
    append: (entry) => {
      assertStorable(botLogEntrySchema, entry, 'a log entry');
      // Within a transaction a savepoint of its own would cost as much as what it guards.
      if (database.inTransaction) write(entry);
      else writeAlone(entry);
    },
    list: (botId, limit) =>
      readRows(reader, select.all(botId, NEWEST, Math.min(limit, KEPT_LOG_ENTRIES))),
    page: (botId, { limit, before }) => {
      if (before !== undefined && !CURSOR.test(before)) {
        return fail('invalid_payload', 'The list cursor `before` is malformed.');
      }
      const rows = select.all(botId, before === undefined ? NEWEST : Number(before), limit + 1);
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      return succeed({ items: readRows(reader, shown), nextBefore: last ? `${last.row}` : null });
    },
  };
}
