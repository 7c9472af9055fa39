import { describe, expect, it } from 'vitest';
import type { OrderType } from '#domain/order.ts';
import { problemsOf, requestOf } from './order-draft.ts';
import type { SomeForm } from './order-figures.ts';

const STEPS = { priceIncrement: 0.5, sizeIncrement: 0.001 };
const FORM: SomeForm<OrderType> = {
  ...{ botId: 'bot1', type: 'limit', side: 'buy', quantity: '0.01', limitPrice: '100.5' },
  ...{ triggerPrice: '99', trailingOffset: '', abovePrice: '', belowPrice: '' },
  ...{ postOnly: true, reduceOnly: false },
};

describe('the form of an order', () => {
  it('is asked for what its type has, and nothing else', () => {
    const { botId, side, quantity } = FORM;
    const common = { botId, side, quantity };
    expect(requestOf(FORM)).toEqual({
      ...{ ...common, type: 'limit', limitPrice: '100.5', postOnly: true },
    });
    expect(requestOf({ ...FORM, type: 'stop', reduceOnly: true })).toEqual({
      ...{ ...common, type: 'stop', triggerPrice: '99', reduceOnly: true },
    });
    expect(requestOf({ ...FORM, type: 'market' })).toEqual({ ...common, type: 'market' });
  });

  it.each([
    [{ quantity: '' }, { quantity: { kind: 'noNumber', step: 0.001 } }],
    [{ quantity: '-1' }, { quantity: { kind: 'notPositive', step: 0.001 } }],
    [{ quantity: '0.0001' }, { quantity: { kind: 'step', step: 0.001 } }],
    [{ limitPrice: '100.4' }, { limitPrice: { kind: 'step', step: 0.5 } }],
    [{ limitPrice: '-100' }, {}],
    [{ type: 'trailingStop' as const }, { trailingOffset: { kind: 'noNumber', step: 0.5 } }],
    [{ triggerPrice: 'not of a limit order' }, {}],
  ])('with %j has %j to be put right', (changes, problems) => {
    expect(problemsOf({ ...FORM, ...changes }, STEPS)).toEqual(problems);
  });

  it('wants numbers also of what nothing carries, whose steps are not known', () => {
    expect(problemsOf({ ...FORM, quantity: '0.02%', limitPrice: '100.4' }, null)).toEqual({
      quantity: { kind: 'noNumber', step: null },
    });
  });
});
