import { describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import { problemsOf } from './order-draft.ts';
import { exitOf, type PairForm, pairRequestOf } from './order-pair-draft.ts';

const STEPS = { priceIncrement: 0.5, sizeIncrement: 0.001 };
const FORM: PairForm = {
  ...{ botId: 'bot1', type: 'oco', side: 'sell', quantity: '0.01', limitPrice: '110' },
  ...{ triggerPrice: '90', trailingOffset: '', abovePrice: '105', belowPrice: '95' },
  ...{ postOnly: true, reduceOnly: true },
};
const common = { quantity: '0.01' };

describe('the form of a pair of orders', () => {
  it('is a target and a stop of one side, which may only reduce', () => {
    expect(pairRequestOf(FORM)).toEqual({
      botId: 'bot1',
      orders: [
        { ...common, type: 'limit', side: 'sell', limitPrice: '110', reduceOnly: true },
        { ...common, type: 'stop', side: 'sell', triggerPrice: '90', reduceOnly: true },
      ],
    });
  });

  it('or an entry on both sides: by stops outside of a range, or by limits at its ends', () => {
    expect(pairRequestOf({ ...FORM, type: 'breakout' }).orders).toEqual([
      { ...common, type: 'stop', side: 'buy', triggerPrice: '105' },
      { ...common, type: 'stop', side: 'sell', triggerPrice: '95' },
    ]);
    expect(pairRequestOf({ ...FORM, type: 'range' }).orders).toEqual([
      { ...common, type: 'limit', side: 'sell', limitPrice: '105' },
      { ...common, type: 'limit', side: 'buy', limitPrice: '95' },
    ]);
  });

  it.each([
    [{}, {}],
    [{ triggerPrice: '110' }, { triggerPrice: { kind: 'notBelow', step: 0.5 } }],
    [{ side: 'buy' }, { triggerPrice: { kind: 'notAbove', step: 0.5 } }],
    [{ side: 'buy', limitPrice: '80' }, {}],
    [{ triggerPrice: '' }, { triggerPrice: { kind: 'noNumber', step: 0.5 } }],
    [{ type: 'breakout', belowPrice: '106' }, { belowPrice: { kind: 'notBelow', step: 0.5 } }],
    [{ type: 'range', abovePrice: '105.2' }, { abovePrice: { kind: 'step', step: 0.5 } }],
    [{ type: 'range', triggerPrice: 'not of a range' }, {}],
    [{ quantity: '0' }, { quantity: { kind: 'notPositive', step: 0.001 } }],
  ] as const)('with %j has %j to be put right', (changes, problems) => {
    expect(problemsOf({ ...FORM, ...changes }, STEPS)).toEqual(problems);
  });

  it('begins with what closes the position that there is', () => {
    const held = (quantity: string) => exitOf({ quantity: quantity as DecimalString });
    expect(held('0.50')).toEqual({ side: 'sell', quantity: '0.5', reduceOnly: true });
    expect(held('-2')).toEqual({ side: 'buy', quantity: '2', reduceOnly: true });
    expect(held('0')).toEqual({});
  });
});
