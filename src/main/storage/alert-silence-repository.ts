import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { alertMatchersSchema, alertSilenceSchema } from '#contract/alert-model.ts';
import type { AlertSilence } from '#domain/alert.ts';
import type { EpochMs } from '#domain/units.ts';
import { assertStorable, type DamageListener, parseJson, readRows } from './rows.ts';

export interface AlertSilenceRepository {
  /** Throws on an id that is there already. Those that have ended by its start go. */
  insert(silence: AlertSilence): void;
  remove(id: string): boolean;
  /** Those that end after `time`, in order of insertion. */
  list(time: EpochMs): AlertSilence[];
}

const COLUMNS = 'id, matchers, comment, start_time AS startTime, end_time AS endTime';

const rowSchema: z.ZodType<AlertSilence> = alertSilenceSchema.extend({
  matchers: z.string().transform(parseJson).pipe(alertMatchersSchema),
});

export function createAlertSilenceRepository(
  database: Database,
  onDamage: DamageListener,
): AlertSilenceRepository {
  const reader = { table: 'alert_silences', schema: rowSchema, onDamage };
  const insert = database.prepare(
    `INSERT INTO alert_silences (id, matchers, comment, start_time, end_time)
     VALUES (@id, @matchers, @comment, @startTime, @endTime)`,
  );
  const forget = database.prepare<[number]>('DELETE FROM alert_silences WHERE end_time <= ?');
  const remove = database.prepare<[string]>('DELETE FROM alert_silences WHERE id = ?');
  const select = database.prepare<[number]>(
    `SELECT ${COLUMNS} FROM alert_silences WHERE end_time > ? ORDER BY row`,
  );
  return {
    insert: (silence) => {
      assertStorable(alertSilenceSchema, silence, 'a silence');
      forget.run(silence.startTime);
      insert.run({ ...silence, matchers: JSON.stringify(silence.matchers) });
    },
    remove: (id) => remove.run(id).changes > 0,
    list: (time) => readRows(reader, select.all(time)),
  };
}
