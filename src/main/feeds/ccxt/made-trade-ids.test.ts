import type { Trade } from 'ccxt';
import { expect, it } from 'vitest';
import { withMadeIds } from './made-trade-ids.ts';

const print = { timestamp: 1_700_000_000_000, side: 'buy', price: 10, amount: 2 } as Trade;

it('gives equal trades of one message different ids, and the same message the same ones', () => {
  const message = [print, print, { ...print, amount: 3 } as Trade];
  const ids = withMadeIds(message).map(({ id }) => id);
  expect(ids).toEqual([
    '1700000000000-buy-10-2-0',
    '1700000000000-buy-10-2-1',
    '1700000000000-buy-10-3-0',
  ]);
  expect(withMadeIds(message).map(({ id }) => id)).toEqual(ids);
});
