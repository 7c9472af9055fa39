import type { MarketInterface } from 'ccxt';
import { type EpochMs, isEpochMs, type Price, type Size } from '#domain/units.ts';
import { asTold, type BaseSizeOf, baseSizeOf } from './base-size.ts';

/** What the numbers of one market can be, and what they come to. */
export interface MarketScale {
  /** Never 0: that is how exchanges write that there is none. */
  readonly isPrice: (value: unknown) => value is Price;
  readonly baseSize: BaseSizeOf;
}

type Market = Pick<MarketInterface, 'linear' | 'inverse' | 'contractSize'> &
  Partial<Pick<MarketInterface, 'contract' | 'option' | 'limits'>>;

/** Of a market of which nothing is known: as a spot market. */
export const PLAIN_SCALE: MarketScale = { isPrice: isPositive, baseSize: asTold };

export const scaleOf = (market: Market | undefined): MarketScale => ({
  isPrice: mayFallBelowZero(market) ? isAnyPrice : isPositive,
  baseSize: baseSizeOf(market),
});

/**
 * Futures and perpetuals on what costs money to keep (crude oil in April 2020), on rates and on spreads
 * have traded below zero. Nobody is paid to take coins or options; an inverse contract has no size there;
 * and an exchange that names a lowest price has said it.
 */
function mayFallBelowZero(market: Market | undefined): boolean {
  if (market?.contract !== true || market.option === true || market.inverse === true) return false;
  const lowest = market.limits?.price?.min;
  return lowest === undefined || lowest === null || lowest < 0;
}

function isPositive(value: unknown): value is Price {
  return isAnyPrice(value) && value > 0;
}

const isAnyPrice = (value: unknown): value is Price =>
  typeof value === 'number' && Number.isFinite(value) && value !== 0;

/** More than nothing, also after it was converted: products overflow and vanish. */
export const isTradedSize = (value: unknown): value is Size =>
  typeof value === 'number' && Number.isFinite(value) && value > 0;

/** Bitcoin's first block: what lies before it is in seconds, or no time. */
const FIRST_TIME = Date.UTC(2009, 0, 3);

/** When something can have happened on an exchange. */
export const isExchangeTime = (value: unknown): value is EpochMs =>
  typeof value === 'number' && isEpochMs(value) && value >= FIRST_TIME;

const MOST_SHOWN = 40;

/** Foreign data as a part of a sentence; whatever it is, without throwing. */
export function shown(value: unknown): string {
  if (typeof value === 'object' || typeof value === 'function') {
    return value === null ? 'null' : typeof value;
  }
  const text = String(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
