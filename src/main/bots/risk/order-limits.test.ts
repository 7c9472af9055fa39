import { describe, expect, it } from 'vitest';
import { type DecimalString, decimal, ZERO } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { type Order, type OrderDraft, submittedOrder } from '#domain/order.ts';
import { DEFAULT_LIMITS, type RiskLimits } from '#domain/risk-limits.ts';
import type { EpochMs } from '#domain/units.ts';
import { type OrderPlace, refusalByLimits } from './order-limits.ts';
import { OrderRate } from './order-rate.ts';

const money = (text: string) => text as DecimalString;
const limit = (side: 'buy' | 'sell', quantity: string, price: string): OrderDraft => ({
  ...{ type: 'limit', side, quantity: money(quantity), limitPrice: money(price) },
});
const market = (side: 'buy' | 'sell', quantity: string, reduceOnly = false): OrderDraft => ({
  ...{ type: 'market', side, quantity: money(quantity), reduceOnly },
});
let orders = 0;
const open = (draft: OrderDraft): Order =>
  submittedOrder(
    draft,
    { id: `b-${++orders}`, botId: 'b', instrumentId: 'demo:BTC/USDT' as InstrumentId },
    1 as EpochMs,
  );
const place = (quantity: string, changes: Partial<OrderPlace> & { orders?: Order[] } = {}) => ({
  holdings: { position: { quantity: money(quantity) }, openOrders: changes.orders ?? [] },
  ...{ markPrice: 100, currency: 'USDT', elsewhere: () => ZERO },
  ...{ openOrders: changes.orders?.length ?? 0, ordersLastMinute: 0 },
  ...changes,
});
const limits = (changes: Partial<RiskLimits>): RiskLimits => ({ ...DEFAULT_LIMITS, ...changes });
const positions = limits({ maxPositionValue: money('1000') });

describe('[X3] limits of an order', () => {
  it('let all through where none is set but the orders a minute', () => {
    expect(refusalByLimits(limit('buy', '1000000', '100'), DEFAULT_LIMITS, place('5'))).toBe(
      undefined,
    );
  });

  it('say which limit, and by how much', () => {
    const orderLimits = limits({ maxOrderValue: money('250') });
    expect(refusalByLimits(limit('buy', '3', '100.5'), orderLimits, place('0'))).toBe(
      'max order value: it would be 301.5 USDT, 51.5 more than 250',
    );
    expect(refusalByLimits(limit('buy', '2', '100'), orderLimits, place('0'))).toBe(undefined);
    expect(refusalByLimits(market('buy', '2'), positions, place('9'))).toBe(
      'max position value: it would be 1100 USDT, 100 more than 1000',
    );
  });

  it('weigh a limit that sells at once by what it is sold at', () => {
    const orderLimits = limits({ maxOrderValue: money('250') });
    expect(refusalByLimits(limit('sell', '3', '0.01'), orderLimits, place('0'))).toBe(
      'max order value: it would be 300 USDT, 50 more than 250',
    );
    expect(refusalByLimits(limit('sell', '11', '0.01'), positions, place('0'))).toBe(
      'max position value: it would be 1100 USDT, 100 more than 1000',
    );
  });

  it('count the open orders of the same side as if they were filled', () => {
    const waiting = [open(limit('buy', '4', '90')), open(limit('sell', '9', '110'))];
    expect(
      refusalByLimits(limit('buy', '2', '95'), positions, place('5', { orders: waiting })),
    ).toBe('max position value: it would be 1045 USDT, 45 more than 1000');
  });

  it('never keep a position from being made smaller', () => {
    const held = place('50');
    expect(refusalByLimits(market('sell', '20'), positions, held)).toBe(undefined);
    expect(refusalByLimits(market('sell', '50', true), positions, held)).toBe(undefined);
    // Together with what is on its way it would turn the position.
    const selling = place('50', { orders: [open(limit('sell', '40', '110'))] });
    expect(refusalByLimits(market('sell', '20'), positions, selling)).toBe(undefined);
    expect(refusalByLimits(market('sell', '120'), positions, held)).toMatch(/^max position value/);
  });

  it('hold for a short position and a negative price as well', () => {
    expect(refusalByLimits(market('sell', '11'), positions, place('0'))).toMatch(/100 more/);
    const below = place('0', { markPrice: -100 });
    expect(refusalByLimits(market('buy', '11'), positions, below)).toMatch(/100 more than 1000/);
  });

  it('refuse what cannot be weighed', () => {
    const unknown = place('0', { markPrice: null });
    expect(refusalByLimits(market('buy', '1'), positions, unknown)).toMatch(/^no price is known/);
  });

  it('add what the others hold, for the limits of all together', () => {
    const shared = place('1', { elsewhere: () => decimal(850) });
    expect(refusalByLimits(market('buy', '1'), positions, shared, 'global ')).toBe(
      'global max position value: it would be 1050 USDT, 50 more than 1000',
    );
  });

  it('count open orders, and orders a minute', () => {
    const few = limits({ maxOpenOrders: 2, maxOrdersPerMinute: 3 });
    expect(refusalByLimits(market('buy', '1'), few, place('0', { openOrders: 2 }))).toBe(
      'max open orders: it would be 3, 1 more than 2',
    );
    expect(refusalByLimits(market('buy', '1'), few, place('0', { ordersLastMinute: 3 }))).toBe(
      'max orders a minute: it would be 4, 1 more than 3',
    );
  });
});

describe('the rate of orders', () => {
  it('forgets after a minute, and what a clock that jumped back left ahead', () => {
    const rate = new OrderRate();
    for (const time of [0, 10_000, 59_999]) rate.note(time as EpochMs);
    expect(rate.countAt(59_999 as EpochMs)).toBe(3);
    expect(rate.countAt(60_000 as EpochMs)).toBe(2);
    expect(rate.countAt(20_000 as EpochMs)).toBe(1);
  });
});
