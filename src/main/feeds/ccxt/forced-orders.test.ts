import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import {
  binanceForcedOrders,
  bybitForcedOrders,
  type ForcedOrder,
  okxForcedOrders,
  readLiquidation,
  tellsLiquidations,
} from './forced-orders.ts';
import { scaleOf } from './market-scale.ts';

const ID = 'x:BTC/USDT:USDT' as InstrumentId;
const TIME = 1_739_502_302_929;
const RECEIVED = (TIME + 5) as EpochMs;
/** As ccxt 4.5 makes them of what the exchanges send. */
const told = (price: number, contracts: number, side: 'buy' | 'sell', info: unknown) => ({
  ...{ price, contracts, side, timestamp: TIME, info },
});

describe('the forced orders of an exchange', () => {
  it('of Binance are as large as all that was filled, at its average price', () => {
    const info = { s: 'BTCUSDT', S: 'SELL', q: '1.437', ap: '34959.70', l: '0.437', z: '1.437' };
    expect(binanceForcedOrders(told(34_959.7, 0.437, 'sell', info))).toEqual([
      { side: 'sell', price: 34_959.7, amount: 1.437, timestamp: TIME },
    ]);
  });

  it('of Bybit are told by the position that was closed: a long one is sold', () => {
    const info = { T: TIME, s: 'ROSEUSDT', S: 'Buy', v: '20000', p: '0.04499' };
    expect(bybitForcedOrders(told(0.04499, 20_000, 'buy', info))).toEqual([
      { side: 'sell', price: 0.04499, amount: 20_000, timestamp: TIME },
    ]);
    expect(bybitForcedOrders(told(0.04499, 1, 'sell', info))[0]?.side).toBe('buy');
  });

  it('of OKX come several at once', () => {
    const order = (side: string, sz: string) => ({
      ...{ bkLoss: '0', bkPx: '0.007831', ccy: '', posSide: 'short', side, sz, ts: String(TIME) },
    });
    const info = { details: [order('buy', '13'), order('sell', '2')], instId: 'IOST-USDT-SWAP' };
    expect(okxForcedOrders(told(0.007831, 13, 'buy', info))).toEqual([
      { side: 'buy', price: 0.007831, amount: 13, timestamp: TIME },
      { side: 'sell', price: 0.007831, amount: 2, timestamp: TIME },
    ]);
    expect(okxForcedOrders(told(1, 1, 'buy', { details: 'none' }))).toEqual([]);
  });

  it('are promised of contracts that somebody can read, and of nothing else', () => {
    expect(tellsLiquidations(binanceForcedOrders, { contract: true, option: false })).toBe(true);
    expect(tellsLiquidations(binanceForcedOrders, { contract: false, option: false })).toBe(false);
    expect(tellsLiquidations(okxForcedOrders, { contract: true, option: true })).toBe(false);
    expect(tellsLiquidations(undefined, { contract: true, option: false })).toBe(false);
  });
});

describe('a liquidation', () => {
  const sound: ForcedOrder = { side: 'sell', price: 5, amount: 3, timestamp: TIME };
  const inverse = scaleOf({ inverse: true, linear: false, contractSize: 10 });

  it('has its size in the base currency', () => {
    expect(readLiquidation(sound, ID, RECEIVED, inverse)).toEqual({
      ok: true,
      value: {
        ...{ instrumentId: ID, side: 'sell', price: 5, size: 6 },
        ...{ eventTime: TIME, receivedTime: RECEIVED },
      },
    });
  });

  it.each([
    ['price', 0, 'the price 0 is not a price'],
    ['amount', Number.NaN, 'the size NaN is not a size'],
    ['side', 'Buy', 'has no side'],
    ['timestamp', 1_739_502_302, 'is not in epoch milliseconds'],
  ])('[F5] is refused with a bad %s', (field, value, reason) => {
    const read = readLiquidation({ ...sound, [field]: value }, ID, RECEIVED, inverse);
    expect(read).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});
