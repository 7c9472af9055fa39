import type { Brand } from './brand.ts';

/** A price of market data in the quote currency. Finite; may be negative (it has happened). */
export type Price = Brand<number, 'Price'>;
/** A size of market data in the base currency (or contracts). Finite and not negative. */
export type Size = Brand<number, 'Size'>;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = Brand<number, 'EpochMs'>;

export const isPrice = (value: number): value is Price => Number.isFinite(value);
export const isSize = (value: number): value is Size => Number.isFinite(value) && value >= 0;
/** The year 2100. */
export const MAX_EPOCH_MS = 4_102_444_800_000;
/** Between 1970 and the year 2100, which also rejects microseconds given by mistake; seconds pass. */
export const isEpochMs = (value: number): value is EpochMs =>
  Number.isFinite(value) && value >= 0 && value < MAX_EPOCH_MS;

export const higherOf = (a: Price, b: Price): Price => Math.max(a, b) as Price;
export const lowerOf = (a: Price, b: Price): Price => Math.min(a, b) as Price;

/** All that a double surely holds. */
const SURE_DIGITS = 15;

/** A sum of sizes without what doubles bring into it: 0.3, and not 0.30000000000000004. */
export const plainSum = (sum: number): number =>
  Number.isInteger(sum) ? sum : Number(sum.toPrecision(SURE_DIGITS));
