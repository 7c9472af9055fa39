import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import { candlesBetween, candlesOf, columnsOf } from '#domain/candle-columns.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { decodeCandleBlock, encodeCandleBlock } from './candle-block.ts';
import { openImportedCandles, storeImportedCandles } from './imported-candles.ts';

const ID = instrumentId('kraken', 'ETH/EUR');
const MINUTE_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'tapedeck-imported-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function candle(minute: number, close: number, extra: Partial<Candle> = {}): Candle {
  return {
    ...{ openTime: (minute * MINUTE_MS) as EpochMs, open: 1 as Price, high: 9 as Price },
    ...{ low: -3 as Price, close: close as Price, volume: 1.5, buyVolume: null, tradeCount: null },
    ...{ isClosed: true, ...extra },
  };
}

it('a block gives back what went in, to the last bit', () => {
  const price = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value as Price);
  const candleArbitrary = fc.record({
    ...{ open: price, high: price, low: price, close: price },
    volume: fc.double({ min: 0, max: 1e9, noNaN: true }),
    buyVolume: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
    tradeCount: fc.option(fc.nat()),
  });
  fc.assert(
    fc.property(fc.array(candleArbitrary, { minLength: 1, maxLength: 50 }), (list) => {
      const candles = list.map((one, minute) => ({ ...candle(minute, 1), ...one }));
      const decoded = decodeCandleBlock(encodeCandleBlock(columnsOf(candles)));
      if (!decoded.ok) throw new Error(decoded.error.message);
      expect(candlesBetween(decoded.value, 0, decoded.value.count)).toEqual(candles);
    }),
  );
});

it('a damaged block is a failure', () => {
  const bytes = Uint8Array.from(encodeCandleBlock(columnsOf([candle(1, 2)])));
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(decodeCandleBlock(bytes)).toMatchObject({ ok: false, error: { code: 'invalid_payload' } });
});

it('[T3] imported candles are there once, and read in order, over any range', () => {
  const opened = openTapeDatabase(join(folder, 'tape.db'));
  if (!opened.ok) throw new Error(opened.error.message);
  const tape = opened.value;
  const key = { instrumentId: ID, interval: '1m' } as const;
  const store = (from: number, to: number, close: number) =>
    storeImportedCandles(
      tape,
      key,
      columnsOf(Array.from({ length: to - from }, (_, index) => candle(from + index, close))),
    );
  const minutes = (fromTime: number, toTime: number) => {
    const next = openImportedCandles(tape, key, { fromTime, toTime });
    const closes: [number, number][] = [];
    for (;;) {
      const piece = next();
      if (!piece.ok) throw new Error(piece.error.message);
      if (piece.value === null) return closes;
      closes.push(
        ...candlesOf(piece.value).map(({ openTime, close }): [number, number] => [
          openTime / MINUTE_MS,
          close,
        ]),
      );
    }
  };
  expect(store(1_000, 11_000, 5)).toEqual({ ok: true, value: { added: 10_000, replaced: 0 } });
  expect(store(10_990, 11_010, 6)).toEqual({ ok: true, value: { added: 10, replaced: 10 } });
  expect(tape.importedCandles()).toEqual({
    ok: true,
    value: [
      {
        ...{ instrumentId: ID, intervalMs: MINUTE_MS, count: 10_010 },
        ...{ firstTime: 1_000 * MINUTE_MS, lastTime: 11_009 * MINUTE_MS },
      },
    ],
  });
  const all = minutes(0, Number.MAX_SAFE_INTEGER);
  expect(all.map(([minute]) => minute)).toEqual(
    Array.from({ length: 10_010 }, (_, index) => 1_000 + index),
  );
  expect(all.filter(([, close]) => close === 6)).toHaveLength(20);
  expect(minutes(4_095 * MINUTE_MS, 4_098 * MINUTE_MS)).toEqual([
    ...[[4_095, 5] as const, [4_096, 5] as const, [4_097, 5] as const],
  ]);
  // They are not what was recorded.
  expect(tape.instruments()).toEqual({ ok: true, value: [] });
  tape.close();
});
