import Database from 'better-sqlite3';
import { type Result, succeed } from '#contract/errors.ts';
import { sqliteFailure } from './sqlite-failure.ts';
import { openTapeDatabase, type TapeDatabase } from './tape-database.ts';

/** The tape as an import sees it: over connections of its own, beside those of a recorder. */
export interface TapeForImport extends TapeDatabase {
  /** Imported blocks are counted below zero, upwards: a recorder counts from zero. */
  nextSequence(instrumentId: string): Result<number>;
}

/** More blocks than there will ever be. */
const FIRST_SEQUENCE = -(2 ** 40);

export function openTapeForImport(path: string): Result<TapeForImport> {
  const tape = openTapeDatabase(path);
  if (!tape.ok) return tape;
  try {
    const database = new Database(path, { readonly: true });
    const highest = database
      .prepare<[string], number | null>(
        `SELECT max(sequence) FROM block
         WHERE instrument = (SELECT id FROM instrument WHERE name = ?) AND sequence < 0`,
      )
      .pluck();
    return succeed({
      ...tape.value,
      nextSequence: (instrumentId) => {
        try {
          return succeed((highest.get(instrumentId) ?? FIRST_SEQUENCE - 1) + 1);
        } catch (error) {
          return sqliteFailure(error, path);
        }
      },
      close: () => {
        database.close();
        tape.value.close();
      },
    });
  } catch (error) {
    tape.value.close();
    return sqliteFailure(error, path);
  }
}
