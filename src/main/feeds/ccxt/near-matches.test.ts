import { expect, it } from 'vitest';
import { didYouMean, nearMatches } from './near-matches.ts';

const KNOWN = ['BTC/USDT', 'BTC/USDT:USDT', 'BTC/USDC', 'ETH/USDT', 'ETH/BTC', 'DOGE/USDT'];

it.each([
  ['btcusdt', 'BTC/USDT'],
  ['BTC-USDT', 'BTC/USDT'],
  ['BTC/UDST', 'BTC/USDT'],
  ['DOGE', 'DOGE/USDT'],
])('takes %s for %s first', (text, match) => {
  expect(nearMatches(text, KNOWN)[0]).toBe(match);
});

it('guesses at nothing that is far', () => {
  expect(nearMatches('XRP/JPY', KNOWN)).toEqual([]);
  expect(didYouMean('XRP/JPY', KNOWN)).toBe('');
});

it('says it in a sentence', () => {
  expect(didYouMean('ETH/USDC', ['ETH/USDT', 'ETH/BTC'])).toBe(' Did you mean ETH/USDT?');
  expect(didYouMean('BTC', ['BTC/USDT', 'BTC/USDC'])).toBe(' Did you mean BTC/USDT or BTC/USDC?');
});
