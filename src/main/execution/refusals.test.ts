import { describe, expect, it } from 'vitest';
import type { OrderDraft } from '#domain/order.ts';
import { PaperMarket, type PaperMarketOptions, text } from './paper-market.fixture.ts';

describe('an order that no exchange would take', () => {
  const limit = {
    type: 'limit',
    side: 'buy',
    quantity: text('1'),
    limitPrice: text('99'),
  } as const;
  const stop = {
    type: 'stop',
    side: 'sell',
    quantity: text('1'),
    triggerPrice: text('90'),
  } as const;
  const cases: [string, OrderDraft][] = [
    ['quantity 0 is not positive', { ...limit, quantity: text('0') }],
    ['quantity -1 is not positive', { ...limit, quantity: text('-1') }],
    ['quantity 0.0005 is not a multiple of 0.001', { ...limit, quantity: text('0.0005') }],
    ['quantity 1e3 is not a decimal', { ...limit, quantity: text('1e3') }],
    ['limit price 99.05 is not a multiple of 0.1', { ...limit, limitPrice: text('99.05') }],
    [
      'post-only and immediate-or-cancel exclude each other',
      { ...limit, postOnly: true, timeInForce: 'ioc' },
    ],
    ['trigger price 1.01 is not a multiple of 0.1', { ...stop, triggerPrice: text('1.01') }],
    ['limit price 1.01 is not', { ...stop, type: 'stopLimit', limitPrice: text('1.01') }],
    [
      'trailing offset 0 is not positive',
      { type: 'trailingStop', side: 'buy', quantity: text('1'), trailingOffset: text('0') },
    ],
    ['the name of its group is longer than 64 characters', { ...limit, ocoGroup: 'x'.repeat(65) }],
  ];

  it.each(cases)('is rejected: %s', (why, draft) => {
    const market = new PaperMarket();
    market.print(100, 1);
    const order = market.place(draft);
    expect(order.status).toBe('rejected');
    expect(order.reason).toContain(why);
    expect(market.broker.openOrders).toEqual([]);
  });

  it('has its reasons cut where they are too long to be kept', () => {
    const market = new PaperMarket();
    expect(market.market('buy', '1', { why: 'w'.repeat(600) }).why).toHaveLength(500);
  });
});

describe('an order of too little value', () => {
  it('is rejected, and says by how much', () => {
    const market = new PaperMarket({ instrument: { minNotional: 10 } });
    market.print(100, 1);
    expect(market.limit('buy', '0.1', '99.9').reason).toBe(
      'its value of 9.99 USDT is 0.01 below the least of 10 USDT',
    );
    expect(market.limit('buy', '0.1', '90').status).toBe('rejected');
    expect(market.market('buy', '0.1').status).toBe('filled');
  });

  it('is taken where it closes what is left', () => {
    const market = new PaperMarket({ instrument: { minNotional: 10 } });
    market.print(100, 1);
    market.market('buy', '0.1');
    market.print(50, 1);
    expect(market.market('sell', '0.1').status).toBe('rejected');
    expect(market.market('sell', '0.1', { reduceOnly: true }).status).toBe('filled');
  });
});

describe('an order without the funds for it', () => {
  function at100(options: PaperMarketOptions = {}) {
    const market = new PaperMarket({ cash: 1_000, ...options });
    market.print(100, 1);
    market.show([[99, 500]], [[100, 500]]);
    return market;
  }

  it('is rejected, and says by how much', () => {
    const market = at100();
    expect(market.limit('buy', '10', '99').status).toBe('accepted');
    expect(market.limit('buy', '0.2', '99').reason).toBe(
      'insufficient funds: it needs 19.8 USDT of buying power, 10 USDT is left: 9.8 USDT too little',
    );
  });

  it('is taken up to the last unit', () => {
    const market = at100();
    expect(market.limit('buy', '10', '100', { timeInForce: 'ioc' }).status).toBe('filled');
  });

  it('is weighed at what it would pay where little is offered at the last price', () => {
    const market = at100();
    market.show(
      [[99, 500]],
      [
        [100, 1],
        [200, 500],
      ],
    );
    expect(market.market('buy', '6').reason).toBe(
      'insufficient funds: it needs 1100 USDT of buying power, 1000 USDT is left: 100 USDT too little',
    );
    expect(market.market('buy', '5').status).toBe('filled');
  });

  it('counts those of its own direction only: buys and sells do not both add', () => {
    const market = at100();
    expect(market.limit('buy', '10', '99').status).toBe('accepted');
    expect(market.limit('sell', '9', '110').status).toBe('accepted');
    expect(market.limit('sell', '1', '110').status).toBe('rejected');
  });

  it('needs nothing to reduce, and to turn only what goes beyond', () => {
    const market = at100();
    market.market('buy', '10');
    expect(market.market('buy', '0.1').status).toBe('rejected');
    expect(market.limit('sell', '10', '101').status).toBe('accepted');
    // Sells of 10 close it; its equity of 998 pays for 9.8 more, not for 10.
    expect(market.limit('sell', '10', '101').status).toBe('rejected');
    expect(market.limit('sell', '9.8', '101').status).toBe('accepted');
  });

  it('may be shorted as far as it may be bought', () => {
    const market = at100();
    expect(market.market('sell', '10.1').reason).toContain('insufficient funds');
    expect(market.market('sell', '10').status).toBe('filled');
  });

  it('may be shorted no further by a limit far below what it is sold at', () => {
    const market = at100();
    expect(market.limit('sell', '11', '1').reason).toContain('needs 1100 USDT of buying power');
    expect(market.limit('sell', '10', '1').status).toBe('filled');
  });

  it('has the multiple of its equity that leverage gives', () => {
    const market = at100({ terms: { leverage: 3 } });
    expect(market.market('buy', '30.1').status).toBe('rejected');
    expect(market.market('buy', '30').status).toBe('filled');
  });

  it('has less after a loss, and nothing when all is lost', () => {
    const market = at100({ terms: { leverage: 10 } });
    market.market('buy', '50');
    market.print(80.5, 1);
    expect(market.limit('buy', '1', '80').reason).toContain('0 USDT is left');
    expect(market.market('sell', '50').status).toBe('filled');
  });

  it('is judged when it comes to the market, with what has happened meanwhile', () => {
    const market = at100({ terms: { latencyMs: 10 } });
    market.market('buy', '6');
    market.market('buy', '6');
    market.pass(10);
    market.print(100, 1);
    expect(market.order('bot-1')?.status).toBe('filled');
    expect(market.order('bot-2')).toMatchObject({ status: 'rejected', filledQuantity: '0' });
  });
});
