import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { BookMirror } from './book-mirror.ts';
import { isExchangeTime, PLAIN_SCALE, scaleOf, shown } from './market-scale.ts';
import { readCandle } from './read-candle.ts';
import { readQuote, readTrade } from './read-market.ts';

const SPOT = { linear: undefined, inverse: undefined, contractSize: undefined };
const LINEAR = { linear: true, inverse: false, contractSize: 1, contract: true };
const CRUDE = 'binance:CL/USDT:USDT' as InstrumentId;
const TIME = 1_587_398_400_000 as EpochMs;

describe('scaleOf', () => {
  it.each([
    ['spot', { ...SPOT, contract: false }, false],
    ['what is not known', undefined, false],
    ['a future or perpetual', LINEAR, true],
    ['one whose lowest price is told as below zero', withLowest(-500), true],
    ['one whose lowest price is told as above zero', withLowest(556.8), false],
    ['one whose lowest price is told as zero', withLowest(0), false],
    ['an inverse one', { ...LINEAR, linear: false, inverse: true, contractSize: 100 }, false],
    ['an option', { ...LINEAR, option: true }, false],
  ])('%s may fall below zero: %#', (_, market, mayFall) => {
    expect(scaleOf(market).isPrice(-37.63)).toBe(mayFall);
    expect(scaleOf(market).isPrice(37.63)).toBe(true);
  });

  it.each([0, -0, Number.NaN, Number.NEGATIVE_INFINITY, '5', null, undefined])(
    'never takes %s for a price',
    (value) => {
      expect(scaleOf(LINEAR).isPrice(value)).toBe(false);
      expect(PLAIN_SCALE.isPrice(value)).toBe(false);
    },
  );

  it('passes the prices of crude oil on 20 April 2020, as they were', () => {
    const scale = scaleOf(LINEAR);
    const trade = { id: '1', price: -37.63, amount: 2, side: 'sell' as const, timestamp: TIME };
    expect(readTrade(trade, CRUDE, TIME, scale)).toMatchObject({
      ok: true,
      value: { price: -37.63 },
    });
    const ticker = { bid: -38, bidVolume: 1, ask: -37.5, askVolume: 3 };
    expect(readQuote(ticker, CRUDE, TIME, scale)).toMatchObject({
      value: { bidPrice: -38, askPrice: -37.5 },
    });
    expect(readCandle([TIME, 1.2, 1.5, -40.32, -37.63, 10], scale)).toMatchObject({
      value: { low: -40.32, close: -37.63 },
    });
    const book = {
      bids: [
        [-38, 1],
        [-40, 1],
      ],
      asks: [
        [-37.5, 3],
        [0.5, 1],
      ],
    };
    expect(new BookMirror(CRUDE, 10, scale).update(book, TIME)).toMatchObject({
      event: { snapshot: book },
    });
    expect(readTrade(trade, CRUDE, TIME)).toMatchObject({ ok: false });
  });
});

function withLowest(min: number) {
  return { ...LINEAR, limits: { price: { min, max: undefined } } };
}

describe('isExchangeTime', () => {
  it.each([
    [1_723_161_255_342, true],
    [1_723_161_255, false],
    [1_723_161_255_342_000, false],
    [0, false],
    [Number.NaN, false],
    ['1723161255342', false],
  ])('%s: %s', (value, isTime) => expect(isExchangeTime(value)).toBe(isTime));
});

describe('shown', () => {
  it.each([
    [Object.create(null), 'object'],
    [Symbol('x'), 'Symbol(x)'],
    ['x'.repeat(1_000), `${'x'.repeat(40)}…`],
    [undefined, 'undefined'],
    [-0.5, '-0.5'],
  ])('says anything in a few words', (value, words) => expect(shown(value)).toBe(words));
});
