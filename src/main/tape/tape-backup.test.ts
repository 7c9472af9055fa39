import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { allTrades, BTC, tradeOf, unwrap } from '#tests/support/invented-tape.ts';
import { openTapeDatabase, type TapeDatabase } from '../storage/tape-database.ts';
import { TapeRecorder } from './recorder.ts';

const trade = (index: number) =>
  tradeOf(
    {
      atMs: index,
      cents: 6_000_000 + ((index * 7_919) % 10_007),
      units: (Math.imul(index + 1, 2_654_435_761) >>> 0) % 1_000_003,
      isSell: index % 3 === 0,
    },
    index,
  );

describe('a backup of the tape', () => {
  let directory: string;
  let tape: TapeDatabase;
  let copy: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tapedeck-backup-'));
    tape = unwrap(openTapeDatabase(join(directory, 'tape.db')));
    copy = join(directory, 'copy.db');
  });
  afterEach(() => {
    tape.close();
    rmSync(directory, { recursive: true });
  });

  it('[T1] has all that was acknowledged before it began, while recording goes on', async () => {
    const recorder = new TapeRecorder({
      ...{ store: tape, clock: new FakeClock(), onFailure: () => 0, onRecovery: () => 0 },
    });
    let index = 0;
    const recordMore = (count: number) => {
      for (const end = index + count; index < end; index++) recorder.record(trade(index));
      unwrap(recorder.flush());
    };
    for (let part = 0; part < 3; part++) recordMore(100_000);
    const acknowledged = index;
    const shares: number[] = [];
    let isDone = false;
    const backup = tape
      .backup(copy, (share) => shares.push(share))
      .finally(() => {
        isDone = true;
      });
    let turns = 0;
    for (; !isDone; turns++) {
      recordMore(100);
      await nextTurn();
    }
    expect(unwrap(await backup)).toBeUndefined();
    recordMore(100);
    recorder.dispose();
    // Copied bit by bit, with recording in between.
    expect(turns).toBeGreaterThan(1);
    expect(shares.length).toBeGreaterThan(1);

    const database = new Database(copy);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
    const copied = unwrap(openTapeDatabase(copy));
    const trades = allTrades(copied);
    expect(unwrap(copied.tradeCount(BTC))).toBe(trades.length);
    copied.close();
    expect(trades.length).toBeGreaterThanOrEqual(acknowledged);
    expect(trades.length).toBeLessThan(index);
    trades.forEach((item, place) => {
      if (item.id !== `t${place}`) expect.unreachable(`trade ${place} is ${item.id}`);
    });
  }, 30_000);

  it('does not write over a file, and leaves nothing behind where it cannot write', async () => {
    const there = join(directory, 'tape.db');
    expect(await tape.backup(there)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    const nowhere = join(directory, 'no', 'folder', 'copy.db');
    expect(await tape.backup(nowhere)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(existsSync(`${nowhere}.part`)).toBe(false);
  });
});
