import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import { type DamageListener, parseJson, readRow } from './rows.ts';

export interface SettingRepository {
  /** Null where it was never set, or no longer fits the schema (which is reported). */
  get<T>(key: string, schema: z.ZodType<T>): T | null;
  /** Takes what JSON can hold. */
  set(key: string, value: unknown): void;
  remove(key: string): boolean;
}

export function createSettingRepository(
  database: Database,
  onDamage: DamageListener,
): SettingRepository {
  const select = database
    .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
    .pluck();
  const upsert = database.prepare<[string, string]>(
    'INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)',
  );
  const remove = database.prepare<[string]>('DELETE FROM settings WHERE key = ?');
  return {
    get: (key, schema) => {
      const text = select.get(key);
      if (text === undefined) return null;
      return readRow({ table: 'settings', schema, onDamage }, parseJson(text));
    },
    set: (key, value) => {
      upsert.run(key, JSON.stringify(value));
    },
    remove: (key) => remove.run(key).changes > 0,
  };
}
