import { describe, expect, it } from 'vitest';
import { parameterUnit } from './parameter-unit.ts';

describe('the unit of a parameter', () => {
  it.each([
    ['base', 'BTC'],
    ['quote', 'USDT'],
    ['bps', 'bps'],
    ['', ''],
  ])('%j of BTC/USDT is %j', (unit, shown) => {
    expect(parameterUnit(unit, { base: 'BTC', quote: 'USDT' })).toBe(shown);
  });
});
