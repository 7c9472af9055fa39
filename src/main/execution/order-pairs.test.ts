import { describe, expect, it } from 'vitest';
import type { OrderDraft } from '#domain/order.ts';
import type { OrderPair } from '#domain/order-pair.ts';
import { PaperMarket, type PaperMarketOptions, text } from './paper-market.fixture.ts';

/** Around 100, with a position of 1 that was bought at 101. */
function withPosition(options: PaperMarketOptions = {}) {
  const market = around(options);
  market.market('buy', '1');
  market.pass(100);
  market.show([[99, 5]], [[101, 5]]);
  market.print(100, 1);
  market.takeFills();
  return market;
}

function around(options: PaperMarketOptions = {}) {
  const market = new PaperMarket(options);
  market.print(100, 1);
  market.show([[99, 5]], [[101, 5]]);
  return market;
}

const one = { quantity: text('1') } as const;
const exit = { ...one, side: 'sell', reduceOnly: true } as const;
const target = (price: string, from: object = exit) =>
  ({ ...from, type: 'limit', limitPrice: text(price) }) as OrderDraft;
const stop = (price: string, from: object = exit) =>
  ({ ...from, type: 'stop', triggerPrice: text(price) }) as OrderDraft;

const place = (market: PaperMarket, pair: OrderPair, isHeld = false) =>
  market.broker.placePair(pair, market.time, isHeld);
const states = (market: PaperMarket, ...ids: readonly string[]) =>
  ids.map((id) => market.order(id)?.status);

describe('a pair of orders', () => {
  it('waits on both sides of the price, until one is filled and ends the other', () => {
    const market = withPosition();
    const [first, second] = place(market, [target('110'), stop('90')]);
    expect([first?.status, second?.status]).toEqual(['accepted', 'accepted']);
    expect(first?.ocoGroup).not.toBeNull();
    expect(second?.ocoGroup).toBe(first?.ocoGroup);
    market.print(111, 5);
    expect(states(market, 'bot-2', 'bot-3')).toEqual(['filled', 'canceled']);
    expect(market.broker.position.quantity).toBe('0');
  });

  it('may enter on either side, and is of another group each time', () => {
    const market = around();
    const pair: OrderPair = [
      stop('105', { ...one, side: 'buy' }),
      stop('95', { ...one, side: 'sell' }),
    ];
    const [first] = place(market, pair);
    const [third] = place(market, pair);
    expect(third?.ocoGroup).not.toBe(first?.ocoGroup);
    market.print(94, 1);
    const ends = states(market, 'bot-1', 'bot-2', 'bot-3', 'bot-4');
    expect(ends).toEqual(['canceled', 'filled', 'canceled', 'filled']);
  });

  it.each([
    ['a bad price', [target('110.05'), stop('90')], /^limit price 110.05 is not a multiple/, 0],
    ['a limit that takes', [target('98'), stop('90')], /^it would act at once: .* at 99$/, 0],
    ['a stop that is passed', [target('110'), stop('100')], /^it would act at once: .* at 100$/, 1],
  ] as const)('with %s is none: both are rejected, and say why', (_, pair, reason, at) => {
    const market = withPosition();
    const placed = place(market, pair);
    expect(placed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(placed[at]?.reason).toMatch(reason);
    expect(placed[1 - at]?.reason).toBe(`the other of its pair is refused: ${placed[at]?.reason}`);
    expect(market.broker.openOrders).toEqual([]);
  });

  it('of which the exchange refuses one is none: the other ends', () => {
    const market = around({ cash: 150 });
    const pair: OrderPair = [
      target('98', { ...one, side: 'buy' }),
      stop('105', { ...one, side: 'buy' }),
    ];
    const placed = place(market, pair);
    expect(placed.map(({ status }) => status)).toEqual(['canceled', 'rejected']);
    expect(placed[0]?.reason).toMatch(/^bot-2 of its pair was refused: insufficient funds/);
    expect(market.broker.openOrders).toEqual([]);
  });

  it('[X2] is so when they come there later, also after a restart', () => {
    const market = withPosition({ terms: { latencyMs: 50 } });
    place(market, [target('110'), stop('90')]);
    market.market('sell', '1');
    expect(states(market, 'bot-2', 'bot-3')).toEqual(['submitted', 'submitted']);
    market.restart();
    market.broker.closePosition(market.time, 'a test');
    market.pass(60);
    market.print(100, 1);
    expect(market.broker.openOrders).toEqual([]);
    expect(states(market, 'bot-2', 'bot-3')).toEqual(['rejected', 'canceled']);
  });

  it('[F2] waits for the opening as one order does, and there is none where one is refused then', () => {
    const market = withPosition();
    place(market, [target('110'), stop('90')], true);
    expect(states(market, 'bot-2', 'bot-3')).toEqual(['submitted', 'submitted']);
    market.restart();
    market.show([[99, 5]], [[101, 5]]);
    market.print(100, 1);
    expect(states(market, 'bot-2', 'bot-3')).toEqual(['accepted', 'accepted']);
    market.market('sell', '1');
    expect(market.broker.openOrders).toEqual([]);
    place(market, [target('110'), stop('90')], true);
    market.show([[99, 5]], [[102, 5]]);
    expect(market.broker.openOrders).toEqual([]);
  });

  it('of which one was canceled on its way leaves the other as any order', () => {
    const market = withPosition({ terms: { latencyMs: 50 } });
    place(market, [target('110'), stop('90')]);
    market.cancel('bot-2');
    market.pass(60);
    market.print(100, 1);
    expect(states(market, 'bot-2', 'bot-3')).toEqual(['canceled', 'accepted']);
  });
});
