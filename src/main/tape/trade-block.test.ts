import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { decodeTradeBlock, readBlockHeader } from './trade-block.ts';
import { encodeTradeBlock, TradeBlockWriter } from './trade-block-writer.ts';

const BTC = instrumentId('binance', 'BTC/USDT');

const trade = (fields: Partial<Trade> = {}): Trade => ({
  instrumentId: BTC,
  id: '1',
  price: 61_837.63 as Price,
  size: 0.02 as Size,
  aggressorSide: 'buy',
  eventTime: 1_723_161_255_342 as EpochMs,
  receivedTime: 1_723_161_254_087 as EpochMs,
  ...fields,
});

const decimalNumber = fc
  .tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 12 }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, decimals]) => Number(`${digits}e-${decimals}`));
const anyNumber = fc.oneof(
  { weight: 4, arbitrary: decimalNumber },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
);
const anyTime = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 4_102_444_799_999 }) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 4e12, noNaN: true }) },
);
const anyId = fc.oneof(
  fc.nat().map(String),
  fc.string(),
  fc.constantFrom('007', '9007199254740993', '-1', '1.5', '', 'é😀'),
);
const anyTrade: fc.Arbitrary<Trade> = fc.record(
  {
    instrumentId: fc.constant(BTC),
    id: anyId,
    price: anyNumber.map((value) => value as Price),
    size: anyNumber.map((value) => Math.abs(value) as Size),
    aggressorSide: fc.constantFrom('buy', 'sell'),
    eventTime: anyTime.map((value) => value as EpochMs),
    receivedTime: anyTime.map((value) => value as EpochMs),
  },
  { noNullPrototype: true },
);
/** Mixed kinds fall back to text and float64; of one kind, the integer columns are reached. */
const anyBlock = fc.oneof(
  fc.array(anyTrade, { minLength: 1, maxLength: 60 }),
  fc.array(
    anyTrade.chain((base) => fc.nat().map((id) => ({ ...base, id: String(id) }))),
    { minLength: 1, maxLength: 60 },
  ),
);

describe('trade block', () => {
  it('[T2] gives back what was put in, to the last bit, whatever it was', () => {
    fc.assert(
      fc.property(
        anyBlock,
        fc.constantFrom('fast' as const, 'small' as const),
        (trades, effort) => {
          const decoded = decodeTradeBlock(encodeTradeBlock(trades, effort), BTC);
          expect(decoded.ok && decoded.value.length).toBe(trades.length);
          if (decoded.ok)
            decoded.value.forEach((item, index) => {
              expect(item).toStrictEqual(trades[index]);
            });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('[T2] is whole at every moment of its growth, and ends as the same bytes', () => {
    fc.assert(
      fc.property(anyBlock, (trades) => {
        const writer = new TradeBlockWriter();
        trades.forEach((item, index) => {
          writer.add(item);
          const decoded = decodeTradeBlock(writer.encode('fast'), BTC);
          expect(decoded).toStrictEqual({ ok: true, value: trades.slice(0, index + 1) });
        });
        expect(writer.encode('small')).toEqual(encodeTradeBlock(trades));
        const times = trades.map((item) => item.eventTime);
        expect([writer.firstTime, writer.lastTime]).toEqual([
          Math.min(...times),
          Math.max(...times),
        ]);
      }),
    );
  });

  it('[T2] takes as few decimals as hold all, also where a late trade needs more', () => {
    const block = (prices: readonly number[]) =>
      encodeTradeBlock(prices.map((price, id) => trade({ id: String(id), price: price as Price })));
    const scaled = block(Array.from({ length: 500 }, (_, index) => 100 + index / 1_000));
    const late = block([...Array.from({ length: 499 }, (_, index) => 100 + index / 100), 100.001]);
    const never = block([...Array.from({ length: 499 }, (_, index) => 100 + index / 100), Math.PI]);
    expect(late.length).toBeLessThan(scaled.length * 1.5);
    expect(never.length).toBeGreaterThan(late.length * 1.5);
  });

  it('[T2] holds 4,096 trades, and refuses none or more as a bug', () => {
    const trades = Array.from({ length: 4_096 }, (_, index) => trade({ id: String(index) }));
    const decoded = decodeTradeBlock(encodeTradeBlock(trades), BTC);
    expect(decoded).toStrictEqual({ ok: true, value: trades });
    expect(() => encodeTradeBlock([])).toThrow('Invariant');
    expect(() => encodeTradeBlock([...trades, trade()])).toThrow('Invariant');
  });

  it('tells count, times and prices without unpacking', () => {
    const bytes = encodeTradeBlock([
      trade({ eventTime: 2_000 as EpochMs, price: 10 as Price }),
      trade({ eventTime: 1_000 as EpochMs, price: 12.5 as Price }),
      trade({ eventTime: 3_000 as EpochMs, price: 11 as Price }),
    ]);
    expect(readBlockHeader(bytes)).toMatchObject({
      ok: true,
      value: { count: 3, firstTime: 1_000, lastTime: 3_000, minimumPrice: 10, maximumPrice: 12.5 },
    });
  });

  it('answers any damage with a failure, never a crash, never other trades', () => {
    const trades = Array.from({ length: 500 }, (_, index) =>
      trade({ id: String(index * 3), price: (100 + (index % 7) / 100) as Price }),
    );
    const whole = encodeTradeBlock(trades);
    fc.assert(
      fc.property(
        fc.nat({ max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (place, flip, isCut) => {
          const bytes = isCut ? whole.slice(0, place) : Uint8Array.from(whole);
          if (!isCut) bytes[place] = (bytes[place] ?? 0) ^ flip;
          expect(decodeTradeBlock(bytes, BTC)).toMatchObject({
            ok: false,
            error: { code: 'invalid_payload' },
          });
          expect(readBlockHeader(bytes).ok).toBe(false);
        },
      ),
    );
  });

  it('answers bytes that are no block with a failure', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeTradeBlock(bytes, BTC).ok).toBe(false);
      }),
    );
  });
});

const RECORDING = fileURLToPath(
  new URL('../../../../shared/data/binance-recordings/spot-btcusdt.gz', import.meta.url),
);

function recordedTrades(): Trade[] {
  const lines = gunzipSync(readFileSync(RECORDING)).toString().split('\n');
  return lines
    .filter((line) => line.includes('@trade"'))
    .map((line) => {
      const space = line.indexOf(' ');
      const { data } = JSON.parse(line.slice(space + 1));
      return trade({
        id: String(data.t),
        price: Number(data.p) as Price,
        size: Number(data.q) as Size,
        aggressorSide: data.m ? 'sell' : 'buy',
        eventTime: data.T,
        receivedTime: Number(line.slice(0, space - 6)) as EpochMs,
      });
    });
}

describe.skipIf(!existsSync(RECORDING))('trade block on spot-btcusdt.gz of shared/data', () => {
  it('[T2] takes at most 3 bytes a trade, without loss', ({ annotate }) => {
    const trades = recordedTrades();
    let bytes = 0;
    for (let start = 0; start < trades.length; start += 4_096) {
      const slice = trades.slice(start, start + 4_096);
      const block = encodeTradeBlock(slice);
      bytes += block.length;
      expect(decodeTradeBlock(block, BTC)).toStrictEqual({ ok: true, value: slice });
    }
    expect(trades).toHaveLength(9_757);
    void annotate(`${(bytes / trades.length).toFixed(3)} bytes a trade`);
    expect(bytes / trades.length).toBeLessThanOrEqual(3);
  });
});
