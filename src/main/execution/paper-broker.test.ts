import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecimalString, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import { type Instrument, type InstrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { type BookLevel, OrderBook } from '#domain/order-book.ts';
import { flatPosition } from '#domain/position.ts';
import type { Quote } from '#domain/quote.ts';
import type { Side } from '#domain/side.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { PaperBroker } from './paper-broker.ts';

const TIME = 1_700_000_000_000 as EpochMs;
const instrument: Instrument = {
  id: 'demo:BTC/USDT' as InstrumentId,
  exchange: 'demo',
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  priceIncrement: 0.1,
  sizeIncrement: 0.001,
  ...UNKNOWN_TERMS,
};
const text = (value: string) => value as DecimalString;

function open(fees = { makerFeeBps: 10, takerFeeBps: 20 }) {
  const market = {
    book: new OrderBook(instrument.id),
    quote: null as Quote | null,
    lastTrade: null as Trade | null,
  };
  const broker = new PaperBroker({
    botId: 'bot',
    instrument,
    fees,
    market,
    state: {
      cash: decimal(10_000),
      position: flatPosition('bot', instrument.id, TIME),
      openOrders: [],
      orderSequence: 0,
      fillSequence: 0,
    },
  });
  const show = (bids: BookLevel[], asks: BookLevel[]) => {
    const snapshot = {
      instrumentId: instrument.id,
      bids,
      asks,
      sequence: 1,
      eventTime: TIME,
      receivedTime: TIME,
    };
    market.book.applySnapshot(snapshot);
    broker.onEvent({ kind: 'bookSnapshot', snapshot }, TIME);
  };
  const print = (price: number, size: number, aggressorSide: Side) => {
    const trade: Trade = {
      instrumentId: instrument.id,
      id: '1',
      price: price as Price,
      size: size as Size,
      aggressorSide,
      eventTime: TIME,
      receivedTime: TIME,
    };
    market.lastTrade = trade;
    broker.onEvent({ kind: 'trade', trade } satisfies MarketEvent, TIME);
  };
  const limit = (side: Side, quantity: string, limitPrice: string) =>
    broker.place(
      { type: 'limit', side, quantity: text(quantity), limitPrice: text(limitPrice) },
      TIME,
    );
  const marketOrder = (side: Side, quantity: string) =>
    broker.place({ type: 'market', side, quantity: text(quantity) }, TIME);
  const fills = () => broker.takeChanges().flatMap(({ fill }) => (fill ? [fill] : []));
  return { broker, market, show, print, limit, marketOrder, fills };
}

describe('market orders', () => {
  it('walk the book level by level, paying the taker fee', () => {
    const { show, marketOrder, fills, broker } = open();
    show(
      [[99, 1]],
      [
        [100, 0.4],
        [101, 5],
      ],
    );
    expect(marketOrder('buy', '1')).toMatchObject({ status: 'filled', filledQuantity: '1' });
    expect(
      fills().map(({ price, quantity, fee, liquidity }) => [price, quantity, fee, liquidity]),
    ).toEqual([
      ['100', '0.4', '0.08', 'taker'],
      ['101', '0.6', '0.1212', 'taker'],
    ]);
    expect(toDecimalString(broker.cash)).toBe('9899.1988');
  });

  it('cancel what the book cannot fill', () => {
    const { show, marketOrder } = open();
    show([[99, 0.2]], [[100, 1]]);
    expect(marketOrder('sell', '0.5')).toMatchObject({ status: 'canceled', filledQuantity: '0.2' });
  });

  it('without a book take the quote, and worse beyond its size', () => {
    const { market, marketOrder, fills } = open();
    market.quote = {
      instrumentId: instrument.id,
      bidPrice: 99 as Price,
      bidSize: 1 as Size,
      askPrice: 100 as Price,
      askSize: 0.5 as Size,
      eventTime: null,
      receivedTime: TIME,
    };
    marketOrder('buy', '2');
    expect(fills().map(({ price, quantity }) => [price, quantity])).toEqual([
      ['100', '0.5'],
      ['100.1', '1.5'],
    ]);
  });

  it('with nothing but a last trade pay half a spread', () => {
    const { print, marketOrder, fills } = open();
    print(100, 1, 'buy');
    marketOrder('sell', '1');
    expect(fills()[0]).toMatchObject({ price: '99.9', quantity: '1' });
  });

  it('with no market at all fill nothing', () => {
    expect(open().marketOrder('buy', '1')).toMatchObject({
      status: 'canceled',
      filledQuantity: '0',
    });
  });
});

describe('limit orders', () => {
  it('rest behind the size that their level shows, and fill in part as prints pass it', () => {
    const { show, limit, print, fills, broker } = open();
    show([[99, 2]], [[100, 1]]);
    expect(limit('buy', '1', '99').status).toBe('accepted');
    print(99, 1.5, 'sell');
    expect(fills()).toEqual([]);
    print(99, 0.8, 'sell');
    expect(fills()).toMatchObject([{ quantity: '0.3', price: '99', liquidity: 'maker' }]);
    expect(broker.openOrders).toMatchObject([{ status: 'partiallyFilled', filledQuantity: '0.3' }]);
    print(99, 5, 'sell');
    expect(fills()).toMatchObject([{ quantity: '0.7' }]);
    expect(broker.openOrders).toEqual([]);
  });

  it('are not filled at their price by the other side’s aggressor', () => {
    const { show, limit, print, fills } = open();
    show([[99, 0]], [[100, 1]]);
    limit('buy', '1', '99');
    print(99, 5, 'buy');
    expect(fills()).toEqual([]);
  });

  it('fill whole when the market trades through them', () => {
    const { show, limit, print, fills } = open();
    show([[99, 50]], [[100, 1]]);
    limit('buy', '1', '99');
    print(98.9, 0.001, 'sell');
    expect(fills()).toMatchObject([{ quantity: '1', price: '99' }]);
  });

  it('move up when the size ahead of them is cancelled', () => {
    const { show, limit, print, fills } = open();
    show([[99, 5]], [[100, 1]]);
    limit('buy', '1', '99');
    show([[99, 0.5]], [[100, 1]]);
    print(99, 1, 'sell');
    expect(fills()).toMatchObject([{ quantity: '0.5' }]);
  });

  it('fill when the opposite touch comes to their price', () => {
    const { show, limit, fills } = open();
    show([[99, 5]], [[100, 1]]);
    limit('sell', '1', '101');
    show([[101, 2]], [[102, 1]]);
    expect(fills()).toMatchObject([{ quantity: '1', price: '101', liquidity: 'maker' }]);
  });

  it('that are marketable take first, and do not take the same liquidity twice', () => {
    const { show, limit, fills, broker } = open();
    show(
      [[99, 5]],
      [
        [100, 0.4],
        [102, 1],
      ],
    );
    limit('buy', '1', '100');
    expect(fills()).toMatchObject([{ quantity: '0.4', price: '100', liquidity: 'taker' }]);
    show(
      [[99, 5]],
      [
        [100, 0.4],
        [102, 1],
      ],
    );
    expect(fills()).toEqual([]);
    expect(broker.openOrders).toMatchObject([{ filledQuantity: '0.4' }]);
    show([[100, 5]], [[102, 1]]);
    show(
      [[99, 5]],
      [
        [100, 0.4],
        [102, 1],
      ],
    );
    expect(fills()).toMatchObject([{ quantity: '0.6', liquidity: 'maker' }]);
  });

  it('of ours at one level share a print instead of each getting all of it', () => {
    const { show, limit, print, fills } = open();
    show([[98, 1]], [[100, 1]]);
    limit('buy', '1', '99');
    limit('buy', '1', '99');
    print(99, 1.2, 'sell');
    expect(fills().map(({ orderId, quantity }) => [orderId, quantity])).toEqual([
      ['bot-1', '1'],
      ['bot-2', '0.2'],
    ]);
  });

  it('can be cancelled once', () => {
    const { show, limit, broker } = open();
    show([[98, 1]], [[100, 1]]);
    const { id } = limit('buy', '1', '99');
    expect(broker.cancel(id, TIME, 'no longer wanted')).toMatchObject({ status: 'canceled' });
    expect(broker.cancel(id, TIME, 'no longer wanted')).toBeUndefined();
  });
});

describe('refusals', () => {
  it.each([
    ['0', '99', 'not positive'],
    ['-1', '99', 'not positive'],
    ['0.0005', '99', 'not a multiple of 0.001'],
    ['1', '99.05', 'not a multiple of 0.1'],
  ])('rejects quantity %s at %s: %s', (quantity, price, why) => {
    const order = open().limit('buy', quantity, price);
    expect(order.status).toBe('rejected');
    expect(order.reason).toContain(why);
  });

  it('tells every transition of an order in order', () => {
    const { show, marketOrder, broker } = open();
    show(
      [[99, 1]],
      [
        [100, 0.4],
        [101, 5],
      ],
    );
    marketOrder('buy', '1');
    expect(broker.takeChanges().map(({ order }) => order.status)).toEqual([
      'submitted',
      'accepted',
      'partiallyFilled',
      'filled',
    ]);
  });
});

describe('after any order flow', () => {
  const side = fc.constantFrom('buy' as const, 'sell' as const);
  const tenths = fc.integer({ min: 950, max: 1_050 });
  const lots = fc.integer({ min: 1, max: 3_000 });
  const step = fc.oneof(
    fc.record({ do: fc.constant('limit' as const), side, tenths, lots }),
    fc.record({ do: fc.constant('market' as const), side, tenths, lots }),
    fc.record({ do: fc.constant('print' as const), side, tenths, lots }),
    fc.record({ do: fc.constant('show' as const), side, tenths, lots }),
  );

  it('[X1] cash, position and fees balance, and each order’s fills add up to what it says', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const { broker, limit, marketOrder, print, show } = open();
        for (const { do: action, side, tenths, lots } of steps) {
          const price = (tenths / 10).toFixed(1);
          const quantity = (lots / 1_000).toFixed(3);
          if (action === 'limit') limit(side, quantity, price);
          else if (action === 'market') marketOrder(side, quantity);
          else if (action === 'print') print(tenths / 10, lots / 1_000, side);
          else show([[(tenths - 1) / 10, lots / 1_000]], [[tenths / 10, lots / 500]]);
        }
        const changes = broker.takeChanges();
        const filledByOrder = new Map<string, ReturnType<typeof decimal>>();
        for (const { fill } of changes) {
          if (!fill) continue;
          const before = filledByOrder.get(fill.orderId) ?? ZERO;
          filledByOrder.set(fill.orderId, before.plus(fill.quantity));
        }
        const last = new Map(changes.map(({ order }) => [order.id, order]));
        for (const order of last.values()) {
          const filled = filledByOrder.get(order.id) ?? ZERO;
          expect(toDecimalString(filled)).toBe(order.filledQuantity);
          expect(filled.lte(order.quantity)).toBe(true);
        }
        const { position } = broker;
        const balance = broker.cash.plus(position.cost).plus(position.fees);
        expect(toDecimalString(balance.minus(position.realizedPnl))).toBe('10000');
      }),
    );
  });
});
