/**
 * The accounting of a bot, written from its definitions and not from our code, to check it by: exact
 * fractions of big integers, the average cost method, no shortcut. Slow, and obviously right.
 *
 * - A buy costs price × quantity, a sale earns it, and each costs its fee: that is cash.
 * - The open quantity was bought (or sold short) at an average price: each execution that adds to it
 *   averages in; one that reduces it leaves the average alone and realises the difference to its price.
 * - One that goes through zero first closes all that is open, then opens the rest at its own price.
 */
export interface Fraction {
  readonly numerator: bigint;
  /** Positive. */
  readonly denominator: bigint;
}

export function fraction(text: string): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`not a decimal: ${text}`);
  const [, sign = '', whole = '', decimals = ''] = match;
  const numerator = BigInt(whole + decimals) * (sign === '-' ? -1n : 1n);
  return reduced(numerator, 10n ** BigInt(decimals.length));
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

function reduced(numerator: bigint, denominator: bigint): Fraction {
  const divisor = greatestCommonDivisor(numerator, denominator) || 1n;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

const ZERO: Fraction = { numerator: 0n, denominator: 1n };
export const plus = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
export const times = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.numerator * b.numerator, a.denominator * b.denominator);
const negative = ({ numerator, denominator }: Fraction): Fraction => ({
  numerator: -numerator,
  denominator,
});
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, negative(b));
export const sign = ({ numerator }: Fraction): number =>
  numerator === 0n ? 0 : numerator < 0n ? -1 : 1;
const magnitude = (a: Fraction): Fraction => (sign(a) < 0 ? negative(a) : a);
const inverse = ({ numerator, denominator }: Fraction): Fraction =>
  numerator < 0n
    ? { numerator: -denominator, denominator: -numerator }
    : { numerator: denominator, denominator: numerator };
const lesser = (a: Fraction, b: Fraction): Fraction => (sign(minus(a, b)) < 0 ? a : b);

interface SlowExecution {
  readonly side: 'buy' | 'sell';
  readonly quantity: string;
  readonly price: string;
  readonly fee: string;
}

export class SlowAccount {
  cash: Fraction;
  /** Negative is short. */
  quantity = ZERO;
  averagePrice = ZERO;
  realized = ZERO;
  fees = ZERO;

  constructor(cash: string) {
    this.cash = fraction(cash);
  }

  /** What the open quantity was bought for; negative of a short one. */
  get cost(): Fraction {
    return times(this.quantity, this.averagePrice);
  }

  /** Returns what this execution realised. */
  execute({ side, ...text }: SlowExecution): Fraction {
    const quantity = fraction(text.quantity);
    const price = fraction(text.price);
    const fee = fraction(text.fee);
    const signed = side === 'buy' ? quantity : negative(quantity);
    this.cash = minus(minus(this.cash, times(signed, price)), fee);
    this.fees = plus(this.fees, fee);

    const isOpposite = sign(this.quantity) * sign(signed) < 0;
    const closed = isOpposite ? lesser(magnitude(this.quantity), quantity) : ZERO;
    const gain = minus(price, this.averagePrice);
    const realized = times(closed, sign(this.quantity) > 0 ? gain : negative(gain));
    this.realized = plus(this.realized, realized);
    this.#reduce(closed);
    this.#open(minus(quantity, closed), price, side);
    return realized;
  }

  #reduce(closed: Fraction): void {
    const isLong = sign(this.quantity) > 0;
    this.quantity = isLong ? minus(this.quantity, closed) : plus(this.quantity, closed);
  }

  #open(opened: Fraction, price: Fraction, side: 'buy' | 'sell'): void {
    if (sign(opened) === 0) return;
    const signed = side === 'buy' ? opened : negative(opened);
    const total = plus(this.quantity, signed);
    const value = plus(this.cost, times(signed, price));
    this.averagePrice = times(value, inverse(total));
    this.quantity = total;
  }
}
