import { describe, expect, it } from 'vitest';
import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import { fail } from '#contract/errors.ts';
import type { Push } from '#contract/pushes.ts';
import { storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { BotSync } from './bot-sync.ts';
import { createStores } from './stores.ts';

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

  it('takes in what another window has changed of a bot, and nothing else of it', async () => {
    const listed: unknown[] = [bot('b1')];
    const { transport, stores, frame, context } = storesOnHub(createStores(), requests(listed));
    const sync = new BotSync(context);
    transport.connect();
    await frame();
    const other = { ...bot('b1').config, name: 'named elsewhere' };
    listed.splice(0, 1, { ...bot('b1'), config: other, status: status('b1', '7') });
    await sync.renew();
    await frame();
    const { bots } = stores.bots.getState();
    expect(bots['b1']).toMatchObject({ config: other, status: { equity: '1' } });
  });

  it('has other bots where another window has put one in the place of one', async () => {
    const listed: unknown[] = [bot('b1'), bot('b2')];
    const { transport, stores, frame, context } = storesOnHub(createStores(), requests(listed));
    const sync = new BotSync(context);
    transport.connect();
    await frame();
    listed.splice(1, 1, bot('b3'));
    await sync.renew();
    await frame();
    expect(Object.keys(stores.bots.getState().bots)).toEqual(['b1', 'b3']);
    expect(sync.isFollowed('b2')).toBe(false);
  });

  it('looks again, once, where the channels of a bot have ended: it was removed elsewhere', async () => {
    const listed: unknown[] = [bot('b1'), bot('b2')];
    const { transport, stores, frame, context } = storesOnHub(createStores(), requests(listed));
    new BotSync(context);
    transport.connect();
    await frame();
    listed.pop();
    const denied = fail('access_denied', 'Access denied');
    transport.answer('subscribe', () => denied);
    transport.calls.length = 0;
    for (const topic of ['status', 'positions', 'trades', 'orders']) {
      const payload = { channel: `bot:b2:${topic}`, seq: 1, timestamp: 1 };
      transport.push({ event: 'ended', payload } as unknown as Push);
    }
    await frame();
    await frame();
    expect(Object.keys(stores.bots.getState().bots)).toEqual(['b1']);
    const asked = transport.callsOf('request').map((call) => (call as { method: string }).method);
    expect(asked.filter((method) => method === 'bots.list')).toHaveLength(1);
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
