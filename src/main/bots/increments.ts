import { type Decimal, type DecimalString, decimal, toDecimalString } from '#domain/decimal.ts';
import { decimalsOf, type Instrument } from '#domain/instrument.ts';

/** The nearest price that the instrument takes. */
export function atTick(
  price: number,
  { priceIncrement }: Pick<Instrument, 'priceIncrement'>,
): DecimalString {
  return steps(Math.round(price / priceIncrement), priceIncrement);
}

/** The largest quantity that the instrument takes and that is not more than `quantity`. */
export function atLot(
  quantity: Decimal,
  { sizeIncrement }: Pick<Instrument, 'sizeIncrement'>,
): DecimalString {
  const lot = decimal(sizeIncrement);
  return toDecimalString(quantity.minus(quantity.mod(lot)));
}

const steps = (count: number, increment: number): DecimalString =>
  toDecimalString(decimal(count).times(decimal(increment)).round(decimalsOf(increment)));
