import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Price, Size } from '#domain/units.ts';
import { inferIncrements } from './infer-instrument.ts';
import { tradeAt } from './replay-source.fixture.ts';

const ID = 'binance:BTC/USDT:USDT' as InstrumentId;

function incrementsOf(pairs: readonly (readonly [price: number, size: number])[]) {
  const trades = pairs.flatMap(([price, size]) => {
    const event = tradeAt(ID, 1_000, 'x');
    return event.kind === 'trade'
      ? [{ ...event.trade, price: price as Price, size: size as Size }]
      : [];
  });
  const { priceIncrement, sizeIncrement } = inferIncrements(ID, trades);
  return [priceIncrement, sizeIncrement];
}

describe('an instrument of which only trades are known', () => {
  it('has the decimals that its trades have', () => {
    expect(
      incrementsOf([
        [61_711.9, 0.002],
        [61_712, 1],
      ]),
    ).toEqual([0.1, 0.001]);
    expect(incrementsOf([[0.00000123, 12]])).toEqual([1e-8, 1]);
  });

  it('leaves room to order in hundredths where nothing has a size, as ticks have none', () => {
    expect(incrementsOf([[100.5, 0]])).toEqual([0.1, 0.01]);
    expect(incrementsOf([])).toEqual([1, 0.01]);
  });

  it('does not follow one odd print in a thousand', () => {
    const usual = Array.from({ length: 2_000 }, () => [100.25, 0.5] as const);
    expect(incrementsOf([...usual, [100.123456, 0.5]])).toEqual([0.01, 0.1]);
  });

  it('is named by its id', () => {
    expect(inferIncrements(ID, [])).toMatchObject({
      ...{ exchange: 'binance', symbol: 'BTC/USDT:USDT', base: 'BTC', quote: 'USDT' },
    });
  });
});
