import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogbook } from './log.ts';
import { type LogQuery, readLogPage } from './log-reader.ts';

const START = Date.UTC(2024, 7, 8);
const line = (number: number, level = 'info', more: object = {}) =>
  `${JSON.stringify({ level, time: new Date(START + number).toISOString(), ...more, msg: `entry ${number}` })}\n`;

describe('the log, read back', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (file: number, text: string) =>
    writeFileSync(join(folder, `tapedeck.${file}.log`), text);
  const page = (query: Partial<LogQuery> = {}) =>
    readLogPage(folder, { level: 'debug', search: '', limit: 100, ...query });
  /** Page by page to the end. */
  async function all(query: Partial<LogQuery> = {}): Promise<string[]> {
    const messages: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 10_000; pages++) {
      const { items, next } = await page({ ...query, after });
      messages.push(...items.map(({ message }) => message));
      if (next === null) return messages;
      after = next;
    }
    throw new Error('it has no end');
  }
  const numbers = (from: number, to: number) =>
    Array.from({ length: from - to + 1 }, (_, index) => `entry ${from - index}`);

  it('is what was logged, with its fields', async () => {
    const logbook = createLogbook('info', { write: () => undefined });
    const files = await logbook.keepIn(folder);
    logbook.log.warn({ feedId: 'kraken-1', token: 'very-secret' }, 'a feed crashed');
    await files.close();
    const { items, next } = await page();
    expect(next).toBeNull();
    expect(items).toEqual([
      {
        time: expect.any(Number),
        level: 'warn',
        message: 'a feed crashed',
        fields: { feedId: 'kraken-1', token: '[redacted]' },
      },
    ]);
    expect(Math.abs((items[0]?.time ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('comes newest first, each once, over all files and whatever the size of a page', async () => {
    const lines = Array.from({ length: 3_000 }, (_, number) =>
      line(number, 'info', { pad: '가'.repeat(20) }),
    );
    write(9, lines.slice(0, 1_000).join(''));
    write(10, lines.slice(1_000).join(''));
    for (const limit of [1, 7, 500]) {
      if (limit > 1) expect(await all({ limit })).toEqual(numbers(2_999, 0));
      else
        expect((await page({ limit })).items.map(({ message }) => message)).toEqual(['entry 2999']);
    }
  });

  it('goes on where it was while new entries come', async () => {
    write(1, [0, 1, 2, 3].map((number) => line(number)).join(''));
    const first = await page({ limit: 2 });
    appendFileSync(join(folder, 'tapedeck.1.log'), line(4));
    const second = await page({ limit: 2, after: first.next ?? undefined });
    expect([...first.items, ...second.items].map(({ message }) => message)).toEqual(numbers(3, 0));
  });

  it('can be searched, and narrowed to what is severe', async () => {
    const levels = ['debug', 'info', 'warn', 'error'];
    write(
      1,
      Array.from({ length: 400 }, (_, number) =>
        line(number, levels[number % 4], { feedId: `f${number % 10}` }),
      ).join(''),
    );
    expect(await all({ level: 'warn' })).toHaveLength(200);
    expect(await all({ level: 'error', search: '"FEEDID":"f3"' })).toHaveLength(20);
    expect(await all({ search: 'nowhere' })).toEqual([]);
  });

  it('reads an entry that is longer than a chunk, and passes by what is none', async () => {
    const long = line(1, 'error', { stack: 'x'.repeat(200_000) });
    write(1, `${line(0)}${long}not JSON\n{"level":"loud"}\n${line(2)}{"level":"info","ti`);
    const { items } = await page();
    expect(items.map(({ message }) => message)).toEqual(numbers(2, 0));
    expect(String(items[1]?.fields['stack'])).toHaveLength(200_000);
  });

  it('is empty where nothing was logged, and for a place that is none', async () => {
    expect(
      await readLogPage(join(folder, 'nothing'), { level: 'info', search: '', limit: 5 }),
    ).toEqual({
      items: [],
      next: null,
    });
    write(1, line(0));
    expect((await page({ after: '7:100' })).items).toHaveLength(1);
    expect((await page({ after: '../../etc' })).items).toHaveLength(1);
  });

  it('[H6] begins at the end of a file for a place beyond it, without reading for what is not there', async () => {
    write(1, line(0) + line(1));
    for (const after of ['1:400000000', '1:999999999999999']) {
      const { items } = await page({ after });
      expect(items.map(({ message }) => message)).toEqual(numbers(1, 0));
    }
  });
});
