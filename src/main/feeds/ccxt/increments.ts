/** ccxt's numbers for what a market's precision means (`exchange.precisionMode`). */
const DECIMAL_PLACES = 2;
const TICK_SIZE = 4;

/** Where an exchange does not say: finer than any real price or size. */
export const FINEST_INCREMENT = 1e-8;

/** The smallest step, from a precision as ccxt tells it in one of its three modes. */
export function incrementOf(precision: number | undefined, mode: number | undefined): number {
  if (precision === undefined || !Number.isFinite(precision)) return FINEST_INCREMENT;
  switch (mode) {
    case TICK_SIZE:
      return precision > 0 ? precision : FINEST_INCREMENT;
    case DECIMAL_PLACES:
      return Number(`1e${-Math.trunc(precision)}`);
    default:
      // Significant digits: a step that depends on the price is no step.
      return FINEST_INCREMENT;
  }
}
