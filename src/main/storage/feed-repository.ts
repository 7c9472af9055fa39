import type { Database } from 'better-sqlite3';
import type { EpochMs } from '#domain/units.ts';

/** The feeds that the user wants to have, by their specs, in the order in which they came. */
export interface FeedRepository {
  list(): string[];
  /** Does nothing where it is there already. */
  add(spec: string, time: EpochMs): void;
  /** False where it was not there. */
  remove(spec: string): boolean;
}

export function createFeedRepository(database: Database): FeedRepository {
  const select = database.prepare<[], string>('SELECT spec FROM feeds ORDER BY row').pluck();
  const insert = database.prepare<[string, number]>(
    'INSERT INTO feeds (spec, added_time) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const remove = database.prepare<[string]>('DELETE FROM feeds WHERE spec = ?');
  return {
    list: () => select.all(),
    add: (spec, time) => {
      insert.run(spec, time);
    },
    remove: (spec) => remove.run(spec).changes > 0,
  };
}
