import { describe, expect, it } from 'vitest';
import { toDecimalString } from '#domain/decimal.ts';
import { PaperMarket } from './paper-market.fixture.ts';

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
