import { describe, expect, it } from 'vitest';
import type { OrderPrices } from '#domain/order-change.ts';
import { PaperMarket, text } from './paper-market.fixture.ts';

function aroundHundred(options = {}) {
  const market = new PaperMarket(options);
  market.print(100, 1);
  market.show([[99, 5]], [[101, 5]]);
  const change = (id: string, prices: OrderPrices) => {
    const result = market.broker.change(id, prices, market.time);
    return result.ok ? result.value : result.error.message;
  };
  return { market, change };
}

const at = (limitPrice: string) => ({ limitPrice: text(limitPrice) });

describe('other prices for an open order', () => {
  it('are where it is filled from then on, under the same name and with what it had', () => {
    const { market, change } = aroundHundred();
    market.limit('buy', '2', '98');
    market.print(98, 1, 'sell');
    const { filledQuantity = '' } = market.order('bot-1') ?? {};
    expect(change('bot-1', at('97'))).toMatchObject({ id: 'bot-1', limitPrice: '97' });
    market.takeFills();
    market.print(97.9, 50);
    expect(market.takeFills()).toEqual([]);
    market.print(96, 50);
    expect(market.order('bot-1')).toMatchObject({ status: 'filled', filledQuantity: '2' });
    const last = market.takeFills().map(({ quantity, price }) => [Number(quantity), price]);
    expect(last).toEqual([[2 - Number(filledQuantity), '97']]);
  });

  it('are behind all that stands there already', () => {
    const { market, change } = aroundHundred();
    market.show([[99, 5]], [[101, 5]]);
    market.limit('buy', '1', '99');
    market.print(99, 4, 'sell');
    change('bot-1', at('98'));
    change('bot-1', at('99'));
    market.show([[99, 5]], [[101, 5]]);
    market.print(99, 4, 'sell');
    expect(market.takeFills()).toEqual([]);
  });

  it('may be filled at once', () => {
    const { market, change } = aroundHundred();
    market.limit('buy', '1', '98');
    expect(change('bot-1', at('101'))).toMatchObject({ status: 'filled' });
    expect(market.takeExecutions()).toEqual(['1 @ 101']);
  });

  it('are the trigger of a stop that waits, and nothing of one that trails', () => {
    const { market, change } = aroundHundred();
    const sell = { side: 'sell', quantity: text('1') } as const;
    market.place({ ...sell, type: 'stop', triggerPrice: text('95') });
    expect(change('bot-1', { triggerPrice: text('97') })).toMatchObject({ triggerPrice: '97' });
    market.print(96.9, 0);
    expect(market.takeExecutions()).toEqual(['1 @ 99']);
    market.place({ ...sell, type: 'trailingStop', trailingOffset: text('5') });
    expect(change('bot-2', { triggerPrice: text('97') })).toMatch(/^triggerPrice: not of this/);
  });

  it.each([
    ['98.05', /^limit price 98.05 is not a multiple of 0.1$/],
    ['150', /^insufficient funds/],
  ])('are refused at %s, and it keeps its place in the queue', (price, reason) => {
    const { market, change } = aroundHundred({ cash: 100 });
    market.limit('buy', '1', '99');
    market.print(99, 4, 'sell');
    expect(change('bot-1', at(price))).toMatch(reason);
    market.print(99, 2, 'sell');
    expect(market.takeExecutions()).toEqual(['1 @ 99']);
  });

  it('count its own money once', () => {
    const { market, change } = aroundHundred({ cash: 100 });
    market.limit('buy', '1', '98');
    expect(change('bot-1', at('97'))).toMatchObject({ status: 'accepted', limitPrice: '97' });
  });

  it('are not for one that is on its way, is being canceled, or is over', () => {
    const { market, change } = aroundHundred({ terms: { latencyMs: 50 } });
    market.limit('buy', '1', '98');
    const isNotThere = 'The order does not stand in the market';
    expect(change('bot-1', at('97'))).toBe(isNotThere);
    market.pass(60);
    market.print(100, 1);
    expect(change('bot-1', at('97'))).toMatchObject({ limitPrice: '97' });
    market.cancel('bot-1');
    expect(change('bot-1', at('96'))).toBe(isNotThere);
    market.pass(60);
    market.print(100, 1);
    expect(change('bot-1', at('96'))).toBe(isNotThere);
  });

  it('are taken by one that is held for the opening as well, which then comes last', () => {
    const { market, change } = aroundHundred();
    const buy = { type: 'limit', side: 'buy', quantity: text('3') } as const;
    for (const limitPrice of ['98', '102']) {
      market.broker.hold({ ...buy, limitPrice: text(limitPrice) }, market.time);
    }
    market.pass(5);
    expect(change('bot-1', at('103'))).toMatchObject({
      ...{ status: 'submitted', limitPrice: '103', updatedTime: market.time },
    });
    expect(change('bot-1', { triggerPrice: text('97') })).toMatch(/^triggerPrice: not of this/);
    expect(change('bot-1', at('97.05'))).toMatch(/^limit price 97.05 is not a multiple/);
    expect(market.broker.openOrders).toHaveLength(2);
    market.restart();
    market.show([[99, 5]], [[101, 5]]);
    const filled = market.takeFills().map(({ orderId, quantity }) => `${orderId}: ${quantity}`);
    expect(filled).toEqual(['bot-2: 3', 'bot-1: 2']);
  });

  it('of a group stay of it', () => {
    const { market, change } = aroundHundred();
    const sell = { side: 'sell', quantity: text('1'), ocoGroup: 'exit' } as const;
    market.broker.hold({ ...sell, type: 'limit', limitPrice: text('110') }, market.time);
    market.broker.hold({ ...sell, type: 'stop', triggerPrice: text('90') }, market.time);
    change('bot-1', at('98'));
    market.show([[99, 5]], [[101, 5]]);
    expect(market.order('bot-1')).toMatchObject({ status: 'filled' });
    expect(market.order('bot-2')).toMatchObject({ status: 'canceled' });
  });

  it('are there after a restart', () => {
    const { market, change } = aroundHundred();
    market.limit('buy', '1', '98');
    change('bot-1', at('97'));
    market.restart();
    market.print(96, 5);
    expect(market.takeExecutions()).toEqual(['1 @ 97']);
  });
});
