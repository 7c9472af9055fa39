import { type Decimal, ZERO } from '#domain/decimal.ts';

/** Null where there is nothing to be a share of. Told as a double, and so computed as one. */
export const percentOf = (part: Decimal, whole: Decimal): number | null =>
  whole.gt(ZERO) ? (part.toNumber() / whole.toNumber()) * 100 : null;
