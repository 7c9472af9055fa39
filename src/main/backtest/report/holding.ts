import { type Decimal, decimal } from '#domain/decimal.ts';

/** What an account holds, exactly. */
export interface Holding {
  readonly cash: Decimal;
  /** Signed: negative is short. */
  readonly quantity: Decimal;
}

/** cash + quantity × price. */
export const equityAt = ({ cash, quantity }: Holding, price: number): Decimal =>
  cash.plus(quantity.times(decimal(price)));
