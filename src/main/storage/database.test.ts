import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseOptions, openDatabase } from './database.ts';
import { sqliteFailure } from './sqlite-failure.ts';

const CREATE = 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);';

describe('openDatabase', () => {
  let root: string;
  let path: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tapedeck-database-'));
    path = join(root, 'ledger.db');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const options = (changes: Partial<DatabaseOptions> = {}): DatabaseOptions => ({
    path,
    applicationId: 7,
    migrations: [CREATE],
    synchronous: 'FULL',
    pageBytes: 4096,
    cacheBytes: 2_000_000,
    checkpointBytes: 4_000_000,
    check: 'thorough',
    ...changes,
  });
  const open = (changes: Partial<DatabaseOptions> = {}) => {
    const opened = openDatabase(options(changes));
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };
  const refusalOf = (changes: Partial<DatabaseOptions> = {}) => {
    const opened = openDatabase(options(changes));
    if (opened.ok) opened.value.close();
    return opened.ok ? null : opened.error;
  };
  const fingerprint = () => createHash('sha256').update(readFileSync(path)).digest('hex');
  const fillWithNotes = () => {
    const database = open();
    const insert = database.prepare('INSERT INTO note (text) VALUES (?)');
    database.transaction(() => {
      for (let count = 0; count < 2_000; count++) insert.run(`note ${count} ${'x'.repeat(50)}`);
    })();
    database.close();
  };

  it.each([
    ['FULL', 2],
    ['NORMAL', 1],
  ] as const)('sets WAL and synchronous %s at each opening', (synchronous, level) => {
    for (let opening = 0; opening < 2; opening++) {
      const database = open({ synchronous });
      expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(database.pragma('synchronous', { simple: true })).toBe(level);
      expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
      database.close();
    }
  });

  it.each([1_024, 4_096] as const)(
    'moves the log into the file each time it has grown by so much, with pages of %i bytes',
    (pageBytes) => {
      const checkpointBytes = 512 * 1_024;
      const database = open({ pageBytes, checkpointBytes });
      const insert = database.prepare('INSERT INTO note (text) VALUES (?)');
      let longest = 0;
      for (let count = 0; count < 300; count++) {
        insert.run('x'.repeat(8_192));
        longest = Math.max(longest, statSync(`${path}-wal`).size);
      }
      expect(longest).toBeGreaterThan(checkpointBytes * 0.9);
      expect(longest).toBeLessThan(checkpointBytes * 1.2);
      database.close();
    },
  );

  it('takes an older database through the steps that it lacks, and keeps what is in it', () => {
    const old = open();
    old.exec("INSERT INTO note (text) VALUES ('kept')");
    old.close();
    const migrations = [
      CREATE,
      'ALTER TABLE note ADD COLUMN colour TEXT',
      "UPDATE note SET colour = 'red'",
    ];
    for (let opening = 0; opening < 2; opening++) {
      const database = open({ migrations });
      expect(database.prepare('SELECT * FROM note').all()).toEqual([
        { id: 1, text: 'kept', colour: 'red' },
      ]);
      expect(database.pragma('user_version', { simple: true })).toBe(3);
      database.close();
    }
  });

  it('undoes a step that fails half way', () => {
    open().close();
    const broken = [CREATE, 'CREATE TABLE half (id INTEGER); INSERT INTO nowhere VALUES (1);'];
    expect(refusalOf({ migrations: broken })?.code).toBe('unavailable');
    const database = open();
    expect(database.pragma('user_version', { simple: true })).toBe(1);
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual(
      [],
    );
    database.close();
  });

  it('refuses one that a newer Tapedeck wrote', () => {
    open({ migrations: [CREATE, 'CREATE TABLE later (id INTEGER)'] }).close();
    const before = fingerprint();
    expect(refusalOf()?.message).toBe(
      `${path} was written by a newer Tapedeck (version 2; this one knows 1): update Tapedeck, or choose another data directory.`,
    );
    expect(fingerprint()).toBe(before);
  });

  it.each([
    ['with tables', 'CREATE TABLE theirs (id INTEGER)'],
    ['with a version', 'PRAGMA user_version = 1'],
  ])('refuses one of another program, %s', (_, sql) => {
    const theirs = new Database(path);
    theirs.exec(sql);
    theirs.close();
    const before = fingerprint();
    expect(refusalOf()?.message).toContain('belongs to another program');
    expect(fingerprint()).toBe(before);
  });

  it('refuses a file that is no database, and leaves every byte', () => {
    writeFileSync(path, 'These are my tax records.\n'.repeat(500));
    const before = fingerprint();
    for (const check of ['thorough', 'header'] as const)
      expect(refusalOf({ check })).toEqual({
        code: 'unavailable',
        message: `${path} is not a Tapedeck database; nothing in it was changed: move it away, or restore a backup, and start again.`,
      });
    expect(fingerprint()).toBe(before);
  });

  it('refuses a database with damaged pages, and leaves every byte', () => {
    fillWithNotes();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4_096 + 100, 4_096 * 4);
    writeFileSync(path, bytes);
    const before = fingerprint();
    expect(refusalOf()).toEqual({
      code: 'unavailable',
      message: `${path} is damaged; nothing in it was changed: move it away, or restore a backup, and start again.`,
    });
    expect(fingerprint()).toBe(before);
  });

  it('refuses a database that was cut short, and leaves every byte', () => {
    fillWithNotes();
    truncateSync(path, 4_096 * 5);
    const before = fingerprint();
    expect(refusalOf()?.message).toContain('is damaged');
    expect(fingerprint()).toBe(before);
  });

  it('does not fold the log of a damaged database into it', () => {
    const writer = open();
    writer.pragma('wal_autocheckpoint = 0');
    writer.pragma('wal_checkpoint(TRUNCATE)');
    writer.exec("INSERT INTO note (text) VALUES ('in the log only')");
    const log = readFileSync(`${path}-wal`);
    writer.close();
    fillWithNotes();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4_096 + 100, 4_096 * 4);
    writeFileSync(path, bytes);
    writeFileSync(`${path}-wal`, log);
    const before = fingerprint();
    expect(refusalOf()).not.toBeNull();
    expect(fingerprint()).toBe(before);
    expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);
  });

  it('refuses a folder in its place', () => {
    mkdirSync(path);
    expect(refusalOf()?.message).toBe(`${path} is not a file: move it away and start again.`);
  });

  it('takes an empty file for a new database', () => {
    writeFileSync(path, '');
    open().close();
    expect(refusalOf()).toBeNull();
  });

  it('names a full disk, and keeps what was there', () => {
    const database = open();
    database.pragma('max_page_count = 8');
    const insert = database.prepare('INSERT INTO note (text) VALUES (?)');
    insert.run('first');
    const write = () => insert.run('x'.repeat(1_000_000));
    expect(write).toThrow();
    try {
      write();
    } catch (error) {
      expect(sqliteFailure(error, path)).toEqual({
        ok: false,
        error: {
          code: 'unavailable',
          message: `The disk is full: ${path} cannot grow until there is room.`,
        },
      });
    }
    expect(database.prepare('SELECT text FROM note').pluck().all()).toEqual(['first']);
    database.close();
  });

  it('names a database that may only be read', () => {
    open().close();
    const database = new Database(path, { readonly: true });
    try {
      database.exec("INSERT INTO note (text) VALUES ('no')");
      expect.unreachable();
    } catch (error) {
      expect(sqliteFailure(error, path)).toMatchObject({
        error: { message: `${path} is read-only: make it and its folder writable.` },
      });
    }
    database.close();
  });

  it('rethrows what is not a failure of SQLite', () => {
    expect(() => sqliteFailure(new TypeError('a bug'), path)).toThrow('a bug');
  });
});
