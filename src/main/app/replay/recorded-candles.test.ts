import { describe, expect, it } from 'vitest';
import { CANDLE_INTERVALS, type Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import { type EpochMs, MAX_EPOCH_MS, type Price, type Size } from '#domain/units.ts';
import { MarketData } from '#main/market/market-data.ts';
import { SeededRandom } from '#tests/fuzz/random.ts';
import { RecordedCandles } from './recorded-candles.ts';

const ID = 'a:X/USDT' as InstrumentId;
const START = 1_700_006_370_000;
const EVER = { fromTime: 0 as EpochMs, toTime: MAX_EPOCH_MS as EpochMs };

/** Now and then late, by less than the market remembers. */
function walk(count: number): readonly Trade[] {
  const random = new SeededRandom(3);
  const below = (limit: number) => Math.floor(limit * random.next());
  let time = START;
  return Array.from({ length: count }, (_, index): Trade => {
    time += below(900);
    const eventTime = (time - (below(10) === 0 ? below(5_000) : 0)) as EpochMs;
    return {
      ...{ instrumentId: ID, id: `${index}`, eventTime, receivedTime: eventTime },
      // Of a binary fraction, so that it adds up the same in any order.
      ...{ price: (100 + below(64)) as Price, size: ((1 + below(64)) / 16) as Size },
      aggressorSide: below(2) === 0 ? 'buy' : 'sell',
    };
  });
}

const closed = (candles: readonly Candle[]) =>
  candles.map((candle) => ({ ...candle, isClosed: true }));

describe('the candles of a recording', () => {
  const trades = walk(4_000);
  const candles = new RecordedCandles();
  const market = new MarketData(null);
  for (const trade of trades) {
    candles.add(trade);
    market.apply({ kind: 'trade', trade });
  }

  it.each(CANDLE_INTERVALS)('of %s are those of a market that saw it', (interval) => {
    const known = market.of(ID).candles(interval, 10_000);
    expect(known.length).toBeGreaterThan(0);
    expect(candles.list(ID, interval, EVER)).toEqual(closed(known));
  });

  it('are those that opened in the range, whole', () => {
    const fromTime = (START + 61_000) as EpochMs;
    const toTime = (START + 400_000) as EpochMs;
    for (const interval of ['1s', '1m', '5m'] as const) {
      const inRange = candles
        .list(ID, interval, EVER)
        .filter(({ openTime }) => openTime >= fromTime && openTime < toTime);
      expect(inRange.length).toBeGreaterThan(0);
      expect(candles.list(ID, interval, { fromTime, toTime })).toEqual(inRange);
    }
  });

  it('are all there, however many, and a straggler finds its second', () => {
    const [some] = walk(1);
    if (!some) throw new Error('there is a trade');
    const long = new RecordedCandles();
    const put = (afterMs: number) =>
      long.add({ ...some, eventTime: (START + afterMs) as EpochMs, size: 1 as Size });
    for (let second = 0; second < 12_000; second++) put(second * 1_000);
    put(5_999);
    const seconds = long.list(ID, '1s', EVER);
    expect(seconds).toHaveLength(12_000);
    expect(seconds.filter(({ volume }) => volume !== 1)).toMatchObject([
      { openTime: START + 5_000, volume: 2, tradeCount: 2, isClosed: true },
    ]);
    expect(seconds.at(-1)).toMatchObject({ openTime: START + 11_999_000, isClosed: true });
    expect(long.volumes(ID)).toHaveLength(12_000);
  });

  it('tell the volume of each second, and nothing of what is not in it', () => {
    const total = trades.reduce((sum, { size }) => sum + size, 0);
    const volumes = candles.volumes(ID);
    expect(volumes.reduce((sum, { volume }) => sum + volume, 0)).toBe(total);
    expect(volumes[0]?.time).toBeLessThanOrEqual(START + 900);
    expect(candles.volumes('b:Y/USDT' as InstrumentId)).toEqual([]);
    expect(candles.list('b:Y/USDT' as InstrumentId, '1m', EVER)).toEqual([]);
  });
});
