import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import { isOpen } from '#domain/order.ts';
import { PaperMarket, type PaperMarketOptions } from './paper-market.fixture.ts';
import { anySteps, take } from './random-flow.fixture.ts';
import { fraction, minus, plus, SlowAccount, sign, times } from './slow-account.fixture.ts';

const CASH = '300';

const anyWorld: fc.Arbitrary<PaperMarketOptions> = fc.record({
  cash: fc.constant(Number(CASH)),
  terms: fc.record({
    makerFeeBps: fc.constantFrom(-2.5, 0, 7.5),
    takerFeeBps: fc.constantFrom(0, 10, 33.3),
    latencyMs: fc.constantFrom(0, 0, 25),
    slippageBps: fc.constantFrom(0, 2, 50),
    leverage: fc.constantFrom(1, 3),
  }),
});

/** Quotients are rounded at 18 decimals, once an execution that reduces: not more than that is forgiven. */
const ROUNDING = { numerator: 1n, denominator: 10n ** 17n };

function expectNear(actual: string, expected: ReturnType<typeof fraction>, steps: number): void {
  const distance = minus(fraction(actual), expected);
  const allowed = times(ROUNDING, { numerator: BigInt(steps + 1), denominator: 1n });
  const absolute = sign(distance) < 0 ? minus(fraction('0'), distance) : distance;
  expect(sign(minus(absolute, allowed))).toBeLessThanOrEqual(0);
}

// Hundreds of worlds, each with a hundred steps: seconds, and more where others compute beside it.
vi.setConfig({ testTimeout: 60_000 });

describe('[X1] after every step of any order flow in any market', () => {
  it('cash, position at cost, fees and realised PnL balance exactly, as in the slow model', () => {
    fc.assert(
      fc.property(anyWorld, anySteps, (world, steps) => {
        const market = new PaperMarket(world);
        const slow = new SlowAccount(CASH);
        let executions = 0;
        for (const step of steps) {
          take(step, market);
          for (const fill of market.takeFills()) {
            executions += 1;
            expectNear(fill.realizedPnl, slow.execute(fill), executions);
          }
          const { cash, position } = market.broker;
          const balance = cash.plus(position.cost).plus(position.fees).minus(position.realizedPnl);
          expect(toDecimalString(balance)).toBe(CASH);
          expect(fraction(toDecimalString(cash))).toEqual(slow.cash);
          expect(fraction(position.quantity)).toEqual(slow.quantity);
          expect(fraction(position.fees)).toEqual(slow.fees);
          expectNear(position.cost, slow.cost, executions);
          expectNear(position.realizedPnl, slow.realized, executions);
          const equity = plus(slow.cash, times(slow.quantity, fraction('101.7')));
          expect(fraction(toDecimalString(market.broker.equity(101.7)))).toEqual(equity);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('each order has what its fills add up to, no more than was asked, and one end', () => {
    fc.assert(
      fc.property(anyWorld, anySteps, (world, steps) => {
        const market = new PaperMarket(world);
        for (const step of steps) take(step, market);
        const filled = new Map<string, ReturnType<typeof decimal>>();
        for (const { orderId, quantity } of market.takeFills()) {
          filled.set(orderId, (filled.get(orderId) ?? ZERO).plus(quantity));
        }
        const last = new Map(market.orders.map((order) => [order.id, order]));
        for (const order of last.values()) {
          const quantity = filled.get(order.id) ?? ZERO;
          expect(toDecimalString(quantity)).toBe(order.filledQuantity);
          expect(quantity.lte(order.quantity)).toBe(true);
          const ends = market.orders.filter((one) => one.id === order.id && !isOpen(one));
          expect(ends.length).toBe(isOpen(order) ? 0 : 1);
        }
        const open = [...last.values()].filter(isOpen).map(({ id }) => id);
        expect(market.broker.openOrders.map(({ id }) => id).sort()).toEqual(open.sort());
      }),
      { numRuns: 80 },
    );
  });

  it('no two orders of a bot could trade with each other', () => {
    fc.assert(
      fc.property(anyWorld, anySteps, (world, steps) => {
        const market = new PaperMarket(world);
        for (const step of steps) {
          take(step, market);
          const resting = market.broker.openOrders.filter(
            ({ type, triggeredTime, status }) =>
              status !== 'submitted' && (type === 'limit' || triggeredTime !== null),
          );
          const of = (side: string) =>
            resting.flatMap((order) => (order.side === side ? [Number(order.limitPrice)] : []));
          expect(Math.max(...of('buy'))).toBeLessThan(Math.min(...of('sell')));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('[X2] [T5] a restart at any point', () => {
  it('changes no fill and no order after it', () => {
    fc.assert(
      fc.property(anyWorld, anySteps, fc.integer({ min: 1, max: 9 }), (world, steps, every) => {
        const uninterrupted = new PaperMarket(world);
        const restarted = new PaperMarket(world);
        for (const [index, step] of steps.entries()) {
          if (index % every === 0) restarted.restart();
          take(step, uninterrupted);
          take(step, restarted);
          expect(restarted.takeFills()).toEqual(uninterrupted.takeFills());
        }
        expect(restarted.orders).toEqual(uninterrupted.orders);
        expect(restarted.broker.openOrders).toEqual(uninterrupted.broker.openOrders);
        expect(restarted.broker.state()).toEqual(uninterrupted.broker.state());
      }),
      { numRuns: 120 },
    );
  });

  it('with nothing readable saved loses the places in the queue, and nothing else', () => {
    const market = new PaperMarket({ terms: { latencyMs: 0 } });
    market.show([[99, 2]], [[100, 1]]);
    market.limit('buy', '1', '99');
    market.print(99, 1.9);
    market.restart({ working: 'of another version' });
    market.print(99, 0.5);
    expect(market.takeFills()).toEqual([]);
    market.show([[99, 0.1]], [[100, 1]]);
    market.print(99, 0.5);
    expect(market.takeExecutions()).toEqual(['0.4 @ 99']);
  });

  it('lets an order arrive of which nobody knows any more when it was sent', () => {
    const market = new PaperMarket({ terms: { latencyMs: 1_000 } });
    market.print(100, 1);
    market.market('buy', '1');
    market.restart(null);
    market.print(100, 1);
    expect(market.order('bot-1')?.status).toBe('filled');
  });
});
