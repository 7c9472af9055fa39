import type { Database } from 'better-sqlite3';
import { deskMessageSchema } from '#contract/model.ts';
import type { DeskMessage } from '#domain/desk.ts';
import { assertStorable, type DamageListener, readRows } from './rows.ts';

export interface DeskRepository {
  /** Throws on an id that is there already. What is older than the kept ones of the room goes. */
  append(message: DeskMessage): void;
  /** The kept ones of every room, in the order in which they were said. */
  all(): DeskMessage[];
}

export const KEPT_DESK_MESSAGES = 100;

const COLUMNS = 'id, room, user_id AS userId, text, time';

export function createDeskRepository(database: Database, onDamage: DamageListener): DeskRepository {
  const reader = { table: 'desk_messages', schema: deskMessageSchema, onDamage };
  const insert = database.prepare(
    `INSERT INTO desk_messages (id, room, user_id, text, time)
     VALUES (@id, @room, @userId, @text, @time)`,
  );
  const trim = database.prepare(
    `DELETE FROM desk_messages WHERE room = @room AND row <= (
       SELECT row FROM desk_messages WHERE room = @room ORDER BY row DESC LIMIT 1 OFFSET @kept)`,
  );
  const selectAll = database.prepare(`SELECT ${COLUMNS} FROM desk_messages ORDER BY row`);
  const write = database.transaction((message: DeskMessage) => {
    insert.run(message);
    trim.run({ room: message.room, kept: KEPT_DESK_MESSAGES });
  });
  return {
    append: (message) => {
      assertStorable(deskMessageSchema, message, 'a desk message');
      write(message);
    },
    all: () => readRows(reader, selectAll.all()),
  };
}
