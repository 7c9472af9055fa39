import type { Database } from 'better-sqlite3';
import type { EpochMs } from '#domain/units.ts';

/** Which records of external bots are on disk already, so that one sent again counts once. */
export interface BotRecordRepository {
  /** False where it is there already. */
  insert(botId: string, recordId: string, time: EpochMs): boolean;
  has(botId: string, recordId: string): boolean;
  /** Forgets a few of the oldest that came before `time`; answers how many. */
  forgetBefore(time: EpochMs, atMost: number): number;
}

export function createBotRecordRepository(database: Database): BotRecordRepository {
  const insert = database.prepare<[string, string, number]>(
    'INSERT INTO bot_records (bot_id, id, time) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const find = database.prepare<[string, string]>(
    'SELECT 1 FROM bot_records WHERE bot_id = ? AND id = ?',
  );
  // Rows come in the order of time, so that the oldest are found without an index of it.
  const forget = database.prepare<[number, number]>(
    `DELETE FROM bot_records WHERE row IN (
       SELECT row FROM bot_records ORDER BY row LIMIT ?) AND time < ?`,
  );
  return {
    insert: (botId, recordId, time) => insert.run(botId, recordId, time).changes > 0,
    has: (botId, recordId) => find.get(botId, recordId) !== undefined,
    forgetBefore: (time, atMost) => forget.run(atMost, time).changes,
  };
}
