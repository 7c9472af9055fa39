import { describe, expect, it } from 'vitest';
import { traitsOf } from './exchange-traits.ts';

describe('traitsOf', () => {
  const typesOf = (exchange: string, symbols: readonly string[]) =>
    traitsOf(exchange).optionsFor?.(symbols);

  it.each([
    ['okx', ['BTC/USDT'], ['spot']],
    ['okx', ['ETH/USDT', 'BTC/USDT:USDT', 'BTC/USDT'], ['spot', 'swap']],
    ['okx', ['BTC/USD:BTC-220527'], ['future']],
    ['okx', ['BTC/USD:BTC-220527-30000-C'], ['option']],
    ['bybit', ['BTC/USDT'], ['spot']],
    ['bybit', ['BTC/USDT:USDT', 'BTC/USD:BTC'], ['inverse', 'linear']],
    ['bybit', ['BTC/USDT:USDT-220527-30000-C'], ['option']],
  ])('asks %s for the markets of %j only', (exchange, symbols, types) => {
    expect(typesOf(exchange, symbols)).toEqual({ fetchMarkets: { types } });
  });

  it('asks for all markets where nothing is known of what is wanted', () => {
    expect(typesOf('okx', [])).toEqual({});
    expect(typesOf('bybit', [])).toEqual({});
  });

  it('knows nothing of an exchange that needs nothing', () => {
    expect(traitsOf('gate')).toEqual({});
  });
});
