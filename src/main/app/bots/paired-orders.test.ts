import { describe, expect, it } from 'vitest';
import { limits, money, refusal, running, unwrap } from '#tests/fakes/running-grid.ts';

const exit = { side: 'buy', quantity: money('0.1') } as const;
const PAIR = [
  { ...exit, type: 'limit', limitPrice: money('900') },
  { ...exit, type: 'stop', triggerPrice: money('1100') },
] as const;

describe('a pair of orders by hand', () => {
  it('[X2] is on disk as a whole when it is told', () => {
    const bot = running({ start: false });
    const placed = unwrap(bot.own.placePair('bot1', PAIR));
    expect(placed.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
    const kept = bot.ledger.orders.open('bot1');
    expect(kept).toHaveLength(2);
    expect(new Set(kept.map(({ ocoGroup }) => ocoGroup))).toEqual(new Set([placed[0]?.ocoGroup]));
    expect(kept.map(({ why }) => why)).toEqual(['placed by the user', 'placed by the user']);
    bot.trade(1_101);
    expect(bot.ledger.orders.open('bot1')).toEqual([]);
    expect(bot.ledger.fills.count('bot1')).toBe(1);
  });

  it('[X3] passes the limits as a whole: the second counts beside the first', () => {
    const bot = running({ start: false, limits: limits({ maxOpenOrders: 1 }) });
    const placed = unwrap(bot.own.placePair('bot1', PAIR));
    expect(placed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(placed[1]?.reason).toBe('max open orders: it would be 2, 1 more than 1');
    expect(placed[0]?.reason).toBe(`the other of its pair is refused: ${placed[1]?.reason}`);
    expect(bot.ledger.orders.open('bot1')).toEqual([]);
  });

  it('[F2] waits for a market that is closed, and each may be canceled or moved by then', () => {
    const bot = running({ start: false });
    bot.feed({ kind: 'closed', untilTime: null });
    const [first, second] = unwrap(bot.own.placePair('bot1', PAIR));
    if (!first || !second) throw new Error('a pair is of two');
    expect([first.status, second.status]).toEqual(['submitted', 'submitted']);
    unwrap(bot.own.changeOrder(first, { limitPrice: money('1010') }));
    bot.book(1_000);
    expect(bot.ledger.orders.get(first.id)?.status).toBe('filled');
    expect(bot.ledger.orders.get(second.id)?.status).toBe('canceled');
  });

  it('is not taken at prices of a market that is not heard of', () => {
    const bot = running({ start: false });
    bot.feed({ kind: 'stale', sinceTime: bot.clock.now() });
    expect(refusal(bot.own.placePair('bot1', PAIR))).toMatch(/^Nothing is heard of/);
    expect(bot.ledger.orders.open('bot1')).toEqual([]);
  });
});
