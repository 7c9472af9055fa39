import { describe, expect, it } from 'vitest';
import { toDecimalString } from '#domain/decimal.ts';
import { PaperMarket, START_TIME, text } from './paper-market.fixture.ts';

describe('market orders', () => {
  it('walk the book level by level, paying the taker fee', () => {
    const market = new PaperMarket();
    market.show(
      [[99, 1]],
      [
        [100, 0.4],
        [101, 5],
      ],
    );
    const order = market.market('buy', '1', { why: 'test' });
    expect(order).toMatchObject({ status: 'filled', filledQuantity: '1', why: 'test' });
    const fills = market.takeFills();
    expect(
      fills.map(({ price, quantity, fee, liquidity }) => [price, quantity, fee, liquidity]),
    ).toEqual([
      ['100', '0.4', '0.08', 'taker'],
      ['101', '0.6', '0.1212', 'taker'],
    ]);
    expect(toDecimalString(market.broker.cash)).toBe('9899.1988');
  });

  it('cancel what the book cannot fill', () => {
    const market = new PaperMarket();
    market.show([[99, 0.2]], [[100, 1]]);
    const order = market.market('sell', '0.5');
    expect(order).toMatchObject({ status: 'canceled', filledQuantity: '0.2' });
    expect(order.reason).toContain('not enough liquidity');
  });

  it('do not take the same size twice, until the book changes there', () => {
    const market = new PaperMarket();
    const asks: [number, number][] = [
      [100, 0.4],
      [101, 5],
    ];
    market.show([[99, 1]], asks);
    market.market('buy', '0.3');
    market.market('buy', '0.3');
    expect(market.takeExecutions()).toEqual(['0.3 @ 100', '0.1 @ 100', '0.2 @ 101']);
    market.show([[98, 7]], asks);
    market.market('buy', '0.1');
    expect(market.takeExecutions()).toEqual(['0.1 @ 101']);
    market.show([[99, 1]], [[100, 0.5]]);
    market.market('buy', '0.5');
    expect(market.takeExecutions()).toEqual(['0.5 @ 100']);
  });

  it('without a book take the quote, and worse by the slippage beyond its size', () => {
    const market = new PaperMarket({ terms: { slippageBps: 30 } });
    market.showQuote([99, 1], [100, 0.5]);
    market.market('buy', '2');
    market.market('buy', '1');
    expect(market.takeExecutions()).toEqual(['0.5 @ 100', '1.5 @ 100.3', '1 @ 100.3']);
  });

  it('with nothing but a last trade pay half a spread and the slippage', () => {
    const market = new PaperMarket({ terms: { slippageBps: 49 } });
    market.print(100, 1);
    market.market('sell', '1');
    market.market('buy', '1');
    expect(market.takeExecutions()).toEqual(['1 @ 99.5', '1 @ 100.5']);
  });

  it('with no market at all fill nothing', () => {
    const order = new PaperMarket().market('buy', '1');
    expect(order).toMatchObject({ status: 'canceled', filledQuantity: '0' });
  });
});

describe('limit orders', () => {
  it('fill whole when the market trades through them', () => {
    const market = new PaperMarket();
    market.show([[99, 50]], [[100, 1]]);
    market.limit('buy', '1', '99');
    market.print(98.9, 0.001);
    expect(market.takeFills()).toMatchObject([
      { quantity: '1', price: '99', fee: '0.099', liquidity: 'maker' },
    ]);
  });

  it('are not filled at their price by the other side’s aggressor', () => {
    const market = new PaperMarket();
    market.show([[99, 0]], [[100, 1]]);
    market.limit('buy', '1', '99');
    market.print(99, 5, 'buy');
    expect(market.takeFills()).toEqual([]);
  });

  it('fill when the opposite touch comes to their price, as far as it is there', () => {
    const market = new PaperMarket();
    market.show([[99, 5]], [[100, 1]]);
    market.limit('sell', '3', '101');
    market.show([[101, 2]], [[102, 1]]);
    market.show([[101, 2]], [[103, 1]]);
    expect(market.takeExecutions()).toEqual(['2 @ 101']);
    market.show([[101, 2.5]], [[103, 1]]);
    expect(market.takeExecutions()).toEqual(['1 @ 101']);
  });

  it('that are marketable take first, and do not take the same liquidity twice', () => {
    const market = new PaperMarket();
    const asks: [number, number][] = [
      [100, 0.4],
      [102, 1],
    ];
    market.show([[99, 5]], asks);
    market.limit('buy', '1', '100');
    expect(market.takeFills()).toMatchObject([
      { quantity: '0.4', price: '100', liquidity: 'taker' },
    ]);
    market.show([[99, 5]], asks);
    expect(market.takeFills()).toEqual([]);
    market.show([[100, 5]], [[102, 1]]);
    market.show([[99, 5]], asks);
    expect(market.takeFills()).toMatchObject([{ quantity: '0.4', liquidity: 'maker' }]);
    expect(market.broker.openOrders).toMatchObject([{ filledQuantity: '0.8' }]);
  });

  it('of ours at one level share a print instead of each getting all of it', () => {
    const market = new PaperMarket();
    market.show([[98, 1]], [[100, 1]]);
    market.limit('buy', '1', '99');
    market.limit('buy', '1', '99');
    market.print(99, 1.2);
    expect(market.takeFills().map(({ orderId, quantity }) => [orderId, quantity])).toEqual([
      ['bot-1', '1'],
      ['bot-2', '0.2'],
    ]);
  });

  it('fill in whole lots only', () => {
    const market = new PaperMarket();
    market.show([[98, 1]], [[100, 0.0015]]);
    market.limit('buy', '1', '99');
    market.print(99, 0.0019);
    market.market('buy', '0.005');
    expect(market.takeExecutions()).toEqual(['0.001 @ 99', '0.001 @ 100']);
  });

  it('are filled by a quote without sizes only where it has passed them', () => {
    const market = new PaperMarket();
    market.showQuote([99, 0], [101, 0]);
    market.limit('buy', '1', '100');
    market.showQuote([98, 0], [100, 0]);
    expect(market.takeFills()).toEqual([]);
    market.showQuote([98, 0], [99.9, 0]);
    expect(market.takeExecutions()).toEqual(['1 @ 100']);
  });

  it('that are immediate-or-cancel never rest', () => {
    const market = new PaperMarket();
    market.show([[99, 5]], [[100, 0.4]]);
    const order = market.limit('buy', '1', '100.5', { timeInForce: 'ioc' });
    expect(order).toMatchObject({ status: 'canceled', filledQuantity: '0.4' });
    expect(market.broker.openOrders).toEqual([]);
  });

  it('that are post-only are refused where they would trade at once', () => {
    const market = new PaperMarket();
    market.show([[99, 5]], [[100, 1]]);
    const refused = market.limit('buy', '1', '100', { postOnly: true });
    expect(refused).toMatchObject({ status: 'rejected', filledQuantity: '0' });
    expect(refused.reason).toBe('post-only, and it would buy at once from an ask at 100');
    expect(market.limit('buy', '1', '99.9', { postOnly: true }).status).toBe('accepted');
  });

  it('can be cancelled once', () => {
    const market = new PaperMarket();
    market.show([[98, 1]], [[100, 1]]);
    const { id } = market.limit('buy', '1', '99');
    expect(market.cancel(id)).toMatchObject({ status: 'canceled', reason: 'no longer wanted' });
    expect(market.cancel(id)).toBeUndefined();
  });
});

describe('the place in the queue', () => {
  it('is behind the size that the level shows, and moves as prints pass it', () => {
    const market = new PaperMarket();
    market.show([[99, 2]], [[100, 1]]);
    expect(market.limit('buy', '1', '99').status).toBe('accepted');
    market.print(99, 1.5);
    expect(market.takeFills()).toEqual([]);
    market.print(99, 0.8);
    expect(market.takeFills()).toMatchObject([
      { quantity: '0.3', price: '99', liquidity: 'maker' },
    ]);
    expect(market.broker.openOrders).toMatchObject([
      { status: 'partiallyFilled', filledQuantity: '0.3' },
    ]);
    market.print(99, 5);
    expect(market.takeExecutions()).toEqual(['0.7 @ 99']);
    expect(market.broker.openOrders).toEqual([]);
  });

  it('moves up when the level shows less than stood ahead, and not back when it shows more', () => {
    const market = new PaperMarket();
    market.show([[99, 5]], [[100, 1]]);
    market.limit('buy', '1', '99');
    market.show([[99, 0.5]], [[100, 1]]);
    market.show([[99, 9]], [[100, 1]]);
    market.print(99, 1);
    expect(market.takeExecutions()).toEqual(['0.5 @ 99']);
  });

  it('counts a print once that the book had taken in before it was told', () => {
    const market = new PaperMarket();
    market.show([[99, 5]], [[100, 1]]);
    market.limit('buy', '1', '99');
    const printedTime = market.time;
    market.pass(100);
    market.show([[99, 2]], [[100, 1]]);
    market.print(99, 3, 'sell', printedTime);
    market.pass(100);
    market.print(99, 1.9);
    expect(market.takeFills()).toEqual([]);
    market.print(99, 0.3);
    expect(market.takeExecutions()).toEqual(['0.2 @ 99']);
  });

  it('lets a print reach us that is told after the book which shows what it left', () => {
    const market = new PaperMarket();
    market.show([[99, 2]], [[100, 1]]);
    market.limit('buy', '1', '99');
    const printedTime = market.time;
    market.pass(100);
    market.show([[98, 2]], [[100, 1]]);
    market.print(99, 2.4, 'sell', printedTime);
    expect(market.takeExecutions()).toEqual(['0.4 @ 99']);
  });

  it('is unknown beyond the last level shown: only a trade through it fills', () => {
    const market = new PaperMarket();
    market.show([[99, 1]], [[100, 1]]);
    market.limit('buy', '1', '95');
    market.print(95, 50);
    expect(market.takeFills()).toEqual([]);
    market.show(
      [
        [96, 1],
        [95, 3],
      ],
      [[97, 1]],
    );
    market.print(95, 3.5);
    expect(market.takeExecutions()).toEqual(['0.5 @ 95']);
  });

  it('is unknown where nothing but trades is known', () => {
    const market = new PaperMarket();
    market.print(100, 1);
    market.limit('buy', '1', '99');
    market.print(99, 50);
    market.print(99, 0);
    expect(market.takeFills()).toEqual([]);
    market.print(98.9, 0);
    expect(market.takeExecutions()).toEqual(['1 @ 99']);
  });

  it('stands behind the quote at its price, and first where it betters it', () => {
    const market = new PaperMarket();
    market.showQuote([99, 2], [101, 2]);
    market.limit('buy', '1', '99');
    market.limit('buy', '1', '100');
    market.print(100, 0.4);
    market.print(99, 2.5);
    expect(market.takeExecutions()).toEqual(['0.4 @ 100', '0.6 @ 100', '0.5 @ 99']);
  });
});

describe('a bot’s own orders on both sides', () => {
  it('never trade with each other: what would is canceled, and says with which', () => {
    const market = new PaperMarket();
    market.show([[99, 1]], [[102, 5]]);
    market.limit('sell', '1', '101');
    const buy = market.limit('buy', '1', '101');
    expect(buy).toMatchObject({ status: 'canceled', filledQuantity: '0' });
    expect(buy.reason).toBe('what is left would trade with bot-1, of the same bot, at 101');
    expect(market.market('buy', '1')).toMatchObject({ status: 'canceled', filledQuantity: '0' });
    expect(market.broker.openOrders).toMatchObject([{ id: 'bot-1' }]);
  });

  it('take what others offer before them', () => {
    const market = new PaperMarket();
    market.show(
      [[99, 1]],
      [
        [100, 0.3],
        [101, 0.3],
        [102, 5],
      ],
    );
    market.limit('sell', '1', '101');
    const buy = market.market('buy', '1');
    expect(buy).toMatchObject({ status: 'canceled', filledQuantity: '0.6' });
    expect(market.takeExecutions()).toEqual(['0.3 @ 100', '0.3 @ 101']);
  });
});

describe('every order', () => {
  it('tells each of its states in order', () => {
    const market = new PaperMarket();
    market.show(
      [[99, 1]],
      [
        [100, 0.4],
        [101, 5],
      ],
    );
    market.market('buy', '1');
    expect(market.orders.map(({ status }) => status)).toEqual([
      'submitted',
      'accepted',
      'partiallyFilled',
      'filled',
    ]);
  });

  it('ends at once where all are to end, also what is under way', () => {
    const market = new PaperMarket({ terms: { latencyMs: 50 } });
    market.show([[98, 1]], [[100, 1]]);
    market.limit('buy', '1', '99');
    market.pass(50);
    market.print(99.5, 1);
    market.limit('buy', '1', '98.5');
    market.broker.cancelAll(market.time, 'stopped');
    expect(market.order('bot-1')).toMatchObject({ status: 'canceled', reason: 'stopped' });
    expect(market.order('bot-2')).toMatchObject({ status: 'canceled', reason: 'stopped' });
    expect(market.broker.openOrders).toEqual([]);
    expect(market.broker.state()).toBeUndefined();
  });

  it('may be closed against, here and now, by an order that closes the position', () => {
    const market = new PaperMarket({ terms: { latencyMs: 50 } });
    market.show([[99, 5]], [[100, 5]]);
    market.market('sell', '2');
    market.pass(50);
    market.print(99.5, 1);
    expect(market.broker.position.quantity).toBe('-2');
    const closing = market.broker.closePosition(market.time, 'flatten');
    expect(closing).toMatchObject({ side: 'buy', status: 'filled', why: 'flatten' });
    expect(market.broker.position.quantity).toBe('0');
    expect(market.broker.closePosition(market.time, 'flatten')).toBeUndefined();
  });
});

describe('closing a position', () => {
  it('is not held up by own orders on the other side, nor by what is too little to order', () => {
    const market = new PaperMarket({ instrument: { minNotional: 50 } });
    market.show(
      [
        [99, 0.4],
        [98, 5],
      ],
      [[100, 5]],
    );
    market.market('buy', '0.6');
    market.limit('buy', '1', '99');
    market.limit('sell', '0.6', '105');
    market.takeFills();
    expect(market.broker.closePosition(market.time, 'flatten')?.status).toBe('filled');
    expect(market.takeExecutions()).toEqual(['0.4 @ 99', '0.2 @ 98']);
    expect(market.order('bot-2')).toMatchObject({
      status: 'canceled',
      reason: 'the position is being closed',
    });
    expect(market.broker.openOrders).toMatchObject([{ id: 'bot-3' }]);
  });
});

describe('a bad market', () => {
  it('whose book is crossed is not believed: nothing is filled against it', () => {
    const market = new PaperMarket();
    market.show([[99, 5]], [[101, 5]]);
    market.limit('buy', '1', '100');
    market.show([[103, 5]], [[99.5, 5]]);
    expect(market.takeFills()).toEqual([]);
    expect(market.market('buy', '1')).toMatchObject({ status: 'canceled', filledQuantity: '0' });
    market.print(102, 1);
    market.market('buy', '1');
    expect(market.takeExecutions()).toEqual(['1 @ 102.1']);
  });

  it('has negative prices at times: buyers still pay more, sellers still get less', () => {
    const market = new PaperMarket({ terms: { slippageBps: 99 } });
    market.print(-40, 1);
    market.market('buy', '1');
    market.market('sell', '2');
    expect(market.takeFills().map(({ price, fee }) => [price, fee])).toEqual([
      ['-39.6', '0.0792'],
      ['-40.4', '0.1616'],
    ]);
    const limit = market.limit('buy', '1', '-41');
    market.print(-41.1, 1);
    expect(market.order(limit.id)?.status).toBe('filled');
  });

  it('loses its book, and orders keep their place by what trades', () => {
    const market = new PaperMarket();
    market.show([[99, 2]], [[100, 1]]);
    market.limit('buy', '1', '99');
    market.lose();
    market.print(99, 2.5);
    expect(market.takeExecutions()).toEqual(['0.5 @ 99']);
  });

  it('changes its increments: what is there goes on, and what comes must keep to the new ones', () => {
    const market = new PaperMarket();
    market.show([[98, 1]], [[100, 1]]);
    market.limit('buy', '0.123', '99.1');
    const changed = { ...market.broker.openOrders[0] };
    market.broker.setInstrument({
      ...{ id: 'demo:BTC/USDT', exchange: 'demo', symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT' },
      ...{ priceIncrement: 1, sizeIncrement: 0.1 },
      ...{ minNotional: null, makerFeeBps: null, takerFeeBps: null },
    } as never);
    expect(market.limit('buy', '0.1', '99.1').reason).toContain('not a multiple of 1');
    market.print(99.1, 0.05);
    market.print(99, 5);
    expect(market.order(changed.id ?? '')).toMatchObject({ status: 'filled' });
    expect(market.takeExecutions()).toEqual(['0.123 @ 99.1']);
  });
});

describe('a clock that jumps', () => {
  it('does not hold up what is under way', () => {
    const market = new PaperMarket({ terms: { latencyMs: 50 } });
    market.print(100, 1);
    market.market('buy', '1');
    market.pass(-10);
    market.print(100, 1);
    expect(market.order('bot-1')?.status).toBe('submitted');
    market.pass(-3_600_000);
    market.print(100, 1);
    expect(market.order('bot-1')?.status).toBe('filled');
    market.market('buy', '1');
    market.pass(10 * 86_400_000);
    market.print(101, 1);
    expect(market.order('bot-2')?.status).toBe('filled');
  });
});

describe('latency', () => {
  it('lets the market overtake an order: it meets what is there when it comes', () => {
    const market = new PaperMarket({ terms: { latencyMs: 50 } });
    market.show([[99, 5]], [[100, 5]]);
    expect(market.market('buy', '1').status).toBe('submitted');
    expect(market.broker.openOrders).toMatchObject([{ status: 'submitted' }]);
    market.pass(49);
    market.show([[99, 5]], [[101, 5]]);
    expect(market.takeFills()).toEqual([]);
    market.pass(1);
    market.show([[99, 5]], [[102, 5]]);
    expect(market.takeExecutions()).toEqual(['1 @ 102']);
    expect(market.orders.map(({ status }) => status)).toEqual(['submitted', 'accepted', 'filled']);
    expect(market.order('bot-1')).toMatchObject({
      createdTime: START_TIME,
      updatedTime: START_TIME + 50,
    });
  });

  it('lets an order be filled before its cancel has arrived', () => {
    const market = new PaperMarket({ terms: { latencyMs: 50 } });
    market.show([[98, 5]], [[100, 5]]);
    market.limit('buy', '1', '99');
    market.pass(50);
    market.show([[98, 5]], [[101, 5]]);
    expect(market.cancel('bot-1')).toMatchObject({ status: 'accepted' });
    market.cancel('bot-1');
    market.pass(40);
    market.print(98, 5);
    expect(market.order('bot-1')?.status).toBe('filled');
    market.pass(10);
    market.print(98, 5);
    expect(market.order('bot-1')?.status).toBe('filled');
    expect(market.broker.state()).toBeUndefined();
  });

  it('keeps the order of what was sent: a cancel does not overtake its order', () => {
    const market = new PaperMarket({ terms: { latencyMs: 50 } });
    market.show([[98, 5]], [[100, 5]]);
    market.limit('buy', '1', '99');
    market.pass(10);
    market.cancel('bot-1');
    market.pass(49);
    market.show([[98, 6]], [[100, 5]]);
    expect(market.order('bot-1')?.status).toBe('accepted');
    market.pass(1);
    market.show([[98, 7]], [[100, 5]]);
    expect(market.order('bot-1')).toMatchObject({
      status: 'canceled',
      reason: 'no longer wanted',
    });
  });

  it('refuses at once what no market would take', () => {
    const market = new PaperMarket({ terms: { latencyMs: 50 } });
    expect(market.limit('buy', '1', '99.05').status).toBe('rejected');
  });

  it('goes by what has changed from now on', () => {
    const market = new PaperMarket({ terms: { latencyMs: 50 } });
    market.show([[99, 5]], [[100, 5]]);
    market.limit('buy', '1', '95', { why: 'first' });
    market.broker.setTerms({
      ...{ makerFeeBps: 10, takerFeeBps: 20, latencyMs: 0, slippageBps: 2, leverage: 1 },
    });
    expect(market.market('buy', '1').status).toBe('submitted');
    market.pass(50);
    market.show([[99, 6]], [[100, 5]]);
    expect(market.order('bot-2')?.status).toBe('filled');
    expect(market.limit('buy', text('1'), '96').status).toBe('accepted');
  });
});
