import { statSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * Whether what `query` asks for can be read at this moment: of a database in a file from the disk, by a
 * connection of its own, since the one that writes holds in memory what it has read. (Never by the file
 * system: to close a file gives up the locks that SQLite has on it.)
 */
export function readingCheck(database: Database.Database, query: string): () => boolean {
  if (database.memory) return () => isReadable(database, query);
  const { name: path } = database;
  const file = statSync(path).ino;
  return () => database.open && isOnDisk(path, file, query);
}

function isOnDisk(path: string, file: number, query: string): boolean {
  try {
    // Another one of that name: what is written goes into the one that is gone.
    if (statSync(path).ino !== file) return false;
    const reader = new Database(path, { readonly: true, fileMustExist: true });
    try {
      return isReadable(reader, query);
    } finally {
      reader.close();
    }
  } catch {
    // It cannot be opened, whatever the cause; the next write names it.
    return false;
  }
}

function isReadable(database: Database.Database, query: string): boolean {
  try {
    database.prepare(query).all();
    return true;
  } catch {
    // Whatever the cause, the answer is no; the caller's next read or write names it.
    return false;
  }
}
