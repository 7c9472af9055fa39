import type { Database } from 'better-sqlite3';
import { botLogEntrySchema } from '#contract/model.ts';
import type { BotLogEntry } from '#domain/bot.ts';
import { assertStorable, type DamageListener, readRows } from './rows.ts';

export interface BotLogRepository {
  append(entry: BotLogEntry): void;
  /** Newest first. */
  list(botId: string, limit: number): BotLogEntry[];
}

export const KEPT_LOG_ENTRIES = 5_000;
/** Finding the oldest entry to keep costs a walk over them all, so that it is not done each time. */
const APPENDS_PER_TRIM = 64;

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
  const select = database.prepare<[string, number]>(
    `SELECT bot_id AS botId, level, message, time FROM bot_logs WHERE bot_id = ?
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
    list: (botId, limit) => readRows(reader, select.all(botId, Math.min(limit, KEPT_LOG_ENTRIES))),
  };
}
