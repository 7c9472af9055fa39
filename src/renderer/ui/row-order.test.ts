import { describe, expect, it } from 'vitest';
import { nextSorting, type OrderValue, orderRows } from './row-order.ts';

const row = (id: string, value: OrderValue) => ({ id, value });
const order = (rows: readonly { id: string; value: OrderValue }[], isDescending: boolean) =>
  orderRows(rows, ({ value }) => value, isDescending)
    .map(({ id }) => id)
    .join('');

describe('orderRows', () => {
  it('orders figures either way, and leaves equals as they stood', () => {
    const rows = [row('a', 2), row('b', -1), row('c', 2), row('d', 10)];
    expect(order(rows, false)).toBe('bacd');
    expect(order(rows, true)).toBe('dacb');
  });

  it('puts what has no value at the end either way', () => {
    const rows = [row('a', null), row('b', 1), row('c', null), row('d', 2)];
    expect(order(rows, false)).toBe('bdac');
    expect(order(rows, true)).toBe('dbac');
  });

  it('orders names as one counts, not by their letters’ codes', () => {
    const rows = [row('a', 'Grid 10'), row('b', 'grid 2'), row('c', 'DCA')];
    expect(order(rows, false)).toBe('cba');
  });
});

describe('nextSorting', () => {
  const initial = { key: 'created', isDescending: false };
  const first = { key: 'equity', isDescending: true };

  it('goes from a column’s own direction to the other one, and back to how it was at first', () => {
    const once = nextSorting(initial, first, initial);
    const twice = nextSorting(once, first, initial);
    expect([once, twice]).toEqual([first, { key: 'equity', isDescending: false }]);
    expect(nextSorting(twice, first, initial)).toBe(initial);
  });

  it('turns round and round where that column is how it was at first', () => {
    const turned = nextSorting(first, first, first);
    expect(turned.isDescending).toBe(false);
    expect(nextSorting(turned, first, first)).toBe(first);
  });
});
