import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import { gunzipChunks } from '#main/feeds/replay/gunzip.ts';
import { openTapeDatabase, type TapeDatabase } from '#main/storage/tape-database.ts';
import { holdsCandles, importCandles } from './candle-import.ts';
import type { ImportReport } from './import-tally.ts';

const ID = instrumentId('kraken', 'ETH/EUR');
const T = Date.UTC(2025, 0, 1);
const HEADER = 'time,open,high,low,close,volume';
const line = (minute: number, close = 2) => `${T + minute * 60_000},1,3,0.5,${close},10`;
const csv = (...lines: readonly string[]) => `${[HEADER, ...lines].join('\n')}\n`;

describe('[T3] candles of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-candle-import-'));
  let tape: TapeDatabase;
  let told: ImportReport[];
  let canceling: AbortController;

  beforeEach(() => {
    const opened = openTapeDatabase(join(mkdtempSync(join(folder, 't-')), 'tape.db'));
    if (!opened.ok) throw new Error(opened.error.message);
    tape = opened.value;
    told = [];
    canceling = new AbortController();
    return () => tape.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = (content: string | Buffer, name = 'candles.csv'): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const bring = (file: string, id: InstrumentId | null = ID) =>
    importCandles(
      { file, instrumentId: id },
      {
        ...{ store: tape, gunzip: gunzipChunks, signal: canceling.signal },
        onProgress: (report) => told.push(report),
      },
    );
  const stored = () => {
    const list = tape.importedCandles();
    return list.ok ? list.value : list.error.message;
  };

  it('are stored once, the newest of a time in place of the one before', async () => {
    expect(await bring(write(csv(line(0), line(1), line(2))))).toMatchObject({
      ...{ state: 'done', message: null },
      report: { format: 'candles', instrumentIds: [ID], candles: 3, duplicates: 0, progress: 1 },
    });
    expect(await bring(write(csv(line(1, 2.5), line(2), line(3))))).toMatchObject({
      report: { candles: 1, duplicates: 2, trades: 0 },
    });
    expect(stored()).toEqual([
      {
        ...{ instrumentId: ID, intervalMs: 60_000, count: 4 },
        ...{ firstTime: T, lastTime: T + 180_000 },
      },
    ]);
    expect(told.length).toBeGreaterThan(0);
  });

  it('leave out bad lines by their number, and keep what came before an end too early', async () => {
    const whole = gzipSync(csv(...Array.from({ length: 5_000 }, (_, minute) => line(minute))));
    const cut = await bring(write(whole.subarray(0, whole.length - 40), 'cut.csv.gz'));
    expect(cut.state).toBe('done');
    expect(cut.message).toContain('what came before it was kept');
    expect(cut.report.candles).toBeGreaterThan(100);
    const bad = await bring(write(csv(line(0), 'nonsense', line(1), line(2))));
    expect(bad.report).toMatchObject({ badLines: 1, badLineSamples: [{ line: 3 }] });
  });

  it('are of no instrument by themselves, and of one interval', async () => {
    expect(await bring(write(csv(line(0), line(1))), null)).toMatchObject({
      ...{ state: 'failed', message: expect.stringContaining('--instrument') },
    });
    expect(await bring(write(csv(line(0))))).toMatchObject({ state: 'failed' });
    expect(await bring(join(folder, 'none.csv'))).toMatchObject({
      ...{ state: 'failed', message: expect.stringContaining('There is no file') },
    });
    expect(stored()).toEqual([]);
  });

  it('leave nothing behind where they are canceled', async () => {
    canceling.abort();
    expect(await bring(write(csv(line(0), line(1))))).toMatchObject({ state: 'canceled' });
    expect(stored()).toEqual([]);
  });

  it('are told from trades by how the file begins', async () => {
    const holds = (file: string) =>
      holdsCandles(file, { gunzip: gunzipChunks, signal: canceling.signal });
    expect(await holds(write(csv(line(0))))).toBe(true);
    expect(await holds(write(gzipSync(`# candles\n${csv(line(0))}`), 'packed.csv.gz'))).toBe(true);
    expect(await holds(write('time,price,size\n1672531436,90.54,1\n', 'trades.csv'))).toBe(false);
    expect(await holds(write('1,100.5,0.5,1,1735689600000,True,True\n', 'binance.csv'))).toBe(
      false,
    );
    expect(await holds(join(folder, 'none.csv'))).toBe(false);
  });
});
