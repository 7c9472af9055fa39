import { describe, expect, it } from 'vitest';
import type { Publishable } from '#contract/publications.ts';
import type { Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Notification } from '#domain/notification.ts';
import { DeckEdge } from './deck-edge.ts';
import { tradeAt } from './replay-source.fixture.ts';

const ID = 'binance:BTC/USDT:USDT' as InstrumentId;
const SHOWN = 'd7_binance:BTC/USDT:USDT';

function tradeItem(index: number): Publishable {
  const event = tradeAt(ID, 1_000 + index, String(index));
  if (event.kind !== 'trade') throw new Error('it is a trade');
  return { of: 'trade', trade: event.trade };
}
const candleItem = (tradeCount: number): Publishable => ({
  ...{ of: 'candle', instrumentId: ID, interval: '1m' },
  candle: { tradeCount } as Candle,
});
const NOTIFICATION: Publishable = {
  ...{ of: 'notification', userId: 'owner', notification: { id: 'n' } as Notification },
};

function edgeOf(asksForNotifications = false) {
  const published: Publishable[] = [];
  const notified: Notification[] = [];
  const edge = new DeckEdge({
    deckId: 'd7',
    publish: (item) => published.push(item),
    notify: asksForNotifications ? (notification) => notified.push(notification) : null,
  });
  return { edge, published, notified };
}

describe('the edge of a deck', () => {
  it('[T4] lets everything out under the deck’s names', () => {
    const { edge, published } = edgeOf();
    edge.publish(tradeItem(0));
    edge.publish(candleItem(1));
    expect(published).toMatchObject([
      { of: 'trade', trade: { instrumentId: SHOWN, id: '0' } },
      { of: 'candle', instrumentId: SHOWN },
    ]);
  });

  it('[T4] keeps in what would touch live, and notifies only where that was asked for', () => {
    const quiet = edgeOf();
    quiet.edge.publish(NOTIFICATION);
    quiet.edge.publish({ of: 'balance', userId: 'owner', balances: [] });
    expect([quiet.published, quiet.notified]).toEqual([[], []]);
    const { edge, published, notified } = edgeOf(true);
    edge.publish(NOTIFICATION);
    expect([published, notified]).toEqual([[], [{ id: 'n' }]]);
  });

  it('publishes after a seek the newest only: values once, runs by their last hundred', () => {
    const { edge, published, notified } = edgeOf(true);
    edge.hold();
    for (let index = 0; index < 1_000; index += 1) {
      edge.publish(tradeItem(index));
      edge.publish(candleItem(index));
      edge.publish(NOTIFICATION);
    }
    expect(published).toEqual([]);
    edge.release();
    const trades = published.flatMap((item) => (item.of === 'trade' ? [item.trade.id] : []));
    expect(trades).toEqual(Array.from({ length: 100 }, (_, index) => String(900 + index)));
    expect(published.filter(({ of }) => of === 'candle')).toMatchObject([
      { candle: { tradeCount: 999 } },
    ]);
    expect(notified).toEqual([]);
    edge.publish(tradeItem(1_000));
    expect(published.at(-1)).toMatchObject({ trade: { id: '1000' } });
  });
});
