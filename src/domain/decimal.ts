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

interface Step {
  readonly size: Decimal;
  /** The decimals of its multiples, of 1, 0.1, 0.01 and so on; null of any other. */
  readonly decimals: number | null;
}

/** Few, and asked for at every order: a division costs as much as all else that is computed of one. */
const steps = new Map<number, Step>();

function stepOf(increment: number): Step {
  const known = steps.get(increment);
  if (known) return known;
  const size = decimal(increment);
  const isPowerOfTen = size.c.length === 1 && size.c[0] === 1 && size.e <= 0;
  const step = { size, decimals: isPowerOfTen ? -size.e : null };
  steps.set(increment, step);
  return step;
}

/** The greatest multiple of `increment` that is not above `value`. */
export function floorTo(value: Decimal, increment: number): Decimal {
  const { size, decimals } = stepOf(increment);
  const multiple =
    decimals === null
      ? value.div(size).round(0, Big.roundDown).times(size)
      : roundDown(value, decimals);
  return multiple.gt(value) ? multiple.minus(size) : multiple;
}

/** The least multiple of `increment` that is not below `value`. */
export const ceilTo = (value: Decimal, increment: number): Decimal =>
  floorTo(value.times(-1), increment).times(-1);

/** Whether `value` is a whole number of steps of `increment`. */
export function isMultipleOf(value: DecimalString, increment: number): boolean {
  const { size, decimals } = stepOf(increment);
  const exact = decimal(value);
  return decimals === null
    ? exact.mod(size).eq(ZERO)
    : exact.c.length - 1 - exact.e <= decimals || exact.eq(ZERO);
}

export const smaller = (a: Decimal, b: Decimal): Decimal => (a.lt(b) ? a : b);
export const larger = (a: Decimal, b: Decimal): Decimal => (a.gt(b) ? a : b);
