import { describe, expect, it } from 'vitest';
import { PaperMarket, START_TIME, text } from './paper-market.fixture.ts';

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

  it('lets a cancel arrive that was due before the market said anything more', () => {
    const market = new PaperMarket({ terms: { latencyMs: 50 } });
    market.show([[98, 5]], [[100, 5]]);
    market.limit('buy', '1', '99');
    market.pass(50);
    market.show([[98, 5]], [[101, 5]]);
    market.cancel('bot-1');
    market.pass(5_000);
    market.print(98, 5);
    expect(market.takeFills()).toEqual([]);
    expect(market.order('bot-1')?.status).toBe('canceled');
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
