import { describe, expect, it } from 'vitest';
import type { DecimalString } from './decimal.ts';
import type { InstrumentId } from './instrument.ts';
import { isWaiting, type OrderDraft, submittedOrder } from './order.ts';
import type { EpochMs } from './units.ts';

const from = { id: 'b-1', botId: 'b', instrumentId: 'demo:BTC/USDT' as InstrumentId };
const TIME = 1_700_000_000_000 as EpochMs;
const text = (value: string) => value as DecimalString;

describe('submittedOrder', () => {
  it('says of everything that was not asked for that it was not', () => {
    const order = submittedOrder({ type: 'market', side: 'buy', quantity: text('1') }, from, TIME);
    expect(order).toEqual({
      ...from,
      ...{ type: 'market', side: 'buy', quantity: '1', status: 'submitted', filledQuantity: '0' },
      ...{ limitPrice: null, triggerPrice: null, trailingOffset: null, triggeredTime: null },
      ...{ timeInForce: 'ioc', postOnly: false, reduceOnly: false, ocoGroup: null, why: null },
      ...{ reason: null, createdTime: TIME, updatedTime: TIME },
    });
  });

  it('keeps what was asked for', () => {
    const draft: OrderDraft = {
      type: 'limit',
      side: 'sell',
      quantity: text('2'),
      limitPrice: text('101'),
      timeInForce: 'ioc',
      reduceOnly: true,
      ocoGroup: 'exit',
      why: 'take profit',
    };
    expect(submittedOrder(draft, from, TIME)).toMatchObject(draft);
  });
});

describe('isWaiting', () => {
  const stop = submittedOrder(
    { type: 'stop', side: 'sell', quantity: text('1'), triggerPrice: text('90') },
    from,
    TIME,
  );

  it('is for stops that were not reached yet', () => {
    expect(isWaiting({ ...stop, status: 'accepted' })).toBe(true);
    expect(isWaiting({ ...stop, status: 'accepted', triggeredTime: TIME })).toBe(false);
    expect(isWaiting({ ...stop, status: 'canceled' })).toBe(false);
    expect(isWaiting({ ...stop, type: 'limit' })).toBe(false);
  });
});
