import { describe, expect, it } from 'vitest';
import { type Result, succeed } from '#contract/errors.ts';
import type { Instrument } from '#domain/instrument.ts';
import { exchangeHandlers } from './exchange-requests.ts';

const searches: unknown[] = [];
const handlers = exchangeHandlers({
  exchanges: {
    exchanges: async () => succeed([{ id: 'kraken', name: 'Kraken' }]),
    search: async (...asked): Promise<Result<readonly Instrument[]>> => {
      searches.push(asked);
      return succeed([]);
    },
  },
});

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

  it('searches the demo’s instruments here, those of others where ccxt is', async () => {
    const search = handlers['instruments.search'];
    const demo = await search({ exchange: 'demo', text: 'eth', limit: 20 });
    expect(demo.ok && demo.value.instruments.map(({ symbol }) => symbol)).toEqual(['ETH/USDT']);
    expect(await search({ exchange: 'kraken', text: 'BTC', limit: 3 })).toMatchObject({ ok: true });
    expect(searches).toEqual([['kraken', 'BTC', 3]]);
    expect(await search({ exchange: 'deriv', text: 'R', limit: 3 })).toMatchObject({ ok: false });
  });
});
