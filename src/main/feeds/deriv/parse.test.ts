import { describe, expect, it } from 'vitest';
import {
  listingsReader,
  parseDerivText,
  readCandles,
  readHistory,
  readOpeningTimes,
  readTick,
  readTime,
} from './parse.ts';

const reasonOf = (parsed: { ok: boolean; reason?: string }) => (parsed.ok ? 'fine' : parsed.reason);

describe('parseDerivText', () => {
  it('reads what is around a message, with and without the legacy echo', () => {
    const legacy = parseDerivText(
      '{"echo_req":{"ticks":"R_50"},"msg_type":"tick","req_id":3,"subscription":{"id":"s"},"tick":{}}',
    );
    expect(legacy).toMatchObject({
      value: { kind: 'tick', requestId: 3, subscriptionId: 's', error: null },
    });
    expect(parseDerivText('{"msg_type":"ping","ping":"pong"}')).toMatchObject({
      value: { kind: 'ping', requestId: null, subscriptionId: null },
    });
  });

  it('reads an error with and without the kind of what failed', () => {
    const error = { code: 'RateLimit', message: 'Too many.' };
    expect(parseDerivText(JSON.stringify({ error, msg_type: 'ticks', req_id: 1 }))).toMatchObject({
      value: { kind: 'ticks', error },
    });
    expect(parseDerivText(JSON.stringify({ error }))).toMatchObject({ value: { kind: '', error } });
  });

  it.each([
    ['{"msg_type":', 'not valid JSON'],
    ['[]', 'message: '],
    ['null', 'message: '],
    ['{"tick":{}}', 'neither msg_type nor error'],
    ['{"msg_type":"tick","req_id":"1"}', '(req_id)'],
  ])('[F5] rejects %s', (text, reason) => {
    expect(reasonOf(parseDerivText(text))).toContain(reason);
  });
});

describe('readTick', () => {
  const tick = {
    ask: 963.3054,
    bid: 963.2054,
    epoch: 1_745_675_528,
    quote: 963.2554,
    symbol: 'R_50',
  };

  it('reads price, bid, ask and second', () => {
    expect(readTick({ tick: { ...tick, pip_size: 4, id: 'x' } })).toEqual({
      ok: true,
      value: {
        symbol: 'R_50',
        price: 963.2554,
        bidPrice: 963.2054,
        askPrice: 963.3054,
        eventTime: 1_745_675_528_000,
      },
    });
  });

  it('does without bid and ask, and takes the newer spelling of the symbol', () => {
    const { ask: _ask, bid: _bid, symbol, ...rest } = tick;
    expect(readTick({ tick: { ...rest, underlying_symbol: symbol } })).toMatchObject({
      value: { symbol: 'R_50', bidPrice: null, askPrice: null },
    });
  });

  it.each([
    [{ quote: '963.2554' }, 'tick.quote'],
    [{ quote: 0 }, 'tick.quote'],
    [{ quote: Number.NaN }, 'tick.quote'],
    [{ bid: -1 }, 'tick.bid'],
    [{ epoch: 1_745_675_528.5 }, 'tick.epoch'],
    [{ epoch: 1_745_675_528_000 }, 'not in epoch seconds'],
    [{ symbol: undefined }, 'no symbol'],
  ])('[F5] rejects %j', (change, reason) => {
    expect(reasonOf(readTick({ tick: { ...tick, ...change } }))).toContain(reason);
  });
});

describe('listingsReader', () => {
  const legacy = {
    symbol: 'R_50',
    display_name: 'Volatility 50',
    pip: 0.0001,
    exchange_is_open: 1,
  };
  const newer = { underlying_symbol: 'frxEURUSD', pip_size: 0.00001, exchange_is_open: 0 };
  const read = listingsReader(new Set(['R_50', 'frxEURUSD']));

  it('reads both spellings', () => {
    const offer = read({ active_symbols: [legacy, newer] });
    if (!offer.ok) throw new Error(offer.reason);
    expect([...offer.value.listings.values()]).toEqual([
      { symbol: 'R_50', priceIncrement: 0.0001, isOpen: true },
      { symbol: 'frxEURUSD', priceIncrement: 0.00001, isOpen: false },
    ]);
  });

  it('knows the others by name only, whatever they carry', () => {
    const offer = read({ active_symbols: [{ symbol: 'NEW', pip: 'odd' }, legacy] });
    expect(offer).toMatchObject({ ok: true, value: { symbols: ['NEW', 'R_50'] } });
  });

  it('[F5] rejects a wanted one that cannot be read', () => {
    expect(reasonOf(read({ active_symbols: [{ ...legacy, pip: 0 }] }))).toContain('of R_50');
    expect(reasonOf(read({ active_symbols: [{ ...legacy, pip: undefined }] }))).toContain('no pip');
    expect(reasonOf(read({ active_symbols: {} }))).toContain('active_symbols');
  });
});

describe('the past', () => {
  it('reads candles', () => {
    const candle = { epoch: 1_745_675_520, open: 2, high: 3, low: 1, close: 2.5 };
    expect(readCandles({ candles: [candle] })).toEqual({
      ok: true,
      value: [{ openTime: 1_745_675_520_000, open: 2, high: 3, low: 1, close: 2.5 }],
    });
    expect(reasonOf(readCandles({ candles: [{ ...candle, high: 2.4 }] }))).toContain('outside');
    expect(reasonOf(readCandles({ candles: [{ ...candle, low: undefined }] }))).toContain('low');
  });

  it('reads ticks, and refuses prices without their times', () => {
    expect(readHistory({ history: { prices: [1.5, 2], times: [10, 12] } })).toEqual({
      ok: true,
      value: [
        { eventTime: 10_000, price: 1.5 },
        { eventTime: 12_000, price: 2 },
      ],
    });
    const uneven = { history: { prices: [1.5], times: [10, 12] } };
    expect(reasonOf(readHistory(uneven))).toContain('differ in number');
  });

  it('reads the time', () => {
    expect(readTime({ time: 12 })).toEqual({ ok: true, value: 12_000 });
    expect(reasonOf(readTime({ time: '12' }))).toContain('time');
  });

  it('reads when markets open, in both spellings; a day without trading has none', () => {
    const symbols = [
      { symbol: 'a', times: { open: ['00:00:00', '12:30:05'], close: ['11:00:00', '20:00:00'] } },
      { underlying_symbol: 'b', times: { open: ['--'], close: ['--'] } },
    ];
    const parsed = readOpeningTimes({
      trading_times: { markets: [{ submarkets: [{ symbols }] }] },
    });
    if (!parsed.ok) throw new Error(parsed.reason);
    expect([...parsed.value]).toEqual([
      ['a', [0, 45_005_000]],
      ['b', []],
    ]);
  });
});
