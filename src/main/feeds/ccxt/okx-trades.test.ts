import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';
import { fetchOkxTrades, idsWithin } from './okx-trades.ts';

describe('fetchOkxTrades', () => {
  /** Two trades a millisecond, ids counting up, told as OKX does: the last ones older than a cursor. */
  const all = Array.from({ length: 1_000 }, (_, index) => ({
    id: String(5_000 + index),
    timestamp: 1_700_000_000_000 + Math.floor(index / 2),
  }));
  const fetchTrades = async (
    _symbol: string,
    _since?: number,
    limit = 100,
    params: Record<string, unknown> = {},
  ) => {
    const { type, after } = params;
    const isOlder = ({ id, timestamp }: (typeof all)[number]) =>
      after === undefined || (type === '2' ? timestamp : Number(id)) < Number(after);
    return all.filter(isOlder).slice(-limit);
  };
  const requests = { fetchTrades } as unknown as Pick<CcxtExchange, 'fetchTrades'>;
  const time = (index: number) => all[index]?.timestamp as EpochMs;

  it('pages backwards through a stretch longer than a page, and misses none', async () => {
    const question = { symbol: 'BTC/USDT', fromTime: time(200), toTime: time(700) };
    const fetched = await fetchOkxTrades({ requests }, question);
    const ids = new Set(fetched.map(({ id }) => id));
    for (let index = 200; index <= 701; index++) expect(ids).toContain(all[index]?.id);
    expect(fetched.some(({ timestamp }) => (timestamp ?? 0) < time(200))).toBe(true);
    expect(fetched.some(({ timestamp }) => (timestamp ?? 0) > time(700))).toBe(true);
    expect(fetched).toHaveLength(1 + 600);
  });

  it('ends where the exchange knows no more', async () => {
    const question = { symbol: 'BTC/USDT', fromTime: 0 as EpochMs, toTime: time(150) };
    const fetched = await fetchOkxTrades({ requests }, question);
    expect(fetched).toHaveLength(1 + 152);
  });
});

describe('idsWithin', () => {
  it('names the single trades that an aggregated one stands for, but for its own', () => {
    expect(idsWithin({ id: '338476310', info: { count: '3' } })).toEqual([
      '338476309',
      '338476308',
    ]);
  });

  it.each([
    ['of one', { id: '7', info: { count: '1' } }],
    ['without a count', { id: '7', info: {} }],
    ['with a count that is no number', { id: '7', info: { count: 'many' } }],
    ['with a count beyond belief', { id: '7', info: { count: '1000000' } }],
    ['with an id that is no number', { id: 'a7', info: { count: '3' } }],
    ['without an id', { id: undefined, info: { count: '3' } }],
  ])('names none for a trade %s', (_, trade) => {
    expect(idsWithin(trade)).toEqual([]);
  });
});
