import { describe, expect, it } from 'vitest';
import type { DecimalString } from './decimal.ts';
import { type OrderDraft, submittedOrder } from './order.ts';
import { actingPrice, draftOfRest, pricesAt, repriced } from './order-change.ts';

const text = (value: string) => value as DecimalString;
const SELL = { side: 'sell', quantity: text('2') } as const;
const stopLimit = {
  type: 'stopLimit',
  triggerPrice: text('95'),
  limitPrice: text('94.5'),
} as const;
const order = (draft: OrderDraft) => ({
  ...submittedOrder(
    draft,
    { id: 'b-1', botId: 'b', instrumentId: 'demo:BTC/USDT' as never },
    0 as never,
  ),
  status: 'accepted' as const,
});

describe('an order at another price', () => {
  it.each([
    ['limit', { ...SELL, type: 'limit', limitPrice: text('101') }, '101', { limitPrice: '103' }],
    ['stop', { ...SELL, type: 'stop', triggerPrice: text('95') }, '95', { triggerPrice: '103' }],
    [
      'stop with a limit, which goes along',
      { ...SELL, ...stopLimit },
      '95',
      { triggerPrice: '103', limitPrice: '102.5' },
    ],
    [
      'trailing stop, which goes its own way',
      { ...SELL, type: 'trailingStop', trailingOffset: text('1') },
      null,
      null,
    ],
    ['market order', { ...SELL, type: 'market' }, null, null],
  ] as const)('of a %s', (_, draft, acting, prices) => {
    expect(actingPrice(order(draft))).toBe(acting);
    expect(pricesAt(order(draft), text('103'))).toEqual(prices);
  });

  it('has only its limit once its stop was reached', () => {
    const triggered = { ...order({ ...SELL, ...stopLimit }), triggeredTime: 5 as never };
    expect(actingPrice(triggered)).toBe('94.5');
    expect(pricesAt(triggered, text('96'))).toEqual({ limitPrice: '96' });
    expect(repriced(triggered, { triggerPrice: text('96') })).toBe('triggerPrice');
  });

  it('is otherwise the same, and asks for what is left of it', () => {
    const partly = {
      ...order({ ...SELL, type: 'limit', limitPrice: text('101'), postOnly: true }),
      filledQuantity: text('0.5'),
    };
    const moved = repriced(partly, { limitPrice: text('102') });
    expect(moved).toEqual({ ...partly, limitPrice: '102' });
    expect(draftOfRest(partly)).toEqual({
      ...{ type: 'limit', side: 'sell', quantity: '1.5', limitPrice: '101' },
      ...{ postOnly: true, timeInForce: 'gtc', reduceOnly: false },
    });
  });
});
