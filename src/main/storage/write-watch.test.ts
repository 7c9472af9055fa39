import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WriteWatch } from './write-watch.ts';

const PAGES = 20;

describe('WriteWatch', () => {
  let database: Database.Database;
  let writes: WriteWatch;

  beforeEach(() => {
    database = new Database(':memory:');
    database.exec('CREATE TABLE notes (text TEXT UNIQUE)');
    writes = new WriteWatch(database);
  });
  afterEach(() => database.close());

  const write = (bytes: number) =>
    writes.watch(() => database.prepare('INSERT INTO notes VALUES (?)').run('x'.repeat(bytes)));

  it('says that the disk is full until something can be written again', () => {
    database.pragma(`max_page_count = ${PAGES}`);
    expect(() => write(1_000_000)).toThrow('full');
    expect(writes.failure()).toBeNull();
    database.pragma('query_only = ON');
    expect(() => write(1)).toThrow('readonly');
    expect([writes.failure(), writes.failure()]).toEqual(
      Array(2).fill(':memory: is read-only: make it and its folder writable.'),
    );
    database.pragma('query_only = OFF');
    expect(writes.failure()).toBeNull();
  });

  it('takes a write that was wrong for no fault of the disk', () => {
    write(1);
    database.pragma('query_only = ON');
    expect(() => writes.watch(() => database.prepare('SELECT missing'))).toThrow('no such column');
    expect(writes.failure()).toBeNull();
  });

  it('asks nothing amid a transaction', () => {
    database.pragma('query_only = ON');
    expect(() => write(1)).toThrow('readonly');
    database.pragma('query_only = OFF');
    database.transaction(() => expect(writes.failure()).toContain('read-only'))();
    expect(writes.failure()).toBeNull();
  });
});
