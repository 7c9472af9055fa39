import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { temporaryDirectory } from '#tests/support/serve-process.ts';
import { openDatabase } from '../database.ts';
import { beginCheckpoints } from './checkpoint-thread.ts';

const LONG_AFTER_START_MS = 60_000;
let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

/** One whose own connection would not move its log for a long time. */
function open(name: string) {
  const path = join(directory.path, name);
  const opened = openDatabase({
    ...{ path, applicationId: 1, synchronous: 'FULL', pageBytes: 4_096, check: 'header' },
    ...{ cacheBytes: 1_000_000, checkpointBytes: 1_000_000_000 },
    migrations: ['CREATE TABLE notes (text TEXT) STRICT'],
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const insert = opened.value.prepare('INSERT INTO notes VALUES (?)');
  const write = () => {
    for (let count = 0; count < 50; count += 1) insert.run('x'.repeat(4_000));
  };
  return { path, write, bytes: () => statSync(path).size, close: () => opened.value.close() };
}

it('moves what was written into the files, beside those who go on writing', async () => {
  const databases = [open('a.db'), open('b.db')] as const;
  const clock = new FakeClock();
  const faults: unknown[] = [];
  const end = beginCheckpoints({
    ...{ clock, paths: databases.map(({ path }) => path) },
    onFault: (fault) => faults.push(fault),
  });
  for (const { write } of databases) write();
  clock.advance(LONG_AFTER_START_MS);
  await vi.waitFor(
    () => {
      databases[0].write();
      for (const { bytes } of databases) expect(bytes()).toBeGreaterThan(50 * 4_000);
    },
    { timeout: 20_000, interval: 50 },
  );
  await end();
  for (const { close } of databases) close();
  expect(faults).toEqual([]);
}, 30_000);

it('tells why where it cannot, and is ended all the same', async () => {
  const clock = new FakeClock();
  const { promise: fault, resolve } = Promise.withResolvers<unknown>();
  const paths = [join(directory.path, 'not there.db')];
  const end = beginCheckpoints({ clock, paths, onFault: resolve });
  clock.advance(LONG_AFTER_START_MS);
  expect(String(await fault)).toContain('unable to open database file');
  await end();
});

it('begins nothing for a monitor that is over at once', async () => {
  const clock = new FakeClock();
  const end = beginCheckpoints({ clock, paths: [], onFault: () => undefined });
  await end();
  expect(clock.pendingTimers).toBe(0);
});
