import { describe, expect, it } from 'vitest';
import type { DecimalString } from './decimal.ts';
import type { OrderDraft } from './order.ts';
import { weighingPrice } from './order-weight.ts';
import type { Side } from './side.ts';

const price = (text: string) => text as DecimalString;
const quantity = price('1');
const limit = (side: Side, limitPrice: string): OrderDraft => ({
  ...{ type: 'limit', side, quantity, limitPrice: price(limitPrice) },
});
const stop = (side: Side, triggerPrice: string): OrderDraft => ({
  ...{ type: 'stop', side, quantity, triggerPrice: price(triggerPrice) },
});
const stopLimit = (side: Side, triggerPrice: string, limitPrice: string): OrderDraft => ({
  ...{ type: 'stopLimit', side, quantity },
  ...{ triggerPrice: price(triggerPrice), limitPrice: price(limitPrice) },
});

describe('the price that an order is weighed at', () => {
  it.each<[string, OrderDraft, number | null, string | undefined]>([
    ['a market order', { type: 'market', side: 'buy', quantity }, 100, '100'],
    [
      'a market order of which no price is known',
      { type: 'market', side: 'buy', quantity },
      null,
      undefined,
    ],
    ['a limit to buy below the market', limit('buy', '90'), 100, '90'],
    ['a limit to buy at once', limit('buy', '110'), 100, '110'],
    ['a limit to sell above the market', limit('sell', '110'), 100, '110'],
    ['[X3] a limit to sell at once', limit('sell', '1'), 100, '100'],
    ['a limit while no price is known', limit('sell', '1'), null, '1'],
    ['a stop to buy above the market', stop('buy', '110'), 100, '110'],
    ['[X3] a stop to buy that the market has passed', stop('buy', '1'), 100, '100'],
    ['a stop to sell below the market', stop('sell', '90'), 100, '90'],
    ['[X3] a stop to sell with a limit far below it', stopLimit('sell', '90', '1'), 100, '90'],
    [
      'a stop that trails',
      { type: 'trailingStop', side: 'sell', quantity, trailingOffset: quantity },
      100,
      '100',
    ],
    ['a limit at a negative price', limit('buy', '-10'), 5, '10'],
    ['[X3] a limit to buy at once at a negative price', limit('buy', '-10'), -50, '50'],
  ])('%s', (_, draft, mark, expected) => {
    expect(weighingPrice(draft, mark)?.toString()).toBe(expected);
  });
});
