import { describe, expect, it } from 'vitest';
import type { Order } from '#domain/order.ts';
import { NEWEST_FIRST, nextOrderSorting, type OrderSorting, shownOrders } from './order-order.ts';

const order = (id: string, createdTime: number, sketch: Partial<Record<keyof Order, unknown>>) =>
  ({
    ...{ id, botId: 'b1', instrumentId: 'demo:BTC/USDT', side: 'buy', type: 'limit', why: null },
    ...{ limitPrice: null, triggerPrice: null, quantity: '1', filledQuantity: '0', createdTime },
    ...{ status: 'accepted', ...sketch },
  }) as unknown as Order;

const ORDERS = [
  order('a', 1, { limitPrice: '900', why: 'level 3 of the grid answers the sell at level 4' }),
  order('b', 2, { botId: 'b2', triggerPrice: '1000', type: 'stop', side: 'sell' }),
  order('c', 3, { type: 'market', quantity: '10', instrumentId: 'demo:ETH/USDT' }),
];
const NAMES: Record<string, string> = { b1: 'Grid', b2: 'Breakout' };
const shown = (search: string, sorting: OrderSorting = NEWEST_FIRST) =>
  shownOrders(
    ORDERS,
    { search, sorting },
    (id) => NAMES[id] ?? id,
    ({ side, type }) => `${side} ${type}`,
  )
    .map(({ id }) => id)
    .join('');

describe('the orders', () => {
  it('come newest first', () => {
    expect(shown('')).toBe('cba');
  });

  it('are found by bot, instrument and why they were sent', () => {
    expect(shown('breakout')).toBe('b');
    expect(shown('eth')).toBe('c');
    expect(shown('level grid')).toBe('a');
  });

  it('are found by what their rows say', () => {
    expect(shown('buy')).toBe('ca');
    expect(shown('sell')).toBe('b');
    expect(shown('stop breakout')).toBe('b');
  });

  it('are sorted by the price that they wait for, those without one at the end', () => {
    expect(shown('', { key: 'price', isDescending: true })).toBe('bac');
    expect(shown('', { key: 'price', isDescending: false })).toBe('abc');
  });

  it('are sorted by figures and words, the newest first among equals', () => {
    expect(shown('', { key: 'quantity', isDescending: true })).toBe('cba');
    expect(shown('', { key: 'bot', isDescending: false })).toBe('bca');
    expect(shown('', { key: 'side', isDescending: false })).toBe('cab');
  });

  it('turn round when the heading of how they come is clicked, and back', () => {
    const turned = nextOrderSorting(NEWEST_FIRST, 'time');
    expect(turned).toEqual({ key: 'time', isDescending: false });
    expect(nextOrderSorting(turned, 'time')).toEqual(NEWEST_FIRST);
  });
});
