import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, decimal, ZERO } from './decimal.ts';
import { quotient } from './quotient.ts';

/** Up to 40 digits, from 1e-30 to far beyond money. */
const values: fc.Arbitrary<Decimal> = fc
  .tuple(
    fc.bigInt(-(10n ** 40n), 10n ** 40n),
    fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(-25)),
  )
  .map(([units, decimals]) =>
    decimal(`${units}` as never).times(decimal(Number(`1e${-decimals}`))),
  );
const parts = ({ s, e, c }: Decimal) => ({ s, e, c: c.join('') });

describe('quotient', () => {
  it('[X1] is what the library divides to, digit by digit', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        fc.pre(!b.eq(ZERO));
        expect(parts(quotient(a, b))).toEqual(parts(a.div(b)));
      }),
      { numRuns: 3_000 },
    );
  });

  it('[X1] gives back a factor of what can be divided', () => {
    const short = fc
      .integer({ min: -1e9, max: 1e9 })
      .map((units) => decimal(units).times(decimal(0.0001)));
    fc.assert(
      fc.property(short, short, (a, b) => {
        fc.pre(!b.eq(ZERO));
        expect(quotient(a.times(b), b).eq(a)).toBe(true);
      }),
    );
  });

  it.each([
    ['half to even, down', '0.000000000000000001', '2', '0'],
    ['half to even, up', '0.000000000000000003', '2', '0.000000000000000002'],
    ['less than half', '1', '3', '0.333333333333333333'],
    ['more than half', '2', '3', '0.666666666666666667'],
    ['of a negative', '-2', '3', '-0.666666666666666667'],
    ['what carries', '0.9999999999999999999', '1', '1'],
    ['nothing', '0', '7', '0'],
  ])('rounds %s', (_, a, b, expected) => {
    expect(quotient(decimal(a as never), decimal(b as never)).toFixed()).toBe(expected);
  });

  it('is none of zero', () => expect(() => quotient(decimal(1), ZERO)).toThrow(RangeError));
});
