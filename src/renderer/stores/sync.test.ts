import { describe, expect, it } from 'vitest';
import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import type { Push } from '#contract/pushes.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Notification } from '#domain/notification.ts';
import { EMPTY_WATCHLIST } from '#domain/watchlist.ts';
import { subscribeReply } from '#tests/fakes/fake-hub-transport.ts';
import { settled, storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { BotSync } from './bot-sync.ts';
import { syncConnection } from './connection-sync.ts';
import { syncMarket } from './market-sync.ts';
import { syncNotifications } from './notification-sync.ts';
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

const status = (botId: string, equity: string) => ({
  botId,
  state: 'running',
  pausedBy: null,
  error: null,
  reason: null,
  equity,
  cash: '1',
  realizedPnl: '0',
  unrealizedPnl: '0',
  fees: '0',
  drawdown: '0',
  maxDrawdown: '0',
  pnlToday: '0',
  openOrders: 0,
  fillCount: 0,
  lastFillTime: null,
});
const bot = (id: string) => ({
  config: {
    id,
    name: id,
    strategy: 'grid',
    instrumentId: 'demo:A/Q',
    params: {},
    initialCash: '1',
    makerFeeBps: 0,
    takerFeeBps: 0,
    ...DEFAULT_BOT_SETTINGS,
    createdTime: 1,
    archivedTime: null,
  },
  status: status(id, '1'),
  position: {
    botId: id,
    instrumentId: 'demo:A/Q',
    quantity: '0',
    cost: '0',
    averagePrice: null,
    realizedPnl: '0',
    fees: '0',
    updatedTime: 1,
    unrealizedPnl: '0',
  },
});
const fill = (id: string, eventTime: number) => ({
  id,
  botId: 'b1',
  orderId: 'o',
  instrumentId: 'demo:A/Q',
  side: 'buy',
  quantity: '1',
  price: '1',
  fee: '0',
  feeCurrency: 'Q',
  liquidity: 'maker',
  realizedPnl: '0',
  eventTime,
});

const order = (botId: string) => ({
  ...{ id: `o-${botId}`, botId, instrumentId: 'demo:A/Q', type: 'limit', side: 'buy' },
  ...{ quantity: '1', limitPrice: '1', status: 'accepted', filledQuantity: '0' },
  ...{ reason: null, createdTime: 1, updatedTime: 1 },
});

describe('BotSync', () => {
  const requests = (bots: unknown[]) => ({
    'bots.list': () => ({ bots }),
    'fills.list': () => ({ items: [fill('f2', 2), fill('f1', 1)], nextBefore: null }),
    'orders.list': () => ({ items: [], nextBefore: null }),
  });

  it('shows each fill once, from the list and from the channel', async () => {
    const { transport, stores, frame, context } = storesOnHub(
      createStores(),
      requests([bot('b1')]),
    );
    new BotSync(context);
    transport.connect();
    await frame();
    await frame();
    const push = (seq: number, id: string): Push =>
      ({
        event: 'bot:trade',
        payload: {
          channel: 'bot:b1:trades',
          seq,
          timestamp: 1,
          botId: 'b1',
          trade: fill(id, seq + 1),
        },
      }) as unknown as Push;
    transport.push(push(1, 'f2'), push(2, 'f3'));
    await frame();
    expect(stores.bots.getState().bots['b1']?.fills.map(({ id }) => id)).toEqual([
      'f3',
      'f2',
      'f1',
    ]);
  });

  it('[H4] comes back to a thousand bots in few messages', async () => {
    const bots = Array.from({ length: 1_000 }, (_, index) => bot(`b${index}`));
    const { transport, stores, frame, context } = storesOnHub(createStores(), {
      ...requests(bots),
      'orders.list': (params) => {
        const isFirst = !(params as { before?: string }).before;
        return { items: [order(isFirst ? 'b1' : 'b2')], nextBefore: isFirst ? 'more' : null };
      },
    });
    new BotSync(context);
    transport.connect();
    await frame();
    transport.lose();
    transport.calls.length = 0;
    transport.connect();
    for (let turn = 0; turn < 5; turn += 1) await frame();
    expect(transport.callsOf('subscribe')).toEqual([]);
    expect(transport.callsOf('subscribe:many').length).toBeLessThanOrEqual(100);
    expect(transport.callsOf('request').length).toBeLessThanOrEqual(5);
    const { bots: shown, botIds } = stores.bots.getState();
    expect(botIds).toHaveLength(1_000);
    expect(['b0', 'b1', 'b2'].map((id) => shown[id]?.openOrders.length)).toEqual([0, 1, 1]);
  });

  it('[T4] leaves nothing of a bot that is forgotten to whoever looks in the same moment', async () => {
    const { transport, stores, frame, context } = storesOnHub(
      createStores(),
      requests([bot('b1')]),
    );
    const sync = new BotSync(context);
    transport.connect();
    await frame();
    await frame();
    expect(stores.bots.getState().bots['b1']?.fills).toHaveLength(2);
    sync.forget('b1');
    expect(stores.bots.getState().bots['b1']).toBeUndefined();
    await frame();
    expect(stores.bots.getState().botIds).toEqual([]);
  });

  it('takes up changes of the list at the next connection', async () => {
    const bots = [bot('b1')];
    const { transport, stores, frame, context } = storesOnHub(createStores(), requests(bots));
    const sync = new BotSync(context);
    transport.connect();
    await frame();
    bots.splice(0, 1, bot('b2'));
    transport.lose();
    transport.connect();
    await frame();
    expect(stores.bots.getState().botIds).toEqual(['b2']);
    expect(sync.isFollowed('b1')).toBe(false);
    sync.stop();
    expect(sync.isFollowed('b2')).toBe(false);
  });
});

describe('syncNotifications', () => {
  const CHANNEL = 'user:owner:notifications';
  const notification = (id: string, createdTime: number) => ({
    id,
    kind: 'fill',
    severity: 'info',
    title: id,
    body: '',
    source: {},
    read: false,
    createdTime,
  });
  const push = (seq: number): Push =>
    ({
      event: 'notification',
      payload: { channel: CHANNEL, seq, timestamp: 1, ...notification(`n${seq}`, seq) },
    }) as unknown as Push;
  const requests = {
    'notifications.list': () => ({ items: [notification('n1', 1)], nextBefore: null, unread: 1 }),
    'notifications.markRead': () => ({ unread: 0 }),
  };

  function startNotifications(others: Parameters<typeof storesOnHub>[1] = {}) {
    const base = storesOnHub(createStores(), { ...requests, ...others });
    base.transport.answer('subscribe', ({ since }) =>
      since === undefined
        ? subscribeReply(CHANNEL, { offset: 1, pushes: [push(1)] })
        : subscribeReply(CHANNEL, { offset: 3, recovered: true, pushes: [push(3)] }),
    );
    base.transport.connect();
    const raised: Notification[] = [];
    const sync = syncNotifications(base.context, 'owner', (one) => raised.push(one));
    return { ...base, sync, raisedIds: () => raised.map((one) => one.id) };
  }

  it('[N1] raises what is new, once and before the next frame, and nothing of before', async () => {
    const { transport, raisedIds } = startNotifications();
    await settled();
    expect(raisedIds()).toEqual([]);
    transport.push(push(2), push(2));
    expect(raisedIds()).toEqual(['n2']);
  });

  it('[B4] raises what was missed while the connection was lost', async () => {
    const { transport, raisedIds } = startNotifications();
    await settled();
    transport.push(push(2));
    transport.lose();
    transport.connect();
    await settled();
    expect(raisedIds()).toEqual(['n2', 'n3']);
  });

  it('knows from the list what was read before the page, though the channel tells it as it was', async () => {
    const read = { ...notification('n1', 1), read: true };
    const { stores, frame } = startNotifications({
      'notifications.list': () => ({ items: [read], nextBefore: null, unread: 0 }),
    });
    await frame();
    await frame();
    expect(stores.notifications.getState()).toMatchObject({
      unread: 0,
      items: [{ id: 'n1', read: true }],
    });
  });

  it('counts the unread and marks them by the hub’s answer', async () => {
    const { transport, stores, frame, sync } = startNotifications();
    await frame();
    transport.push(push(2));
    await frame();
    expect(stores.notifications.getState()).toMatchObject({
      unread: 2,
      items: [{ id: 'n2' }, { id: 'n1' }],
    });
    await sync.markRead();
    await frame();
    expect(stores.notifications.getState()).toMatchObject({
      unread: 0,
      items: [{ read: true }, { read: true }],
    });
  });

  it('[B2] takes over what was read in another window, as it is told', async () => {
    const { transport, stores, frame } = startNotifications();
    await frame();
    transport.push(push(2), push(3));
    const read = (seq: number, ids: string[] | null, unread: number) =>
      transport.push({
        event: 'notification:read',
        payload: { channel: CHANNEL, seq, timestamp: 1, ids, unread },
      } as Push);
    read(4, ['n2'], 2);
    await frame();
    expect(stores.notifications.getState()).toMatchObject({
      unread: 2,
      items: [{ read: false }, { id: 'n2', read: true }, { read: false }],
    });
    read(5, null, 0);
    transport.push(push(6));
    await frame();
    expect(stores.notifications.getState()).toMatchObject({
      unread: 1,
      items: [{ id: 'n6', read: false }, { read: true }, { read: true }, { read: true }],
    });
  });
});

describe('syncConnection', () => {
  it('shows a loss at once, and keeps what was known', async () => {
    const info = { version: '1', protocol: 1, mode: 'serve', userId: 'owner', startedTime: 1 };
    const { transport, stores, context } = storesOnHub(createStores(), {
      'system.info': () => info,
    });
    syncConnection(context);
    transport.connect();
    await settled();
    transport.lose();
    expect(stores.connection.getState()).toMatchObject({ connection: { kind: 'lost' }, info });
  });
});
