import { expect, it } from 'vitest';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { knownProfit } from './known-profit.ts';

const held = (quantity: string, unrealizedPnl: string) => ({
  quantity: quantity as DecimalString,
  unrealizedPnl: unrealizedPnl as DecimalString,
});
const elsewhere = { strategy: EXTERNAL_STRATEGY };

it('[X4] is not known of what a bot elsewhere holds in a market without a price', () => {
  expect(knownProfit(elsewhere, held('2', '0'), null)).toBeNull();
  expect(knownProfit(elsewhere, held('-0.5', '0'), null)).toBeNull();
});

it('is zero of what is flat, and where the price is that of the entry', () => {
  expect(knownProfit(elsewhere, held('0', '0'), null)).toBe('0');
  expect(knownProfit(elsewhere, held('2', '0'), 100)).toBe('0');
});

it('is what the hub says where it has had a price, and of our own bots always', () => {
  expect(knownProfit(elsewhere, held('2', '-3'), null)).toBe('-3');
  expect(knownProfit({ strategy: 'grid' }, held('2', '0'), null)).toBe('0');
});
