import { describe, expect, it } from 'vitest';
import type { Push } from '#contract/pushes.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { EMPTY_WATCHLIST } from '#domain/watchlist.ts';
import { storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { syncMarket } from './market-sync.ts';
import { createStores } from './stores.ts';
import { TickerSync } from './ticker-sync.ts';

const instrument = (id: string) => ({
  id: `demo:${id}`,
  exchange: 'demo',
  symbol: id,
  base: 'B',
  quote: 'Q',
  priceIncrement: 0.01,
  sizeIncrement: 0.01,
  ...{ minNotional: null, makerFeeBps: null, takerFeeBps: null },
});
const ticker = (seq: number, price: number): Push =>
  ({
    event: 'price:update',
    payload: {
      channel: 'price:public',
      seq,
      timestamp: 1,
      symbol: 'demo:A/Q',
      price,
      bid: null,
      ask: null,
      volume: 1,
      change24h: 0,
      high24h: 1,
      low24h: 1,
      eventTime: 60_000,
    },
  }) as unknown as Push;

describe('syncMarket', () => {
  const requests = {
    'watchlist.get': () => ({
      instruments: [instrument('A/Q'), instrument('B/Q')],
      groups: EMPTY_WATCHLIST,
    }),
    'candles.get': () => ({ candles: [] }),
  };

  it('selects the first instrument and applies a frame’s ticks in one update', async () => {
    const { transport, stores, frame, context } = storesOnHub(createStores(), requests);
    syncMarket(context, new TickerSync(context));
    transport.connect();
    await frame();
    expect(stores.selections.default.getState().selectedInstrumentId).toBe('demo:A/Q');
    let updates = 0;
    stores.market.subscribe(() => {
      updates += 1;
    });
    transport.push(ticker(1, 10), ticker(2, 11), ticker(3, 12));
    expect(updates).toBe(0);
    await frame();
    expect(updates).toBe(1);
    expect(Object.values(stores.market.getState().tickers)).toMatchObject([{ price: 12 }]);
  });

  it('asks for the watchlist again when a feed brings an instrument that it lacks', async () => {
    const { transport, frame, context } = storesOnHub(createStores(), requests);
    syncMarket(context, new TickerSync(context));
    transport.connect();
    await frame();
    const asked = () =>
      transport.callsOf('request').filter((call) => JSON.stringify(call).includes('watchlist.get'));
    expect(asked()).toHaveLength(1);
    const status = {
      id: 'f',
      exchange: 'demo',
      spec: 'demo',
      state: { kind: 'live' },
      ...{ lagMs: null, clockOffsetMs: null, clockUncertaintyMs: null, lastGap: null },
      instruments: [{ id: 'demo:C/Q', state: { kind: 'live' }, lastEventTime: null }],
      tradesPerMinute: 0,
      reconnects: 0,
      rejected: 0,
      rejectedSamples: [],
    };
    transport.push({
      event: 'feed:status',
      payload: { channel: 'feeds', seq: 1, timestamp: 1, feeds: [status] },
    } as unknown as Push);
    await frame();
    expect(asked()).toHaveLength(2);
  });

  it('takes over the order that another window made', async () => {
    const { transport, stores, frame, context } = storesOnHub(createStores(), requests);
    syncMarket(context, new TickerSync(context));
    transport.connect();
    await frame();
    const ids = ['demo:B/Q', 'demo:A/Q'] as InstrumentId[];
    const groups = [{ id: 'main', name: '', isCollapsed: false, instrumentIds: ids }];
    transport.push({
      event: 'watchlist:update',
      payload: { channel: 'watchlist', seq: 1, timestamp: 1, groups },
    } as unknown as Push);
    expect(stores.instruments.getState().watchlist?.map(({ id }) => id)).toEqual(ids);
  });

  it('asks for the last hour of what is on screen, at every connection', async () => {
    const { transport, frame, context } = storesOnHub(createStores(), requests);
    const tickers = new TickerSync(context);
    syncMarket(context, tickers);
    transport.connect();
    await frame();
    const asked = () =>
      transport.callsOf('request').filter((call) => JSON.stringify(call).includes('candles.get'));
    expect(asked()).toHaveLength(0);
    const hide = tickers.showSparkline('demo:A/Q' as InstrumentId);
    await frame();
    expect(asked()).toHaveLength(1);
    transport.lose();
    transport.connect();
    await frame();
    expect(asked()).toHaveLength(2);
    hide();
    transport.lose();
    transport.connect();
    await frame();
    expect(asked()).toHaveLength(2);
  });

  it('leaves no subscription behind when it ends', async () => {
    const { transport, frame, context } = storesOnHub(createStores(), requests);
    const end = syncMarket(context, new TickerSync(context));
    transport.connect();
    await frame();
    end();
    const channelsOf = (event: 'subscribe' | 'unsubscribe') =>
      transport.callsOf(event).map((call) => (call as { channel: string }).channel);
    expect(channelsOf('subscribe')).not.toEqual([]);
    expect(channelsOf('unsubscribe')).toEqual(expect.arrayContaining(channelsOf('subscribe')));
  });
});
