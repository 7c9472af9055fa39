import { expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import { ownOrdersOf } from './own-orders.ts';

const id = 'demo:BTC/USD' as InstrumentId;
const order = (changes: Partial<Record<keyof Order, unknown>>): Order =>
  ({
    instrumentId: id,
    type: 'limit',
    status: 'accepted',
    triggeredTime: null,
    side: 'buy',
    limitPrice: '100.01',
    quantity: '1.5',
    filledQuantity: '0',
    ...changes,
  }) as unknown as Order;

it('adds up what is still open at each row, exactly and by side', () => {
  const orders = [
    order({ filledQuantity: '0.2' }),
    order({ quantity: '0.1' }),
    order({ side: 'sell', limitPrice: '100.02' }),
    order({ limitPrice: null }),
    order({ type: 'stopLimit', limitPrice: '100.01' }),
    order({ instrumentId: 'demo:ETH/USD' }),
  ];
  const own = ownOrdersOf(orders, id, { rows: 5, priceIncrement: 0.01, grouping: 1 });
  expect([...own.buy]).toEqual([[100.01, '1.4']]);
  expect([...own.sell]).toEqual([[100.02, '1.5']]);
  const grouped = ownOrdersOf(orders, id, { rows: 5, priceIncrement: 0.01, grouping: 100 });
  expect([...grouped.buy]).toEqual([[100, '1.4']]);
  expect([...grouped.sell]).toEqual([[101, '1.5']]);
});
