import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { candlesBetween } from '#domain/candle-columns.ts';
import { gunzipChunks } from '#main/feeds/replay/gunzip.ts';
import { readCandleFile } from './candle-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tapedeck-candles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(content: string | Buffer, name = 'candles.csv') {
  const file = join(folder, name);
  writeFileSync(file, content);
  const { signal } = new AbortController();
  const result = await readCandleFile(file, {
    ...{ gunzip: gunzipChunks, signal, onProgress: () => undefined },
  });
  if (!result.ok) return result.error.message;
  if (!result.value) throw new Error('nobody has canceled it');
  const { columns, bytesTotal: _, ...rest } = result.value;
  return { ...rest, candles: candlesBetween(columns, 0, columns.count) };
}

const HEADER = 'timestamp,open,high,low,close,volume';
const T = Date.UTC(2025, 0, 1);

describe('a file of candles', () => {
  it('[T3] is read by its header, packed or not', async () => {
    const text = `${HEADER}\n2025-01-01 00:00:00,1,3,0.5,2,10\n2025-01-01 00:01:00,2,2,2,2,0\n`;
    const expected = {
      ...{ interval: '1m', duplicates: 0, badLines: 0, badLineSamples: [], damage: null },
      candles: [
        {
          ...{ openTime: T, open: 1, high: 3, low: 0.5, close: 2, volume: 10 },
          ...{ buyVolume: null, tradeCount: null, isClosed: true },
        },
        {
          ...{ openTime: T + 60_000, open: 2, high: 2, low: 2, close: 2, volume: 0 },
          ...{ buyVolume: null, tradeCount: null, isClosed: true },
        },
      ],
    };
    expect(await read(text)).toEqual(expected);
    expect(await read(gzipSync(text), 'candles.csv.gz')).toEqual(expected);
  });

  it('[T3] may name its columns in other words, order and delimiter, newest first', async () => {
    const told = await read(
      `Close;Low;High;Open;Unix;Trades;Taker Buy Volume\n5;1;6;2;${T / 1000 + 300};7;0.25\n2;1;3;1;${T / 1000};4;0.5\n`,
    );
    expect(told).toMatchObject({
      interval: '5m',
      candles: [
        { openTime: T, open: 1, close: 2, volume: 0, tradeCount: 4, buyVolume: 0.5 },
        { openTime: T + 300_000, open: 2, close: 5, tradeCount: 7, buyVolume: 0.25 },
      ],
    });
  });

  it('[T3] of Binance’s klines has no header', async () => {
    const line = (time: number) => `${time},1,3,0.5,2,10,${time + 3_599_999},20,42,6,12,0`;
    expect(await read(`${line(T)}\n${line(T + 3_600_000)}\n`)).toMatchObject({
      interval: '1h',
      candles: [
        { openTime: T, volume: 10, tradeCount: 42, buyVolume: 6 },
        { openTime: T + 3_600_000 },
      ],
    });
  });

  it('[F5] leaves out bad lines by number, and goes on', async () => {
    const told = await read(
      [
        ...[HEADER, `${T},1,3,1,2,5`, `${T + 60_000},1,3,2,2,5`, `${T + 120_000},1,x,1,2,5`],
        ...[`${T + 180_000},1,3,1`, `${T + 200_000},1,3,1,2,5`, `${T + 180_000},1,3,1,2,-5`],
        ...[`soon,1,3,1,2,5`, `${T + 240_000},1,3,1,2,5`, `${T + 300_000},1,3,1,2,5`, ''],
        ...[`${T + 360_000},-1,3,-4,2,5`],
      ].join('\n'),
    );
    expect(told).toMatchObject({
      interval: '1m',
      badLines: 6,
      badLineSamples: [
        { line: 3, reason: 'high and low do not hold open and close' },
        { line: 4, reason: 'a price is not a number' },
        { line: 5, reason: 'has 4 columns in place of 6' },
        { line: 7, reason: 'volume is not a number, or negative' },
        { line: 8, reason: 'its time is not one' },
        { line: 6, reason: 'opens at no multiple of 1m' },
      ],
      candles: [{ openTime: T }, { openTime: T + 240_000 }, { openTime: T + 300_000 }, { low: -4 }],
    });
  });

  it('[T3] takes the later of two lines of one time', async () => {
    const told = await read(
      [HEADER, `${T},1,3,1,2,5`, `${T},1,4,1,2,6`, `${T + 60_000},1,3,1,2,5`].join('\n'),
    );
    expect(told).toMatchObject({ duplicates: 1, candles: [{ high: 4, volume: 6 }, {}] });
  });

  it.each([
    ['nothing', '', /empty/],
    ['no candles', 'hello\nworld\n', /does not hold candles/],
    ['a header alone', `${HEADER}\n`, /holds no candles/],
    ['one candle alone', `${HEADER}\n0,1,1,1,1,1\n`, /interval is not known from one candle/],
    ['an interval that nobody knows', [HEADER, '0,1,1,1,1,1', '7,1,1,1,1,1'].join('\n'), /none of/],
  ])('[F5] refuses %s', async (_, content, reason) => {
    expect(await read(content)).toMatch(reason);
  });

  it('stops when it is told to', async () => {
    const file = join(folder, 'stop.csv');
    writeFileSync(file, `${HEADER}\n`.repeat(100_000));
    const stop = new AbortController();
    stop.abort();
    const ended = await readCandleFile(file, {
      ...{ gunzip: gunzipChunks, signal: stop.signal, onProgress: () => undefined },
    });
    expect(ended).toEqual({ ok: true, value: null });
  });
});
