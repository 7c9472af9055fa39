import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryDirectory, temporaryDirectory } from '#tests/support/serve-process.ts';
import { WriteWatch } from './write-watch.ts';

const FULL_MS = 100;

describe('a database that another program holds', () => {
  let directory: TemporaryDirectory;
  let database: Database.Database;
  let other: Database.Database;
  let writes: WriteWatch;

  beforeEach(() => {
    directory = temporaryDirectory();
    const path = join(directory.path, 'kept.db');
    database = new Database(path, { timeout: FULL_MS });
    database.pragma('journal_mode = WAL');
    database.exec('CREATE TABLE notes (text TEXT)');
    other = new Database(path, { timeout: 0 });
    writes = new WriteWatch(database);
  });
  afterEach(() => {
    other.close();
    database.close();
    directory.remove();
  });

  const write = () =>
    writes.watch(() => database.prepare(`INSERT INTO notes VALUES ('kept')`).run());
  const patienceMs = () => Number(database.pragma('busy_timeout', { simple: true }));

  it('is waited for once, not at each write, until it can be written again', () => {
    other.exec('BEGIN IMMEDIATE');
    const begin = performance.now();
    expect(write).toThrow('locked');
    expect(performance.now() - begin).toBeGreaterThan(FULL_MS / 2);
    expect(patienceMs()).toBe(0);
    expect(write).toThrow('locked');
    expect(writes.failure()).toContain('is in use by another program');
    other.exec('COMMIT');
    expect(writes.failure()).toBeNull();
    expect(patienceMs()).toBe(FULL_MS);
    write();
  });
});
