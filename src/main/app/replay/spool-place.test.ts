import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { tradeEvent } from '#tests/fakes/market-events.ts';
import { RecordingSpool, SpoolPlace } from './spool-place.ts';

const ID = 'a:X/USDT' as InstrumentId;
const EVENTS = Array.from({ length: 5_000 }, (_, index) => tradeEvent(ID, 1_000 + index, 100));

describe('where recordings are spooled', () => {
  let directory = '';
  const folder = () => join(directory, 'spool');
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tapedeck-spools-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('holds one file for each while it is open', async () => {
    const place = new SpoolPlace(folder());
    const spools = [await RecordingSpool.begin(place), await RecordingSpool.begin(place)];
    for (const spool of spools) await spool.add(EVENTS);
    expect(readdirSync(folder())).toHaveLength(2);
    const [first, second] = spools;
    const kept = await first?.finish();
    await second?.discard();
    expect(readdirSync(folder())).toHaveLength(1);
    const trades = kept?.trades(ID, {
      ...{ limit: 10_000, newest: false },
      ...{ fromTime: EVENTS[0]?.trade.eventTime ?? 0, toTime: Number.MAX_SAFE_INTEGER },
    } as Parameters<typeof kept.trades>[1]);
    expect(trades).toEqual({ ok: true, value: EVENTS.map(({ trade }) => trade) });
    await kept?.close();
    expect(readdirSync(folder())).toEqual([]);
  });

  it('is cleared of what a process that died has left behind', async () => {
    mkdirSync(folder());
    writeFileSync(join(folder(), 'recording-1.spool'), 'left behind');
    const place = new SpoolPlace(folder());
    await place.clear();
    expect(existsSync(folder())).toBe(false);
    await place.clear();
  });

  it.each([
    ['cannot be made', () => writeFileSync(folder(), 'a file'), 'the system answers'],
    ['has a file of that name', () => place(folder()), 'the system answers EEXIST'],
  ])('says in a sentence why not, where it %s', async (_, spoil, why) => {
    spoil();
    const spool = await RecordingSpool.begin(new SpoolPlace(folder()));
    expect(spool.slowSeek).toContain(why);
    await spool.add(EVENTS);
    expect(await spool.finish()).toBeNull();
  });

  it('is not begun where too little room is left', async () => {
    const full = new SpoolPlace(folder(), Number.MAX_SAFE_INTEGER);
    const spool = await RecordingSpool.begin(full);
    expect(spool.slowSeek).toContain('too little room is left on the disk');
    expect(readdirSync(folder())).toEqual([]);
  });
});

function place(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'recording-1.spool'), 'in the way');
}
