import { describe, expect, it } from 'vitest';
import { valueIncrement } from './value-increment.ts';

describe('how fine an indicator’s values are', () => {
  it('is as fine as the prices that it is drawn over', () => {
    expect([valueIncrement('sma', 1e-8), valueIncrement('vwap', 0.5)]).toEqual([1e-8, 0.5]);
  });

  it('is a hundredth of a ratio, whatever the price', () => {
    expect([valueIncrement('rsi', 1e-8), valueIncrement('roc', 0.5)]).toEqual([0.01, 0.01]);
  });

  it('is no coarser than the price where it tells a difference of prices', () => {
    expect([valueIncrement('macd', 1e-8), valueIncrement('atr', 1e-8)]).toEqual([1e-8, 1e-8]);
    expect([valueIncrement('macd', 0.5), valueIncrement('atr', 0.01)]).toEqual([0.01, 0.01]);
  });
});
