import Big from 'big.js';
import type { Brand } from './brand.ts';

/**
 * Exact decimal arithmetic for money: sums and products are exact, quotients are rounded half-even
 * to `QUOTIENT_DECIMALS` places. Market data stays `number`.
 */
export type Decimal = Big;
/** A decimal in plain notation (`-12.50`, never `1e3`): how money is stored and sent. */
export type DecimalString = Brand<string, 'DecimalString'>;

const QUOTIENT_DECIMALS = 18;

const Exact = Big();
Exact.DP = QUOTIENT_DECIMALS;
Exact.RM = Big.roundHalfEven;

export const ZERO: Decimal = new Exact(0);

/** Reads a decimal; a `number` is taken by its shortest decimal notation. Throws on anything else. */
export const decimal = (value: DecimalString | number | Decimal): Decimal => new Exact(value);

export const toDecimalString = (value: Decimal): DecimalString => value.toFixed() as DecimalString;

export const PLAIN_DECIMAL: RegExp = /^-?\d{1,30}(\.\d{1,30})?$/;

export const isDecimalString = (text: string): text is DecimalString => PLAIN_DECIMAL.test(text);

/** Cuts to `decimals` places towards zero. */
export const roundDown = (value: Decimal, decimals: number): Decimal =>
  value.round(decimals, Big.roundDown);

/** The greatest multiple of `increment` that is not above `value`. */
export function floorTo(value: Decimal, increment: number): Decimal {
  const step = decimal(increment);
  const multiple = value.div(step).round(0, Big.roundDown).times(step);
  return multiple.gt(value) ? multiple.minus(step) : multiple;
}

/** The least multiple of `increment` that is not below `value`. */
export const ceilTo = (value: Decimal, increment: number): Decimal =>
  floorTo(value.times(-1), increment).times(-1);

/** Whether `value` is a whole number of steps of `increment`. */
export const isMultipleOf = (value: DecimalString, increment: number): boolean =>
  decimal(value).mod(decimal(increment)).eq(ZERO);

export const smaller = (a: Decimal, b: Decimal): Decimal => (a.lt(b) ? a : b);
export const larger = (a: Decimal, b: Decimal): Decimal => (a.gt(b) ? a : b);
