import type { MarketInterface } from 'ccxt';
import { FINEST_INCREMENT } from './increments.ts';

/** What an amount of ccxt's at a price comes to, in the base currency. */
export type BaseSizeOf = (amount: number, price: number) => number;

type Market = Pick<MarketInterface, 'linear' | 'inverse' | 'contractSize'>;

const SIGNIFICANT_DIGITS = 12;
/** Contracts times their value, without what binary arithmetic adds at the end. */
const tidy = (size: number): number => Number(size.toPrecision(SIGNIFICANT_DIGITS));

export const asTold: BaseSizeOf = (amount) => amount;

/**
 * ccxt tells candles in the base currency, but trades and books of futures and perpetuals in
 * contracts: a hundredth of a bitcoin on one exchange, a hundred dollars on another. Here all sizes
 * are in the base currency.
 */
export function baseSizeOf(market: Market | undefined): BaseSizeOf {
  const value = market?.contractSize;
  if (value === undefined || !(value > 0)) return asTold;
  if (market?.inverse === true) return (amount, price) => tidy((amount * value) / price);
  if (market?.linear === true && value !== 1) return (amount) => tidy(amount * value);
  return asTold;
}

/** The step of sizes, where ccxt's amounts have the step `increment`. */
export function baseIncrementOf(market: Market, increment: number): number {
  // A contract's worth in the base currency follows the price: it has no step of its own.
  if (market.inverse === true) return FINEST_INCREMENT;
  return baseSizeOf(market)(increment, 1);
}
