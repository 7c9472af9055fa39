import { type Decimal, QUOTIENT_DECIMALS, ZERO } from './decimal.ts';

/** So many digits of a number are exact. */
const EXACT_DIGITS = 15;
const NIL = 48;

const powersOfTen: bigint[] = [1n];
function powerOfTen(exponent: number): bigint {
  for (let next = powersOfTen.length; next <= exponent; next++) {
    powersOfTen.push((powersOfTen[next - 1] ?? 1n) * 10n);
  }
  return powersOfTen[exponent] ?? 1n;
}

/** The digits as one whole number. */
function wholeOf(digits: readonly number[]): bigint {
  let whole = 0n;
  for (let begin = 0; begin < digits.length; begin += EXACT_DIGITS) {
    const end = Math.min(begin + EXACT_DIGITS, digits.length);
    let part = 0;
    for (let index = begin; index < end; index++) part = part * 10 + (digits[index] ?? 0);
    whole = begin === 0 ? BigInt(part) : whole * powerOfTen(end - begin) + BigInt(part);
  }
  return whole;
}

/** The exponent of the last digit. */
const lastPlace = ({ e: exponent, c: digits }: Decimal): number => exponent - digits.length + 1;

/**
 * `dividend / divisor`, rounded half-even to `QUOTIENT_DECIMALS` places: what the library's `div` gives,
 * which divides digit by digit and takes twenty times as long. An order divides three times. Throws where
 * the divisor is zero.
 */
export function quotient(dividend: Decimal, divisor: Decimal): Decimal {
  if (divisor.eq(ZERO)) throw new RangeError('Division by zero');
  const shift = QUOTIENT_DECIMALS + lastPlace(dividend) - lastPlace(divisor);
  const above = wholeOf(dividend.c) * powerOfTen(Math.max(0, shift));
  const below = wholeOf(divisor.c) * powerOfTen(Math.max(0, -shift));
  let units = above / below;
  const twiceLeft = 2n * (above - units * below);
  if (twiceLeft > below || (twiceLeft === below && units % 2n === 1n)) units += 1n;
  return ofUnits(units, dividend.s * divisor.s);
}

/** So many of the last place that a quotient has. */
function ofUnits(units: bigint, sign: number): Decimal {
  const value = ZERO.abs();
  value.s = sign;
  if (units === 0n) return value;
  const text = units.toString();
  let end = text.length;
  while (text.charCodeAt(end - 1) === NIL) end -= 1;
  const digits: number[] = [];
  for (let index = 0; index < end; index++) digits.push(text.charCodeAt(index) - NIL);
  value.c = digits;
  value.e = text.length - 1 - QUOTIENT_DECIMALS;
  return value;
}
