import { describe, expect, it } from 'vitest';
import type { FeedStatus } from '#contract/model.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { removalOf, specOf } from './feed-symbols.ts';

const feed = (spec: string, ...ids: string[]) =>
  ({ id: spec, spec, instruments: ids.map((id) => ({ id })) }) as unknown as FeedStatus;
const remove = (one: FeedStatus, id: string) => removalOf([one], id as InstrumentId);

describe('removalOf', () => {
  it('takes one symbol away from a feed that has others', () => {
    const kraken = feed('ccxt:kraken:BTC/USD, ETH/USD', 'kraken:BTC/USD', 'kraken:ETH/USD');
    expect(remove(kraken, 'kraken:BTC/USD')).toMatchObject({
      kind: 'symbol',
      spec: 'ccxt:kraken:ETH/USD',
    });
    const swap = feed('ccxt:bybit:BTC/USDT:USDT,BTC/USDT', 'bybit:BTC/USDT:USDT', 'bybit:BTC/USDT');
    expect(remove(swap, 'bybit:BTC/USDT:USDT')).toMatchObject({ spec: 'ccxt:bybit:BTC/USDT' });
    const deriv = feed('deriv:R_100,R_50', 'deriv:R_100', 'deriv:R_50');
    expect(remove(deriv, 'deriv:R_50')).toMatchObject({ spec: 'deriv:R_100' });
  });

  it('takes the feed away with its last symbol, and where it cannot be divided', () => {
    expect(remove(feed('deriv:R_100', 'deriv:R_100'), 'deriv:R_100')).toMatchObject({
      kind: 'feed',
    });
    expect(remove(feed('demo', 'demo:A/B', 'demo:C/D'), 'demo:A/B')).toMatchObject({
      kind: 'feed',
    });
    expect(remove(feed('replay:a,b.gz', 'replay:A/B'), 'replay:A/B')).toMatchObject({
      kind: 'feed',
    });
  });

  it('knows of nothing to do where no feed carries it', () => {
    expect(removalOf([], 'demo:A/B' as InstrumentId)).toBeUndefined();
  });
});

describe('specOf', () => {
  it('is what the hub reads', () => {
    expect(specOf('kraken', ['BTC/USD', 'ETH/USD'])).toBe('ccxt:kraken:BTC/USD,ETH/USD');
    expect(specOf('deriv', ['R_100'])).toBe('deriv:R_100');
    expect(specOf('demo', [])).toBe('demo');
  });
});
