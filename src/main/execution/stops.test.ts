import { describe, expect, it } from 'vitest';
import type { OrderDraft } from '#domain/order.ts';
import type { Side } from '#domain/side.ts';
import { PaperMarket, text } from './paper-market.fixture.ts';

const stop = (side: Side, quantity: string, triggerPrice: string): OrderDraft => ({
  ...{ type: 'stop', side, quantity: text(quantity), triggerPrice: text(triggerPrice) },
});
const trailing = (side: Side, quantity: string, trailingOffset: string): OrderDraft => ({
  ...{ type: 'trailingStop', side, quantity: text(quantity) },
  trailingOffset: text(trailingOffset),
});

function aroundHundred(terms = {}) {
  const market = new PaperMarket({ terms });
  market.print(100, 1);
  market.show(
    [
      [99, 5],
      [95, 50],
    ],
    [
      [101, 5],
      [105, 50],
    ],
  );
  return market;
}

describe('a stop', () => {
  it('waits for a trade at its price, then takes what the market gives', () => {
    const market = aroundHundred();
    expect(market.place(stop('sell', '6', '98')).status).toBe('accepted');
    market.print(98.1, 1);
    expect(market.takeFills()).toEqual([]);
    market.pass(5);
    market.print(98, 1);
    expect(market.takeExecutions()).toEqual(['5 @ 99', '1 @ 95']);
    expect(market.order('bot-1')).toMatchObject({ status: 'filled', triggeredTime: market.time });
    expect(market.orders.map(({ status }) => status)).toEqual([
      ...['submitted', 'accepted', 'accepted', 'partiallyFilled', 'filled'],
    ]);
  });

  it('buys above the market as it sells below', () => {
    const market = aroundHundred();
    market.place(stop('buy', '1', '103'));
    market.print(102.9, 0);
    market.print(103, 0);
    expect(market.takeExecutions()).toEqual(['1 @ 101']);
  });

  it('acts at once where the market is beyond it already', () => {
    const market = aroundHundred();
    expect(market.place(stop('sell', '1', '100')).status).toBe('filled');
  });

  it('is not reached by books and quotes, whatever they show', () => {
    const market = aroundHundred();
    market.place(stop('sell', '1', '98'));
    market.show([[90, 5]], [[91, 5]]);
    market.showQuote([90, 5], [91, 5]);
    expect(market.takeFills()).toEqual([]);
  });

  it('is canceled where there is nobody to trade with', () => {
    const market = aroundHundred();
    market.place(stop('sell', '1', '98'));
    market.show([], [[101, 5]]);
    market.print(97, 1);
    expect(market.order('bot-1')).toMatchObject({ status: 'canceled', filledQuantity: '0' });
  });
});

describe('a stop-limit', () => {
  const draft = (limitPrice: string, more = {}): OrderDraft => ({
    ...{ type: 'stopLimit', side: 'sell', quantity: text('6') },
    ...{ triggerPrice: text('98'), limitPrice: text(limitPrice), ...more },
  });

  it('is a limit order from its trigger on', () => {
    const market = aroundHundred();
    market.place(draft('97'));
    market.print(97.5, 1);
    expect(market.takeExecutions()).toEqual(['5 @ 99']);
    market.print(97.1, 1, 'buy');
    expect(market.takeExecutions()).toEqual(['1 @ 97']);
  });

  it('stands in no book before', () => {
    const market = aroundHundred();
    market.place(draft('97'));
    market.show([[98.5, 50]], [[101, 5]]);
    expect(market.takeFills()).toEqual([]);
  });

  it('that is post-only is canceled where it would trade at once', () => {
    const market = aroundHundred();
    market.place(draft('97', { postOnly: true }));
    market.print(98, 1);
    expect(market.order('bot-1')).toMatchObject({
      status: 'canceled',
      reason: 'post-only, and it would sell at once from a bid at 99',
    });
  });
});

describe('a trailing stop', () => {
  it('follows the best trade at its distance, and never goes back', () => {
    const market = aroundHundred();
    expect(market.place(trailing('sell', '1', '2')).triggerPrice).toBe('98');
    const stands = () => market.broker.openOrders[0]?.triggerPrice;
    for (const [price, trigger] of [
      [100.5, '98.5'],
      [99, '98.5'],
      [103.3, '101.3'],
      [101.4, '101.3'],
    ] as const) {
      market.print(price, 1);
      expect(stands()).toBe(trigger);
    }
    market.print(101.3, 1);
    expect(market.takeExecutions()).toEqual(['1 @ 99']);
  });

  it('follows down to buy', () => {
    const market = aroundHundred();
    market.place(trailing('buy', '1', '2'));
    market.print(97, 1);
    market.print(98.9, 1);
    expect(market.broker.openOrders).toMatchObject([{ triggerPrice: '99' }]);
    market.print(99, 1);
    expect(market.order('bot-1')?.status).toBe('filled');
  });

  it('begins with the first trade where none is known', () => {
    const market = new PaperMarket();
    expect(market.place(trailing('sell', '1', '2'))).toMatchObject({
      status: 'accepted',
      triggerPrice: null,
    });
    market.print(50, 1);
    expect(market.broker.openOrders).toMatchObject([{ triggerPrice: '48' }]);
  });

  it('tells where it stands, but not of each step', () => {
    const market = aroundHundred();
    market.place(trailing('sell', '1', '2'));
    const toldOf = () => market.orders.flatMap(({ triggerPrice }) => triggerPrice ?? []);
    for (let step = 1; step <= 25; step += 1) {
      market.pass(100);
      market.print(100 + step, 1);
    }
    expect(toldOf()).toEqual(['98', '108', '118']);
    expect(market.broker.openOrders).toMatchObject([{ triggerPrice: '123' }]);
  });
});

describe('one cancels the other', () => {
  function bracket() {
    const market = aroundHundred();
    market.market('buy', '2');
    market.takeFills();
    const more = { ocoGroup: 'exit', reduceOnly: true };
    market.place({ ...stop('sell', '2', '97'), ...more });
    market.limit('sell', '2', '104', more);
    return market;
  }

  it('when it is filled, if only in part', () => {
    const market = bracket();
    market.show([[104, 0.5]], [[105, 5]]);
    expect(market.takeExecutions()).toEqual(['0.5 @ 104']);
    expect(market.order('bot-2')).toMatchObject({
      status: 'canceled',
      reason: 'bot-3 of its group was filled',
    });
    expect(market.broker.openOrders).toMatchObject([{ id: 'bot-3', filledQuantity: '0.5' }]);
  });

  it('when it is triggered', () => {
    const market = bracket();
    market.print(96.9, 1);
    expect(market.order('bot-3')).toMatchObject({
      status: 'canceled',
      reason: 'bot-2 of its group was triggered',
    });
    expect(market.order('bot-2')?.status).toBe('filled');
    expect(market.broker.position.quantity).toBe('0');
  });

  it('also while the other is under way, and never both in one trade', () => {
    const market = new PaperMarket({ terms: { latencyMs: 20 } });
    market.print(100, 1);
    market.limit('buy', '1', '99', { ocoGroup: 'a' });
    market.pass(20);
    market.print(100, 1);
    market.limit('buy', '1', '98', { ocoGroup: 'a' });
    market.limit('buy', '1', '98', { ocoGroup: 'b' });
    market.print(97, 1);
    expect(market.order('bot-1')?.status).toBe('filled');
    expect(market.order('bot-2')).toMatchObject({ status: 'canceled', filledQuantity: '0' });
    expect(market.order('bot-3')?.status).toBe('submitted');
    market.pass(20);
    market.print(97.5, 1);
    market.limit('buy', '1', '97', { ocoGroup: 'c' });
    market.limit('buy', '1', '96', { ocoGroup: 'c' });
    market.pass(20);
    market.print(97.5, 1);
    market.takeFills();
    market.print(95, 1);
    expect(market.takeExecutions()).toEqual(['1 @ 97']);
  });

  it('leaves other groups alone', () => {
    const market = bracket();
    market.limit('buy', '1', '90', { ocoGroup: 'entry' });
    market.print(96.9, 1);
    expect(market.order('bot-4')?.status).toBe('accepted');
  });
});

describe('a reduce-only order', () => {
  it('is refused where there is nothing to reduce', () => {
    const market = aroundHundred();
    expect(market.market('sell', '1', { reduceOnly: true })).toMatchObject({
      status: 'rejected',
      reason: 'reduce-only, and there is no long position',
    });
    market.market('sell', '1');
    expect(market.market('sell', '1', { reduceOnly: true }).status).toBe('rejected');
  });

  it('closes the position and no more', () => {
    const market = aroundHundred();
    market.market('buy', '2');
    const order = market.market('sell', '5', { reduceOnly: true });
    expect(order).toMatchObject({ status: 'canceled', filledQuantity: '2' });
    expect(order.reason).toBe('nothing is left to reduce');
    expect(market.broker.position.quantity).toBe('0');
  });

  it('goes when the position has gone', () => {
    const market = aroundHundred();
    market.market('buy', '2');
    market.limit('sell', '2', '104', { reduceOnly: true });
    market.place({ ...stop('sell', '2', '90'), reduceOnly: true });
    market.market('sell', '3');
    expect(market.broker.openOrders).toEqual([]);
    expect(market.order('bot-2')).toMatchObject({
      status: 'canceled',
      reason: 'nothing is left to reduce',
    });
  });

  it('that rests is filled no further than the position goes', () => {
    const market = aroundHundred();
    market.market('buy', '2');
    market.limit('sell', '2', '104', { reduceOnly: true });
    market.market('sell', '1.5');
    market.takeFills();
    market.print(105, 1);
    expect(market.takeExecutions()).toEqual(['0.5 @ 104']);
    expect(market.order('bot-2')).toMatchObject({ status: 'canceled', filledQuantity: '0.5' });
    expect(market.broker.position.quantity).toBe('0');
  });
});
