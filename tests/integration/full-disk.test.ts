import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '#contract/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { RecordingSpool, SpoolPlace } from '#main/app/replay/spool-place.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { openTapeCursor } from '#main/tape/cursor.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';

const BTC = instrumentId('demo', 'BTC/USDT');
const EVERYTHING = { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER };
const START = 1_700_000_000_000;
const SIZE_BYTES = 3 * 1024 * 1024;
const BALLAST_BYTES = 2 * 1024 * 1024;
const MOST_PENDING = 30_000;

const tradeOf = (id: number): Trade => ({
  instrumentId: BTC,
  id: String(id),
  price: (60_000 + ((id * 7_919) % 10_007) / 100) as Price,
  // Sizes that do not compress, so that the disk fills.
  size: ((Math.imul(id, 2_654_435_761) >>> 0) / 2 ** 32) as Size,
  aggressorSide: id % 3 === 0 ? 'sell' : 'buy',
  eventTime: (START + id) as EpochMs,
  receivedTime: (START + id) as EpochMs,
});

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** A file system of its own, so small that it fills. Only an administrator of a Linux machine can. */
function mountSmallDisk(): string | null {
  const directory = mkdtempSync(join(tmpdir(), 'tapedeck-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_BYTES}`, 'tmpfs', directory], {
      stdio: 'ignore',
    });
    return directory;
  } catch {
    rmSync(directory, { recursive: true });
    return null;
  }
}

const disk = mountSmallDisk();
const skipNote = disk ? '' : ' (left out: a small file system cannot be mounted here)';

describe.skipIf(!disk)(`a full disk while recording${skipNote}`, () => {
  const directory = disk ?? '';
  const ballast = join(directory, 'ballast');
  beforeAll(() => writeFileSync(ballast, Buffer.alloc(BALLAST_BYTES)));
  afterAll(() => {
    execFileSync('umount', [directory]);
    rmSync(directory, { recursive: true });
  });

  it('[T1] is said once; what there is no room for is marked as a gap; it goes on when there is', () => {
    const tape = unwrap(openTapeDatabase(join(directory, 'tape.db')));
    const clock = new FakeClock();
    const said: string[] = [];
    const recorder = new TapeRecorder({
      ...{ store: tape, clock, mostPending: MOST_PENDING },
      onFailure: (reason) => said.push(reason),
      onRecovery: () => said.push('recovered'),
    });
    let id = 0;
    const recordSecond = () => {
      for (let count = 0; count < 4_000; count++) recorder.record(tradeOf(++id));
      clock.advance(1_000);
    };
    while (said.length === 0 && id < 1_000_000) recordSecond();
    expect(said).toEqual([expect.stringContaining('The disk is full')]);
    const firstUnwritten = recorder.stats().trades + 1;
    for (let second = 0; second < 20; second++) recordSecond();
    // Memory is bounded, the monitor goes on, and nothing is said twice.
    expect(recorder.stats()).toMatchObject({ pending: MOST_PENDING });
    expect(recorder.stats().dropped).toBe(id - (firstUnwritten - 1) - MOST_PENDING);
    expect(said).toHaveLength(1);

    rmSync(ballast);
    recordSecond();
    recordSecond();
    expect(said.slice(1)).toEqual(['recovered']);
    unwrap(recorder.dispose());
    tape.close();

    const again = unwrap(openTapeDatabase(join(directory, 'tape.db')));
    const ids: number[] = [];
    const cursor = openTapeCursor(again, BTC, EVERYTHING);
    for (let part = unwrap(cursor.next()); part; part = unwrap(cursor.next()))
      for (const trade of part) ids.push(Number(trade.id));
    const gaps = unwrap(again.gaps(BTC, EVERYTHING));
    again.close();
    const dropped = { first: firstUnwritten + MOST_PENDING, last: id - 4_000 };
    expect(gaps).toMatchObject([
      { fromTime: START + dropped.first, toTime: START + dropped.last, backfilled: 'no' },
    ]);
    const expected = Array.from({ length: id }, (_, index) => index + 1).filter(
      (one) => one < dropped.first || one > dropped.last,
    );
    expect(ids).toEqual(expected);
  });

  it('[T4] ends the spool of a recording with a sentence, and gives its room back', async () => {
    const folder = join(directory, 'spool');
    const spool = await RecordingSpool.begin(new SpoolPlace(folder, 0));
    for (let id = 1; id < 1_000_000 && spool.slowSeek === null; id += 1_000) {
      const ids = Array.from({ length: 1_000 }, (_, index) => id + index);
      await spool.add(ids.map((one) => ({ kind: 'trade', trade: tradeOf(one) })));
    }
    expect(spool.slowSeek).toContain('the disk is full');
    expect(readdirSync(folder)).toEqual([]);
    expect(await spool.finish()).toBeNull();
  });
});
