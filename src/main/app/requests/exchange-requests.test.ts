import { describe, expect, it } from 'vitest';
import { type Result, succeed } from '#contract/errors.ts';
import type { Instrument } from '#domain/instrument.ts';
import { exchangeHandlers } from './exchange-requests.ts';

const instrument = (id: string) =>
  ({ id, symbol: id.slice(id.indexOf(':') + 1) }) as unknown as Instrument;

const searches: unknown[] = [];
const handlers = exchangeHandlers({
  exchanges: {
    exchanges: async () => succeed([{ id: 'kraken', name: 'Kraken' }]),
    search: async (...asked): Promise<Result<readonly Instrument[]>> => {
      searches.push(asked);
      return succeed([]);
    },
    searchKnown: async () => succeed([instrument('kraken:BTC/EUR'), instrument('kraken:BTC/USD')]),
  },
  derivMarkets: {
    search: async (text) => succeed([instrument(`deriv:${text}`)]),
    searchKnown: () => [instrument('deriv:cryBTCUSD')],
  },
  watchlist: { instruments: () => [instrument('kraken:BTC/USD'), instrument('demo:BTC/USDT')] },
});
const search = handlers['instruments.search'];
const idsOf = async (found: ReturnType<typeof search>) => {
  const answer = await found;
  return answer.ok ? answer.value.instruments.map(({ id }) => id) : answer;
};

describe('exchangeHandlers', () => {
  it('lists our own exchanges first, each with how a spec of it begins', async () => {
    expect(await handlers['exchanges.list']()).toEqual({
      ok: true,
      value: {
        exchanges: [
          { id: 'demo', name: 'Demo', specPrefix: 'demo' },
          { id: 'deriv', name: 'Deriv', specPrefix: 'deriv:' },
          { id: 'kraken', name: 'Kraken', specPrefix: 'ccxt:kraken:' },
        ],
      },
    });
  });

  it('searches the demo’s instruments here, those of others where they are known', async () => {
    expect(await idsOf(search({ exchange: 'demo', text: 'eth', limit: 20 }))).toEqual([
      'demo:ETH/USDT',
    ]);
    expect(await search({ exchange: 'kraken', text: 'BTC', limit: 3 })).toMatchObject({ ok: true });
    expect(searches).toEqual([['kraken', 'BTC', 3]]);
    expect(await idsOf(search({ exchange: 'deriv', text: 'R_100', limit: 3 }))).toEqual([
      'deriv:R_100',
    ]);
  });

  it('searches without an exchange what is watched first, then what is known, each once', async () => {
    expect(await idsOf(search({ text: 'btc', limit: 20 }))).toEqual([
      'kraken:BTC/USD',
      'demo:BTC/USDT',
      'kraken:BTC/EUR',
      'deriv:cryBTCUSD',
    ]);
    expect(await idsOf(search({ text: 'btc', limit: 2 }))).toHaveLength(2);
    expect(await idsOf(search({ text: 'kraken btc eur', limit: 20 }))).toEqual(['kraken:BTC/EUR']);
  });
});
