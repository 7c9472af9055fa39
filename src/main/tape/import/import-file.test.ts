import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { binanceDialect, gunzip } from '../../app/tape/import-surroundings.ts';
import { liveTape } from '../../app/tape/live-tape.ts';
import { openTapeForImport, type TapeForImport } from '../../storage/tape-import.ts';
import { systemClock } from '../../telemetry/system-clock.ts';
import { TapeRecorder } from '../recorder.ts';
import {
  BTC,
  binanceLines,
  Folder,
  type Importer,
  idsOf,
  importerTo,
  tradesOf,
  unwrap,
} from './import.fixture.ts';
import { zipOf } from './zip.fixture.ts';

const NAME = 'BTCUSDT-trades-2025-01-01';
const numbers = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index));

/** The machine may be busy with other tests. */
const patient = { timeout: 40_000 };

let folder: Folder;
let tape: TapeForImport;
let importTo: Importer;

beforeEach(() => {
  folder = new Folder();
  tape = unwrap(openTapeForImport(join(folder.path, 'tape.db')));
  importTo = importerTo(tape, { binance: binanceDialect, gunzip });
});
afterEach(() => {
  tape.close();
  folder.dispose();
});

describe('[T3] a file of any kind', patient, () => {
  const lines = binanceLines(1, 9_000);

  it.each([
    ['plain', `${NAME}.csv`, Buffer.from(lines)],
    ['gzip', `${NAME}.csv.gz`, gzipSync(lines)],
    ['zip', `${NAME}.zip`, zipOf({ [`${NAME}.csv`]: lines })],
    ['gzip in a zip', `${NAME}.zip`, zipOf({ [`${NAME}.csv.gz`]: gzipSync(lines) })],
    ['mislabelled gzip', `${NAME}.csv`, gzipSync(lines)],
    ['windows line ends', `${NAME}.csv`, Buffer.from(`\uFEFF${lines.replaceAll('\n', '\r\n')}`)],
  ])('%s: every trade once, with progress to the end', async (_, name, content) => {
    const progress: number[] = [];
    const end = await importTo(folder.write(name, content), {
      onProgress: (report) => progress.push(report.progress ?? -1),
    });
    expect(end).toMatchObject({
      ...{ state: 'done', message: null },
      report: {
        ...{ format: 'binanceTrades', instrumentIds: [BTC], trades: 9_000, duplicates: 0 },
        ...{ badLines: 0, progress: 1 },
      },
    });
    expect(idsOf(tape)).toEqual(numbers(1, 9_000));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it('several files in a zip, and what macOS puts beside them', async () => {
    const content = zipOf({
      'folder/': '',
      'folder/ETHUSDT-trades-2025-01.csv': binanceLines(1, 10),
      [`__MACOSX/${NAME}.csv`]: 'x',
      [`${NAME}.csv`]: binanceLines(1, 20),
    });
    const end = await importTo(folder.write('two.zip', content));
    expect(end.report).toMatchObject({ trades: 30, badLines: 0 });
    expect(idsOf(tape, instrumentId('binance', 'ETH/USDT'))).toEqual(numbers(1, 10));
  });

  it('the name of a futures file is that of the swap', async () => {
    const line = '5,61800.30,0.006,370.8,1735689600123,false\n';
    const header = 'id,price,qty,quote_qty,time,is_buyer_maker\n';
    for (const content of [line, header + line])
      expect((await importTo(folder.write(`${NAME}.csv`, content))).report.instrumentIds).toEqual([
        'binance:BTC/USDT:USDT',
      ]);
  });

  it('the instrument that is given goes before what the name tells', async () => {
    const id = instrumentId('binance', 'BTC/FDUSD');
    await importTo(folder.write(`${NAME}.csv`, lines), { instrumentId: id });
    expect(idsOf(tape, id)).toHaveLength(9_000);
  });

  it('aggregate trades, freqtrade and Kraken', async () => {
    const aggregate = '3364213801,94000.01,0.5,1,7,1735689600123456,true,True\n';
    const file = folder.write('BTCUSDT-aggTrades-2025-01-01.csv', aggregate);
    expect((await importTo(file)).report).toMatchObject({ format: 'binanceAggTrades', trades: 1 });
    const json = folder.write('a.json', '[[1735689600000,"7",null,"buy",1.5,2.0,3.0]]');
    const xrp = instrumentId('binance', 'XRP/ETH');
    expect((await importTo(json, { instrumentId: xrp })).report).toMatchObject({ trades: 1 });
    const kraken = folder.write('XBTEUR.csv', '1672531436,90.54,1\n1672531437,90.5,2\n');
    const btc = instrumentId('kraken', 'BTC/EUR');
    expect((await importTo(kraken, { instrumentId: btc })).report).toMatchObject({
      ...{ format: 'krakenTrades', trades: 2, inferredSides: 2 },
    });
    expect(tradesOf(tape, btc)).toMatchObject([
      { aggressorSide: 'buy', eventTime: 1_672_531_436_000, receivedTime: 1_672_531_436_000 },
      { aggressorSide: 'sell' },
    ]);
  });
});

describe('[T3] each trade once', patient, () => {
  const write = (name: string, first: number, last: number) =>
    folder.write(`${NAME}-${name}.csv`, binanceLines(first, last));

  it('importing twice adds nothing', async () => {
    const file = write('a', 1, 10_000);
    await importTo(file);
    const bytes = unwrap(tape.sizeBytes());
    expect((await importTo(file)).report).toMatchObject({ trades: 0, duplicates: 10_000 });
    expect(unwrap(tape.sizeBytes())).toBe(bytes);
    expect(idsOf(tape)).toEqual(numbers(1, 10_000));
  });

  it('files that overlap, in any order, the older after the newer', async () => {
    const files = [write('c', 14_001, 20_000), write('a', 1, 8_000), write('b', 5_000, 15_000)];
    const reports = [];
    for (const file of files) reports.push((await importTo(file)).report);
    expect(reports).toMatchObject([
      { trades: 6_000, duplicates: 0 },
      { trades: 8_000, duplicates: 0 },
      { trades: 6_000, duplicates: 4_001 },
    ]);
    expect(idsOf(tape)).toEqual(numbers(1, 20_000));
  });

  it('a trade that stands twice in one file', async () => {
    const content = binanceLines(1, 5_000) + binanceLines(4_000, 6_000);
    const end = await importTo(folder.write(`${NAME}.csv`, content));
    expect(end.report).toMatchObject({ trades: 6_000, duplicates: 1_001, backwards: 1 });
    expect(idsOf(tape)).toEqual(numbers(1, 6_000));
  });

  it('any overlap of any files (property)', async () => {
    const range = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 200 }));
    const ranges = fc.array(range, { minLength: 1, maxLength: 5 });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(ranges, async (some) => {
        const id = instrumentId('binance', `X${round++}/USDT`);
        const wanted = new Set<number>();
        for (const [index, [first, length]] of some.entries()) {
          const file = write(`p${index}`, first, first + length);
          expect((await importTo(file, { instrumentId: id })).state).toBe('done');
          for (let one = first; one <= first + length; one++) wanted.add(one);
        }
        expect(idsOf(tape, id).map(Number)).toEqual([...wanted].sort((a, b) => a - b));
      }),
      { numRuns: 40 },
    );
  });

  it('what a recorder has and goes on to record, before and after it', async () => {
    const recorder = new TapeRecorder({
      ...{ store: liveTape(tape), clock: systemClock },
      onFailure: (reason) => expect.fail(reason),
      onRecovery: () => undefined,
    });
    const everything = folder.write(`${NAME}.csv`, binanceLines(1, 12_000));
    await importTo(everything, { instrumentId: instrumentId('binance', 'OTHER/USDT') });
    const live = tradesOf(tape, instrumentId('binance', 'OTHER/USDT')).map((trade) => ({
      ...{ ...trade, instrumentId: BTC },
      receivedTime: (trade.receivedTime + 30) as EpochMs,
    }));
    for (const trade of live.slice(5_000, 7_000)) recorder.record(trade);
    unwrap(recorder.flush());
    expect((await importTo(everything)).report).toMatchObject({
      trades: 10_000,
      duplicates: 2_000,
    });
    for (const trade of live.slice(6_900, 7_000)) recorder.record(trade);
    unwrap(recorder.dispose());
    expect(idsOf(tape)).toEqual(numbers(1, 12_000));
    expect(tradesOf(tape)[5_500]).toEqual(live[5_500]);
    const resumed = new TapeRecorder({
      ...{ store: liveTape(tape), clock: systemClock },
      onFailure: (reason) => expect.fail(reason),
      onRecovery: () => undefined,
    });
    for (const trade of live.slice(11_990)) resumed.record(trade);
    const next = live[11_999];
    if (!next) throw new Error('no trade');
    const time = (next.eventTime + 10) as EpochMs;
    resumed.record({ ...next, id: '12001', eventTime: time });
    unwrap(resumed.dispose());
    expect(idsOf(tape)).toEqual(numbers(1, 12_001));
    expect((await importTo(everything)).report).toMatchObject({ trades: 0 });
  });

  it('without ids: the alike ones as often as the file has them, whoever recorded them', async () => {
    const id = instrumentId('kraken', 'BTC/EUR');
    const rows = ['1672531436,90.5,1', '1672531436,90.5,1', '1672531436,90.5,2', '1672531440,91,1'];
    const part = folder.write('part.csv', `${rows.slice(1).join('\n')}\n`);
    const whole = folder.write('whole.csv', `${rows.join('\n')}\n`);
    const give = { instrumentId: id };
    expect((await importTo(part, give)).report).toMatchObject({ trades: 3, duplicates: 0 });
    expect((await importTo(whole, give)).report).toMatchObject({ trades: 1, duplicates: 3 });
    expect((await importTo(whole, give)).report).toMatchObject({ trades: 0, duplicates: 4 });
    expect(new Set(idsOf(tape, id)).size).toBe(4);
  });

  it('without ids, in whole seconds: what was recorded live to the millisecond is known', async () => {
    const id = instrumentId('kraken', 'BTC/EUR');
    const live = folder.write(
      'live.csv',
      'time,price,size,side,id\n1672531436123,90.5,1,sell,77\n',
    );
    await importTo(live, { instrumentId: id });
    const sales = folder.write('sales.csv', '1672531436,90.5,1\n1672531437,90.5,1\n');
    expect((await importTo(sales, { instrumentId: id })).report).toMatchObject({
      ...{ trades: 1, duplicates: 1 },
    });
  });

  it('holes in the ids are filled when a fuller file comes', async () => {
    const odd = binanceLines(1, 9_000)
      .split('\n')
      .filter((_, index) => index % 2 === 0);
    await importTo(folder.write(`${NAME}-odd.csv`, odd.join('\n')));
    expect((await importTo(write('all', 1, 9_000))).report).toMatchObject({ trades: 4_500 });
    expect(idsOf(tape)).toEqual(numbers(1, 9_000));
  });
});

describe('[T3] times', patient, () => {
  it('a file that begins with the newest is brought into order', async () => {
    const content = binanceLines(1, 20_000).trimEnd().split('\n').reverse().join('\n');
    const end = await importTo(folder.write(`${NAME}.csv`, content));
    expect(end.report).toMatchObject({ trades: 20_000, backwards: 19_999, badLines: 0 });
    expect(idsOf(tape)).toEqual(numbers(1, 20_000));
  });

  it('trades that are far apart do not make a block that spans it all', async () => {
    const lines = [binanceLines(1, 300), binanceLines(100_000_000, 100_000_300)].join('');
    await importTo(folder.write(`${NAME}.csv`, lines));
    const query = { instrumentId: BTC, newest: false, after: null };
    const block = unwrap(tape.nextBlock({ ...query, fromTime: 0, toTime: 2e12 }));
    expect(block).toMatchObject({ count: 300, firstId: 1, lastId: 300 });
  });
});

describe('[T3] bad input', patient, () => {
  it('bad lines are counted, told by number, and left out', async () => {
    const lines = binanceLines(1, 300).split('\n');
    lines[9] = 'nonsense';
    lines[19] = lines[19]?.replace(',0.5,', ',-0.5,') ?? '';
    const end = await importTo(folder.write(`${NAME}.csv`, lines.join('\n')));
    expect(end).toMatchObject({ state: 'done', report: { trades: 298, badLines: 2 } });
    expect(end.report.badLineSamples).toEqual([
      { line: 10, reason: 'has 1 columns in place of 6 or 7' },
      { line: 20, reason: 'size is negative' },
    ]);
  });

  it('of very many the first hundred are kept', async () => {
    const content = binanceLines(1, 10) + 'x\n'.repeat(5_000);
    const { report } = await importTo(folder.write(`${NAME}.csv`, content));
    expect([report.badLines, report.badLineSamples.length]).toEqual([5_000, 100]);
  });

  it('a gzip file that is cut off leaves what came before, and says so', async () => {
    const whole = gzipSync(binanceLines(1, 50_000));
    const end = await importTo(folder.write(`${NAME}.gz`, whole.subarray(0, whole.length / 2)));
    expect(end.state).toBe('done');
    expect(end.message).toMatch(/cut off: the gzip data end early; what came before/);
    const { trades, badLines } = end.report;
    expect([trades > 10_000, trades < 50_000, badLines]).toEqual([true, true, 0]);
    expect(idsOf(tape)).toEqual(numbers(1, trades));
    const again = await importTo(folder.write(`${NAME}.gz`, whole));
    expect(again.report).toMatchObject({ trades: 50_000 - trades, duplicates: trades });
  });

  it('a JSON array that is cut off, too', async () => {
    const content = '[[1735689600000,"7",null,"buy",1.5,2.0,3.0],[17356896';
    const end = await importTo(folder.write('a.json', content), { instrumentId: BTC });
    expect(end.report).toMatchObject({ trades: 1, badLines: 1 });
    expect(end.report.badLineSamples).toEqual([{ line: 2, reason: 'the file is cut off here' }]);
  });

  const zip = zipOf({ [`${NAME}.csv`]: binanceLines(1, 9_000) });
  it.each([
    ['missing.csv', null, 'There is no file'],
    ['empty.csv', '', 'is empty.'],
    ['prose.csv', 'Once upon a time\n', 'does not hold trades in a known format.'],
    ['random.bin', randomBytes(90_000), 'does not hold trades in a known format.'],
    ['candles.csv', 'time,open,high,low,close\n1,2,3,4,5\n', 'does not hold trades in a known'],
    ['half.zip', zip.subarray(0, zip.length / 2), 'is cut off: the zip directory'],
    ['sales.csv', '1672531436,90.5,1\n', 'does not name its instrument: say which it is'],
    ['magic.gz', Buffer.from([0x1f, 0x8b, 1, 2]), 'the gzip data'],
  ])('%s: one clear sentence', async (name, content, sentence) => {
    const file = content === null ? join(folder.path, name) : folder.write(name, content);
    const end = await importTo(file);
    expect(end).toMatchObject({ state: 'failed', report: { trades: 0 } });
    expect(end.message).toContain(sentence);
    expect(unwrap(tape.instruments())).toEqual([]);
  });

  it('a folder: one clear sentence', async () => {
    expect((await importTo(folder.path)).message).toContain('is a folder');
  });

  it.each([
    ['zip', zipOf({ [`${NAME}.csv`]: binanceLines(1, 100_000) })],
    ['gzip', gzipSync(binanceLines(1, 100_000))],
  ])(
    '[F5] of damaged %s data nothing is imported: they unpack to wrong trades',
    async (kind, data) => {
      const damaged = Buffer.from(data);
      damaged.fill(0xff, damaged.length / 2, damaged.length / 2 + 64);
      const end = await importTo(folder.write(`${NAME}.damaged`, damaged));
      expect(end).toMatchObject({ state: 'failed', report: { trades: 0 } });
      expect(end.message).toContain(`the ${kind} data are damaged`);
      expect(unwrap(tape.instruments())).toEqual([]);
    },
  );

  it('[F5] a damaged file in a zip is left out, and the others are imported', async () => {
    const good = `${NAME}.csv`;
    const content = zipOf({ 'ETHUSDT-trades-2025-01.csv': '1,2\n', [good]: binanceLines(1, 10) });
    content.writeUInt8(0, content.indexOf('.csv') + 5);
    const end = await importTo(folder.write('two.zip', content));
    expect(end).toMatchObject({ state: 'done', report: { trades: 10 } });
    expect(end.message).toContain('the zip data are damaged');
  });

  it('a file that is called what it is not: one clear sentence, soon', async () => {
    const file = folder.write('sales.csv', '1672531436,90.5,1\n'.repeat(200_000));
    const end = await importTo(file, { format: 'binanceTrades', instrumentId: BTC });
    expect(end).toMatchObject({ state: 'failed', report: { trades: 0 } });
    expect(end.message).toContain('no line of it is a Binance trades CSV (line 1: has 3 columns');
    expect(end.report.badLines).toBeLessThan(100_000);
  });
});

describe('[T3] cancel', patient, () => {
  it('keeps what was read, and the next run adds the rest', async () => {
    const file = folder.write(`${NAME}.csv`, binanceLines(1, 60_000));
    const abort = new AbortController();
    const end = await importTo(file, {
      signal: abort.signal,
      onProgress: ({ progress }) => (progress ?? 0) > 0.4 && abort.abort(),
    });
    expect(end.state).toBe('canceled');
    const { trades } = end.report;
    expect([trades > 1_000, trades < 60_000]).toEqual([true, true]);
    expect(idsOf(tape)).toEqual(numbers(1, trades));
    expect((await importTo(file)).report).toMatchObject({ duplicates: trades });
    expect(idsOf(tape)).toEqual(numbers(1, 60_000));
  });
});

const data = join(import.meta.dirname, '../../../../../shared/data');
const isThere = existsSync(join(data, 'trades/XRP_ETH-trades.json.gz'));

describe.skipIf(!isThere)(
  `recorded files${isThere ? '' : ' (left out: none in ../shared/data)'}`,
  () => {
    it.each([
      ['trades/XRP_ETH-trades.json.gz', 'binance:XRP/ETH', 12_477],
      ['trades/kraken-BCHEUR.csv', 'kraken:BCH/EUR', 148],
      ['binance-recordings/spot-btcusdt.gz', null, 9_757],
      ['binance-recordings/spot-ethusdt.gz', null, 6_106],
      ['binance-recordings/usdm-btcusdt.gz', null, 21_313],
    ])(
      '[T3] %s: every trade once, and once only',
      async (path, id, trades) => {
        const file = join(data, path);
        const give =
          id === null
            ? {}
            : { instrumentId: instrumentId(...(id.split(/:(.*)/s) as [string, string])) };
        expect((await importTo(file, give)).report).toMatchObject({
          trades,
          duplicates: 0,
          badLines: 0,
        });
        expect((await importTo(file, give)).report).toMatchObject({
          trades: 0,
          duplicates: trades,
        });
      },
      30_000,
    );
  },
);
