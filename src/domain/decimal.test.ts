import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ceilTo,
  type Decimal,
  decimal,
  floorTo,
  isDecimalString,
  isMultipleOf,
  negated,
  toDecimalString,
} from './decimal.ts';

const INCREMENTS = [1, 0.1, 0.01, 1e-8, 0.5, 0.25, 0.05, 0.003, 10, 25] as const;
const increments = fc.constantFrom(...INCREMENTS);
/** Up to 9 digits before the point and 12 behind it, of either sign. */
const values = fc
  .tuple(fc.bigInt(-(10n ** 21n), 10n ** 21n), fc.integer({ min: 0, max: 12 }))
  .map(([units, decimals]) =>
    decimal(Number(`1e-${decimals}`)).times(decimal(`${units}` as never)),
  );

/** The definition, in whole numbers of the finest unit that either has. */
const UNIT = decimal(1e-20 as number);
const units = (value: Decimal): bigint => BigInt(value.div(UNIT).toFixed(0));

describe('a decimal', () => {
  const digits = fc.stringMatching(/^\d{0,60}$/);
  const texts = fc
    .tuple(fc.constantFrom('', '-'), digits, fc.constantFrom('', '.'), digits)
    .map((parts) => parts.join(''));
  const anything = fc.oneof(
    texts,
    fc.double(),
    fc.integer(),
    fc.constantFrom(-0, '-0', '-0.00', '1e5', '-.5', '.5', '5.', '+1', ' 1', '1 ', '1.2.3', ''),
    fc.string(),
  );
  const outcome = (work: () => Decimal) => {
    try {
      const { s, e, c } = work();
      return { s, e, c };
    } catch {
      return 'refused';
    }
  };

  it('is read, or refused, as the library would', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(outcome(() => decimal(value as never))).toEqual(outcome(() => new Big(value)));
      }),
    );
  });

  it('is written as the library would, however large or small', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: -80, max: 80 }), (text, exponent) => {
        fc.pre(/\d/.test(text) && !text.startsWith('.') && !text.startsWith('-.'));
        const value = decimal(text as never).times(new Big(`1e${exponent}`));
        expect(toDecimalString(value)).toBe(value.toFixed());
        expect(toDecimalString(negated(value))).toBe(value.times(-1).toFixed());
      }),
    );
  });
});

it('a product of a price, a quantity and a rate is a decimal that can be kept', () => {
  const fee = decimal(1.0994321e-12)
    .times(decimal(98715513735276.5))
    .times('0.00000001')
    .times(decimal(0.00075));
  const text = toDecimalString(fee.times('1.234567890123456789'));
  expect(isDecimalString(text)).toBe(true);
  expect(isDecimalString(`0.${'1'.repeat(61)}`)).toBe(false);
});

describe('steps of an increment', () => {
  it('are found below and above any value, as whole numbers tell', () => {
    fc.assert(
      fc.property(values, increments, (value, increment) => {
        const step = units(decimal(increment));
        const exact = units(value);
        const rest = ((exact % step) + step) % step;
        expect(units(floorTo(value, increment))).toBe(exact - rest);
        expect(units(ceilTo(value, increment))).toBe(rest === 0n ? exact : exact - rest + step);
        expect(isMultipleOf(toDecimalString(value), increment)).toBe(rest === 0n);
      }),
    );
  });

  it.each([
    ['1.10', 0.1, true],
    ['1.11', 0.1, false],
    ['-0.30', 0.1, true],
    ['0', 0.01, true],
    ['0.000', 1, true],
    ['7', 1, true],
    ['7.5', 1, false],
    ['0.75', 0.25, true],
    ['30', 25, false],
  ])('%s in steps of %f: %s', (text, increment, isMultiple) => {
    expect(isMultipleOf(text as never, increment)).toBe(isMultiple);
  });
});
