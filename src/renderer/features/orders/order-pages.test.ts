import { describe, expect, it } from 'vitest';
import type { Order, OrderStatus } from '#domain/order.ts';
import { eachOnce, NO_PAGES, withNewestPage, withOlderPage } from './order-pages.ts';

const order = (id: string, status: OrderStatus = 'accepted') =>
  ({ id, status }) as unknown as Order;
const page = (ids: string, nextBefore: string | null) => ({
  items: [...ids].map((id) => order(id)),
  nextBefore,
});
const ids = ({ orders }: { readonly orders: readonly Order[] }) =>
  orders.map(({ id }) => id).join('');

describe('the pages of all orders', () => {
  const two = withOlderPage(withNewestPage(NO_PAGES, page('fe', 'e')), page('dc', 'c'));

  it('go back by the page', () => {
    expect(ids(two)).toBe('fedc');
    expect(two.nextBefore).toBe('c');
    expect(withOlderPage(two, page('ba', null)).nextBefore).toBeNull();
  });

  it('keep what is behind when the newest page is asked for again', () => {
    const newer = withNewestPage(two, page('gf', 'f'));
    expect(ids(newer)).toBe('gfedc');
    expect(newer.nextBefore).toBe('c');
  });

  it('begin anew where orders are missing between', () => {
    const later = withNewestPage(two, page('zy', 'y'));
    expect(ids(later)).toBe('zy');
    expect(later.nextBefore).toBe('y');
  });

  it('have each order once, as it was told of last', () => {
    const filled = { items: [order('f', 'filled'), order('e')], nextBefore: 'e' };
    expect(withNewestPage(two, filled).orders[0]?.status).toBe('filled');
    expect(eachOnce([order('a', 'filled'), order('a')])).toEqual([order('a', 'filled')]);
  });
});
