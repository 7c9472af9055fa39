import Big from 'big.js';
import type { Brand } from './brand.ts';

/**
 * Exact decimal arithmetic for money: sums and products are exact, quotients are rounded half-even
 * to `QUOTIENT_DECIMALS` places. Market data stays `number`.
 */
export type Decimal = Big;
/** A decimal in plain notation (`-12.50`, never `1e3`): how money is stored and sent. */
export type DecimalString = Brand<string, 'DecimalString'>;

export const QUOTIENT_DECIMALS = 18;

const Exact = Big();
Exact.DP = QUOTIENT_DECIMALS;
Exact.RM = Big.roundHalfEven;

export const ZERO: Decimal = new Exact(0);

/** Reads a decimal; a `number` is taken by its shortest decimal notation. Throws on anything else. */
export function decimal(value: DecimalString | number | Decimal): Decimal {
  // Nothing changes one that is made.
  if (value instanceof Exact) return value;
  const text = typeof value === 'number' ? String(value) : value;
  const digits = typeof text === 'string' && !Object.is(value, -0) ? plainDigits(text) : null;
  return digits === null ? new Exact(value) : digits;
}

export const toDecimalString = (value: Decimal): DecimalString =>
  (value.c.length <= MOST_PLAIN && Math.abs(value.e) <= MOST_PLAIN
    ? plainText(value)
    : value.toFixed()) as DecimalString;

const [MINUS, POINT, NIL] = [45, 46, 48];
/** Digits of a decimal, before and behind the point, that are put together here. */
const MOST_PLAIN = 40;

/**
 * A decimal in plain notation, as the library reads it; null of any other text. The library looks at it with
 * regular expressions and cuts it to pieces, which takes three times as long: an order reads and writes dozens.
 */
function plainDigits(text: string): Decimal | null {
  const isNegative = text.charCodeAt(0) === MINUS;
  const digits: number[] = [];
  let [seen, leadingZeros, point] = [0, 0, -1];
  for (let index = isNegative ? 1 : 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const digit = code - NIL;
    if (digit >= 0 && digit <= 9) {
      seen += 1;
      if (digit !== 0 || digits.length > 0) digits.push(digit);
      else leadingZeros += 1;
    } else if (code === POINT && point < 0 && seen > 0) point = seen;
    else return null;
  }
  if (seen === 0) return null;
  while (digits.at(-1) === 0) digits.pop();
  const read = new Exact(ZERO);
  read.s = isNegative ? -1 : 1;
  if (digits.length === 0) return read;
  read.e = (point < 0 ? seen : point) - leadingZeros - 1;
  read.c = digits;
  return read;
}

/** What `toFixed` gives. */
function plainText({ s: sign, e: exponent, c: digits }: Decimal): string {
  const codes: number[] = [];
  if (sign < 0 && digits[0] !== 0) codes.push(MINUS);
  if (exponent < 0) codes.push(NIL, POINT);
  for (let place = -1; place > exponent; place--) codes.push(NIL);
  let place = exponent;
  for (const digit of digits) {
    if (place === -1 && exponent >= 0) codes.push(POINT);
    codes.push(NIL + digit);
    place -= 1;
  }
  for (; place >= 0; place--) codes.push(NIL);
  return String.fromCharCode(...codes);
}

/** Products keep all their decimals: those of a fee are the price’s, the quantity’s and the rate’s together. */
export const PLAIN_DECIMAL: RegExp = /^-?\d{1,40}(\.\d{1,60})?$/;

export const isDecimalString = (text: string): text is DecimalString => PLAIN_DECIMAL.test(text);

/** The same with the other sign, without a product. */
export function negated(value: Decimal): Decimal {
  const other = new Exact(value);
  other.s = -value.s;
  return other;
}

const [MONEY_DECIMALS, MOST_MONEY_DECIMALS] = [2, 8];

/** The decimals that money is shown with: two, and of a small part of a coin as many as its first two digits take. */
export const moneyDecimals = ({ e: exponent }: Decimal): number =>
  exponent < -MOST_MONEY_DECIMALS
    ? MONEY_DECIMALS
    : Math.max(MONEY_DECIMALS, Math.min(MOST_MONEY_DECIMALS, 1 - exponent));

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
  negated(floorTo(negated(value), increment));

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
