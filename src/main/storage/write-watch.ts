import type { Database } from 'better-sqlite3';
import { BusyPatience } from './busy-patience.ts';
import { isOutOfReach, sqliteFailure } from './sqlite-failure.ts';

/** Knows whether a database can be written, by what came of its writes. */
export class WriteWatch {
  readonly #database: Database;
  readonly #patience: BusyPatience;
  #failure: string | null = null;

  constructor(database: Database) {
    this.#database = database;
    this.#patience = new BusyPatience(database);
  }

  /** Rethrows what the write throws. */
  watch<T>(write: () => T): T {
    try {
      const result = this.#patience.watch(write);
      this.#failure = null;
      return result;
    } catch (error) {
      if (isOutOfReach(error)) {
        this.#failure = sqliteFailure(error, this.#database.name).error.message;
      }
      throw error;
    }
  }

  /** In a sentence why nothing can be written; null where it can. What failed before is tried anew. */
  failure(): string | null {
    if (this.#failure === null || this.#database.inTransaction) return this.#failure;
    try {
      this.watch(() => this.#rewriteVersion());
    } catch {
      // As before: it has been noted.
    }
    return this.#failure;
  }

  #rewriteVersion(): void {
    const version = this.#database.pragma('user_version', { simple: true });
    this.#database.pragma(`user_version = ${version}`);
  }
}
