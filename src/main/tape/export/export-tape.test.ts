import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { binanceDialect, gunzip } from '../../app/tape/import-surroundings.ts';
import { openTapeForImport, type TapeForImport } from '../../storage/tape-import.ts';
import {
  BTC,
  binanceLines,
  Folder,
  importerTo,
  tradesOf,
  unwrap,
} from '../import/import.fixture.ts';
import { importedBlock } from '../import/imported-block.ts';
import { type ExportRequest, type ExportSurroundings, exportTape } from './export-tape.ts';

let folder: Folder;
let tape: TapeForImport;

beforeEach(() => {
  folder = new Folder();
  tape = unwrap(openTapeForImport(join(folder.path, 'tape.db')));
});
afterEach(() => {
  tape.close();
  folder.dispose();
});

const exportTo = (
  name: string,
  format: ExportRequest['format'],
  more: Partial<ExportRequest & ExportSurroundings> = {},
) =>
  exportTape(
    {
      ...{ instrumentId: BTC, fromTime: null, toTime: null, overwrite: false, format },
      file: join(folder.path, name),
      ...more,
    },
    {
      ...{ source: tape, signal: new AbortController().signal, onProgress: () => undefined },
      ...more,
    },
  );
const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');
const importBack = (name: string, id: string) => {
  const importTo = importerTo(tape, { binance: binanceDialect, gunzip });
  return importTo(join(folder.path, name), { instrumentId: id as typeof BTC });
};

const START_MS = 1_735_689_600_000;
const decimal = fc
  .tuple(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 8 }))
  .map(([digits, places]) => Number(`${digits}e-${places}`));
const someTrades = fc
  .uniqueArray(
    fc.record({
      id: fc.oneof(fc.nat(1e6).map(String), fc.string({ minLength: 1 }).filter(isPlain)),
      price: decimal,
      size: decimal,
      aggressorSide: fc.constantFrom('buy' as const, 'sell' as const),
      micros: fc.nat(1e9),
      lag: fc.integer({ min: -2_000, max: 60_000 }),
    }),
    { minLength: 1, maxLength: 300, selector: ({ id }) => id },
  )
  .map((list) =>
    list.map(({ micros, lag, price, size, ...trade }): Trade => {
      const eventTime = (START_MS * 1_000 + micros) / 1_000;
      return {
        ...{ ...trade, instrumentId: BTC, price: price as Price, size: size as Size },
        eventTime: eventTime as EpochMs,
        receivedTime: (Math.floor(eventTime) + lag) as EpochMs,
      };
    }),
  );

/** No exchange has ids with spaces around them, and no line of a file holds a line end. */
function isPlain(text: string): boolean {
  return text.trim() === text && !/[\r\n\uFEFF]/.test(text) && text.isWellFormed();
}

/** Puts trades of a random tape on a fresh instrument. */
function record(trades: readonly Trade[], round: number): typeof BTC {
  const id = instrumentId('binance', `X${round}/USDT`);
  const block = importedBlock(
    id,
    round,
    trades.map((trade) => ({ ...trade, instrumentId: id })),
  );
  unwrap(tape.write({ blocks: [block], gaps: [] }));
  return id;
}

/** The machine may be busy with other tests. */
const patient = { timeout: 40_000 };

describe('[T3] export', patient, () => {
  it('CSV, imported again, is the same to the last digit (property)', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(someTrades, async (trades) => {
        const id = record(trades, ++round);
        const name = `${round}.csv`;
        await exportTo(name, 'csv', { instrumentId: id });
        expect(await importBack(name, `copy:X${round}`)).toMatchObject({
          ...{ state: 'done', report: { trades: trades.length, badLines: 0 } },
        });
        const renamed = (one: Trade) => ({ ...one, instrumentId: id });
        const copy = tradesOf(tape, `copy:X${round}` as typeof BTC).map(renamed);
        const byId = (a: Trade, b: Trade) => a.eventTime - b.eventTime || (a.id < b.id ? -1 : 1);
        expect(copy.sort(byId)).toEqual(tradesOf(tape, id).sort(byId));
      }),
      { numRuns: 60 },
    );
  });

  it('Parquet, read by another library, is the same to the last digit (property)', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(someTrades, async (trades) => {
        const id = record(trades, ++round);
        await exportTo(`${round}.parquet`, 'parquet', { instrumentId: id });
        const file = await asyncBufferFromFile(join(folder.path, `${round}.parquet`));
        const rows = await parquetReadObjects({ file, parsers: { timestampFromMicroseconds } });
        expect(rows).toEqual(
          tradesOf(tape, id).map((trade) => ({
            ...{ time: trade.eventTime, id: trade.id, side: trade.aggressorSide },
            ...{ price: trade.price, size: trade.size, received_time: trade.receivedTime },
          })),
        );
      }),
      { numRuns: 60 },
    );
  });

  const timestampFromMicroseconds = (micros: bigint): number => Number(micros) / 1_000;

  it('Parquet: several row groups, with instrument and gaps in the metadata', async () => {
    await importDay(250_000);
    recordGap();
    await exportTo('a.parquet', 'parquet');
    const file = await asyncBufferFromFile(join(folder.path, 'a.parquet'));
    const metadata = await parquetMetadataAsync(file);
    expect(metadata.row_groups.map((group) => Number(group.num_rows))).toEqual([
      ...[100_000, 100_000, 50_000],
    ]);
    const told = Object.fromEntries(
      (metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]),
    );
    expect(told['tapedeck.instrument']).toBe(BTC);
    expect(JSON.parse(told['tapedeck.gaps'] ?? '')).toMatchObject([{ reason: 'disconnected' }]);
    const [last] = (await parquetReadObjects({ file, rowStart: 249_999 })).slice(-1);
    expect(last).toMatchObject({ id: '250000' });
  });

  it('NDJSON: trades and gaps by time', async () => {
    await importDay(300);
    recordGap();
    await exportTo('a.ndjson', 'ndjson');
    const lines = read('a.ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toEqual({ kind: 'tape', instrumentId: BTC });
    expect(lines[1]).toEqual({
      ...{ kind: 'trade', time: START_MS + 10, id: '1', side: 'buy', price: 100.1, size: 0.5 },
      receivedTime: START_MS + 10,
    });
    const at = lines.findIndex(({ kind }) => kind === 'gap');
    expect(lines[at]).toEqual({
      ...{ kind: 'gap', fromTime: START_MS + 1_005, toTime: START_MS + 1_009 },
      ...{ reason: 'disconnected', backfilled: 'no' },
    });
    expect([lines[at - 1].id, lines[at + 1].id, lines.length]).toEqual(['100', '101', 302]);
  });

  it('only the stretch that is asked for', async () => {
    await importDay(300);
    const stretch = { fromTime: START_MS + 1_000, toTime: START_MS + 1_050 };
    expect(await exportTo('a.csv', 'csv', stretch)).toMatchObject({ report: { trades: 5 } });
    expect(read('a.csv').split('\n')[1]).toBe(
      `${START_MS + 1_000},100,buy,100,0.5,${START_MS + 1_000}`,
    );
  });

  it('replaces a file only when told so, and leaves no half one behind', async () => {
    await importDay(60_000);
    folder.write('a.csv', 'mine');
    expect(await exportTo('a.csv', 'csv')).toMatchObject({
      ...{ state: 'failed', message: expect.stringContaining('is there already') },
    });
    const abort = new AbortController();
    const canceled = await exportTo('a.csv', 'csv', {
      ...{ overwrite: true, signal: abort.signal },
      onProgress: ({ progress }) => (progress ?? 0) > 0.3 && abort.abort(),
    });
    expect(canceled.state).toBe('canceled');
    expect([read('a.csv'), existsSync(join(folder.path, 'a.csv.part'))]).toEqual(['mine', false]);
    expect(await exportTo('a.csv', 'csv', { overwrite: true })).toMatchObject({ state: 'done' });
    expect(read('a.csv').split('\n')).toHaveLength(60_002);
  });

  it('says in one sentence what it cannot do', async () => {
    expect((await exportTo('a.csv', 'csv')).message).toBe('There is no tape of binance:BTC/USDT.');
    await importDay(10);
    const nowhere = join(folder.path, 'no/where.csv');
    for (const format of ['csv', 'parquet'] as const)
      expect((await exportTo('', format, { file: nowhere })).message).toBe(
        `${nowhere} cannot be written: its folder does not exist.`,
      );
  });

  const importDay = (count: number) =>
    importerTo(tape, { binance: binanceDialect, gunzip })(
      folder.write('BTCUSDT-trades-2025-01-01.csv', binanceLines(1, count)),
    );
  const recordGap = () =>
    unwrap(
      tape.write({
        blocks: [],
        gaps: [
          {
            ...{ instrumentId: BTC, reason: 'disconnected' },
            ...{ fromTime: START_MS + 1_005, toTime: START_MS + 1_009 },
          },
        ],
      }),
    );
});
