import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openImage } from './database.ts';
import { DatabaseImage } from './database-image.ts';

const rowsOf = (database: Database.Database) =>
  database.prepare<[], number>('SELECT count(*) FROM lines').pluck().get();

function databaseOf(rows: number) {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE lines (id INTEGER PRIMARY KEY, text TEXT)');
  const insert = database.prepare('INSERT INTO lines (text) VALUES (?)');
  const add = (count: number) => {
    for (let index = 0; index < count; index += 1) insert.run('x'.repeat(100));
  };
  add(rows);
  return { database, add };
}

describe('an image of a database', () => {
  it('stands as the database stood, and each that is opened from it goes its own way', () => {
    const { database, add } = databaseOf(500);
    const image = DatabaseImage.of(database, null);
    add(100);
    const opened = openImage(image);
    expect(rowsOf(opened)).toBe(500);
    opened.exec('DELETE FROM lines');
    expect(rowsOf(openImage(image))).toBe(500);
    expect(opened.pragma('foreign_keys', { simple: true })).toBe(1);
  });

  it('shares with the one before it what has not changed', () => {
    const { database, add } = databaseOf(5_000);
    const first = DatabaseImage.of(database, null);
    add(50);
    const second = DatabaseImage.of(database, first);
    expect(first.ownBytes).toBe(first.toBuffer().length);
    expect(second.ownBytes).toBeLessThan(first.ownBytes / 10);
    expect(rowsOf(openImage(second))).toBe(5_050);
    expect(rowsOf(openImage(first))).toBe(5_000);
  });
});
