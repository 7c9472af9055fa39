import { describe, expect, it } from 'vitest';
import { channelOf, type Publishable } from '#contract/publications.ts';
import { pushSchemas } from '#contract/pushes.ts';
import { EMPTY_WATCHLIST } from '#domain/watchlist.ts';
import {
  SAMPLE_ID,
  SAMPLE_TIME,
  sampleBook,
  sampleCandle,
  sampleFill,
  sampleLog,
  sampleNotification,
  sampleOrder,
  samplePosition,
  sampleStatus,
  sampleTicker,
  sampleTrade,
} from '#tests/fakes/publications.ts';
import type { Delivery } from '../dependencies.ts';
import { encodeDelivery } from './encode-push.ts';

/** A delivery of these, with offsets from 11. */
const deliveryOf = (...items: Publishable[]): Delivery => ({
  channel: items[0] ? channelOf(items[0]) : '',
  epoch: 'e',
  prevOffset: 10,
  publications: items.map((data, index) => ({ offset: 11 + index, timestamp: SAMPLE_TIME, data })),
});

describe('encodeDelivery', () => {
  it.each([
    ['price:update', sampleTicker(100)],
    ['trade:new', sampleTrade(1)],
    ['orderbook:update', sampleBook('snapshot', 1, { bids: [[1, 2]] })],
    ['candle:update', sampleCandle(0)],
    ['bot:status', sampleStatus('b1', 'running')],
    ['bot:trade', sampleFill('f1')],
    ['bot:position', samplePosition()],
    ['bot:order', sampleOrder('o1')],
    ['bot:log', sampleLog('hello')],
    ['notification', sampleNotification('n1', 'owner')],
    [
      'notification:read',
      { of: 'notificationsRead', userId: 'owner', ids: ['n1'], unread: 2 } satisfies Publishable,
    ],
    ['feed:status', { of: 'feeds', feeds: [] } satisfies Publishable],
    ['watchlist:update', { of: 'watchlist', groups: EMPTY_WATCHLIST } satisfies Publishable],
    ['backtest:removed', { of: 'backtestRemoved', backtestId: 'b1' } satisfies Publishable],
    ['tape:jobs', { of: 'tapeJobs', jobs: [] } satisfies Publishable],
  ] as const)('makes a %s that is exactly what the contract says', (event, item) => {
    const [push, ...more] = encodeDelivery(deliveryOf(item));
    expect(more).toEqual([]);
    expect(push?.event).toBe(event);
    expect(push?.payload).toMatchObject({ channel: channelOf(item), seq: 11 });
    expect(pushSchemas[event].strict().parse(push?.payload)).toEqual(push?.payload);
  });

  it('puts all trades of a run into one push, with what came before them', () => {
    const pushes = encodeDelivery(deliveryOf(sampleTrade(1), sampleTrade(2), sampleTrade(3)));
    expect(pushes).toHaveLength(1);
    expect(pushes[0]?.payload).toMatchObject({
      prevSeq: 10,
      seq: 13,
      symbol: SAMPLE_ID,
      trades: [{ id: '1' }, { id: '2' }, { id: '3', side: 'buy', timestamp: SAMPLE_TIME }],
    });
  });

  it('gives each publication of a stream its own push and offset', () => {
    const pushes = encodeDelivery(deliveryOf(sampleLog('a'), sampleLog('b')));
    expect(pushes.map((push) => push.payload.seq)).toEqual([11, 12]);
  });
});

describe('order books', () => {
  it('merges deltas: the last write of a level wins', () => {
    const pushes = encodeDelivery(
      deliveryOf(
        sampleBook('delta', 1, { bids: [[100, 1]], asks: [[101, 1]] }),
        sampleBook('delta', 2, { bids: [[100, 0]] }),
        sampleBook('delta', 3, { bids: [[99, 4]], asks: [[101, 2]] }),
      ),
    );
    expect(pushes).toHaveLength(1);
    const expected = { kind: 'delta', prevSeq: 10, seq: 13, sequence: 3, asks: [[101, 2]] };
    expect(pushes[0]?.payload).toMatchObject({
      ...expected,
      bids: [
        [100, 0],
        [99, 4],
      ],
    });
  });

  it('a snapshot makes what came before it worthless; the deltas after it follow it', () => {
    const pushes = encodeDelivery(
      deliveryOf(
        sampleBook('delta', 1, { bids: [[1, 1]] }),
        sampleBook('snapshot', 2, { bids: [[100, 1]] }),
        sampleBook('delta', 3, { bids: [[100, 2]] }),
      ),
    );
    expect(pushes.map((push) => push.payload)).toMatchObject([
      { kind: 'snapshot', prevSeq: 10, seq: 12, sequence: 2, bids: [[100, 1]] },
      { kind: 'delta', prevSeq: 12, seq: 13, sequence: 3, bids: [[100, 2]] },
    ]);
  });

  it('a lost book is told although deltas came before it', () => {
    const pushes = encodeDelivery(deliveryOf(sampleBook('delta', 1), sampleBook('lost', null)));
    expect(pushes.map((push) => push.payload)).toMatchObject([
      { kind: 'lost', prevSeq: 10, seq: 12, sequence: null },
    ]);
  });
});

it('tells volumes as the sums that they are, and not as doubles add them', () => {
  const candle = sampleCandle(0);
  const ticker = sampleTicker(100);
  if (candle.of !== 'candle' || ticker.of !== 'ticker') throw new Error('samples');
  const [of, sum] = [0.1 + 0.2, 0.7 + 0.1];
  const noisy = { ...candle, candle: { ...candle.candle, volume: of, buyVolume: sum } };
  expect(encodeDelivery(deliveryOf(noisy))).toMatchObject([
    { payload: { candle: { volume: 0.3, buyVolume: 0.8 } } },
  ]);
  const told = encodeDelivery(deliveryOf({ ...ticker, ticker: { ...ticker.ticker, volume: of } }));
  expect(told).toMatchObject([{ payload: { volume: 0.3 } }]);
});
