import { type Database, SqliteError } from 'better-sqlite3';

const isBusy = (error: unknown): boolean =>
  error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY');

/**
 * Waits for another program that holds a database, as long as the connection's `timeout` says, and then
 * no more until it has let go: everything stands still while one waits.
 */
export class BusyPatience {
  readonly #database: Database;
  readonly #fullMs: number;
  #isSpent = false;

  constructor(database: Database) {
    this.#database = database;
    this.#fullMs = Number(database.pragma('busy_timeout', { simple: true }));
  }

  /** Rethrows what the write throws. */
  watch<T>(write: () => T): T {
    try {
      const result = write();
      if (this.#isSpent) this.#wait(this.#fullMs);
      return result;
    } catch (error) {
      if (isBusy(error)) this.#wait(0);
      throw error;
    }
  }

  #wait(ms: number): void {
    this.#isSpent = ms === 0;
    this.#database.pragma(`busy_timeout = ${ms}`);
  }
}
