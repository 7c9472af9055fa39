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

  it('are there after a restart', () => {
    const { market, change } = aroundHundred();
    market.limit('buy', '1', '98');
    change('bot-1', at('97'));
    market.restart();
    market.print(96, 5);
    expect(market.takeExecutions()).toEqual(['1 @ 97']);
  });
});
