import { describe, expect, it } from 'vitest';
import { parseBinanceText } from './parse.ts';

const frame = (stream: string, data: unknown) =>
  JSON.stringify({ stream: `btcusdt@${stream}`, data });

const TRADE = {
  ...{ e: 'trade', E: 1723161255343, s: 'BTCUSDT', t: 3735683259, p: '61837.63000000' },
  ...{ q: '0.02000000', T: 1723161255342, m: true, M: true },
};
const TICKER = {
  ...{ u: 50093239212, s: 'BTCUSDT', b: '61837.63000000', B: '3.78826000' },
  ...{ a: '61837.64000000', A: '1.54698000' },
};
const DEPTH = {
  ...{ e: 'depthUpdate', E: 1723161255308, s: 'BTCUSDT', U: 10, u: 20 },
  ...{ b: [['55653.87000000', '0.00000000']], a: [['61838.04000000', '0.32332000']] },
};

describe('parseBinanceText', () => {
  it('reads a trade; the buyer being the maker means that the aggressor sold', () => {
    expect(parseBinanceText(frame('trade', TRADE))).toEqual({
      ok: true,
      value: {
        kind: 'trade',
        market: 'spot',
        symbol: 'BTCUSDT',
        id: '3735683259',
        price: 61837.63,
        size: 0.02,
        aggressorSide: 'sell',
        eventTime: 1723161255342,
      },
    });
    expect(parseBinanceText(frame('trade', { ...TRADE, m: false }))).toMatchObject({
      value: { aggressorSide: 'buy' },
    });
  });

  it('reads an aggregated trade by its own id', () => {
    expect(parseBinanceText(frame('aggTrade', { ...TRADE, a: 7, t: undefined }))).toMatchObject({
      value: { kind: 'aggregateTrade', id: '7' },
    });
  });

  it('reads a quote, whose time spot does not send and futures do', () => {
    expect(parseBinanceText(frame('bookTicker', TICKER))).toMatchObject({
      value: {
        kind: 'quote',
        market: 'spot',
        bidPrice: 61837.63,
        askSize: 1.54698,
        eventTime: null,
      },
    });
    expect(parseBinanceText(frame('bookTicker', { ...TICKER, T: 1723161256313 }))).toMatchObject({
      value: { market: 'usdm', eventTime: 1723161256313 },
    });
  });

  it('reads depth with what it removes, and the REST snapshot', () => {
    expect(parseBinanceText(frame('depth@100ms', DEPTH))).toMatchObject({
      value: { kind: 'depth', firstUpdateId: 10, lastUpdateId: 20, bids: [[55653.87, 0]] },
    });
    expect(parseBinanceText('{"lastUpdateId":5,"bids":[["1.0","2"]],"asks":[]}')).toMatchObject({
      value: { kind: 'depthSnapshot', lastUpdateId: 5, bids: [[1, 2]], eventTime: null },
    });
  });

  it('reads a forced order: all of it at its average price, of one symbol or of all', () => {
    const order = {
      s: 'BTCUSDT',
      S: 'SELL',
      q: '0.5',
      p: '9910',
      ap: '9905.5',
      l: '0.2',
      z: '0.5',
    };
    const data = { e: 'forceOrder', E: 1723161255343, o: { ...order, T: 1723161255340 } };
    const value = {
      ...{ kind: 'forcedOrder', symbol: 'BTCUSDT', side: 'sell', price: 9905.5, size: 0.5 },
      eventTime: 1723161255340,
    };
    expect(parseBinanceText(frame('forceOrder', data))).toEqual({ ok: true, value });
    const ofAll = JSON.stringify({ stream: '!forceOrder@arr', data });
    expect(parseBinanceText(ofAll)).toEqual({ ok: true, value });
    for (const [wrong, reason] of [
      [{}, 'o is not an object'],
      [{ o: { ...data.o, S: 'LONG' } }, 'S is not BUY or SELL'],
      [{ o: { ...data.o, z: '0' } }, 'size is zero'],
    ] as const) {
      expect(parseBinanceText(frame('forceOrder', wrong))).toMatchObject({
        reason: expect.stringContaining(reason),
      });
    }
  });

  it('passes over streams that it does not carry and answers to subscriptions', () => {
    expect(parseBinanceText(frame('kline_1m', {}))).toEqual({ ok: true, value: { kind: 'other' } });
    expect(parseBinanceText('{"result":null,"id":1}')).toEqual({
      ok: true,
      value: { kind: 'other' },
    });
  });

  it.each([
    ['{"stream":"btcusdt@tr', 'not valid JSON'],
    ['[1]', 'not a JSON object'],
    ['{"x":1}', 'neither a stream message nor a depth snapshot'],
    ['{"stream":5,"data":{}}', 'stream is not text'],
    ['{"stream":"btcusdt@trade"}', 'btcusdt@trade: data is not an object'],
    [frame('trade', { ...TRADE, s: undefined }), 'no symbol'],
    [frame('trade', { ...TRADE, t: '12' }), 'trade id is not a whole number'],
    [frame('trade', { ...TRADE, t: 2 ** 60 }), 'trade id is not a whole number'],
    [frame('trade', { ...TRADE, p: 'NaN' }), 'trade price is not a decimal'],
    [frame('trade', { ...TRADE, p: 61837.63 }), 'trade price is not a decimal'],
    [frame('trade', { ...TRADE, p: '1e5' }), 'trade price is not a decimal'],
    [frame('trade', { ...TRADE, p: '' }), 'trade price is not a decimal'],
    [frame('trade', { ...TRADE, p: '0.00' }), 'trade price is zero'],
    [frame('trade', { ...TRADE, q: '-1' }), 'trade size is not a decimal'],
    [frame('trade', { ...TRADE, m: 'true' }), 'trade: m is not true or false'],
    [frame('trade', { ...TRADE, T: 1723161255342000 }), 'trade time is not in epoch milliseconds'],
    [frame('bookTicker', { ...TICKER, A: null }), 'ask size is not a decimal'],
    [frame('depth', { ...DEPTH, b: {} }), 'depth bids are not a list'],
    [frame('depth', { ...DEPTH, a: ['1'] }), 'depth asks: a level is not a pair'],
    [frame('depth', { ...DEPTH, a: [['1']] }), 'depth asks: size is not a decimal'],
    [frame('depth', { ...DEPTH, U: 30 }), 'depth update ids are reversed'],
    ['{"lastUpdateId":null,"bids":[],"asks":[]}', 'snapshot update id is not a whole number'],
  ])('[F5] refuses %s', (text, reason) => {
    expect(parseBinanceText(text)).toEqual({ ok: false, reason });
  });
});
