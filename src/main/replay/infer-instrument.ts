import {
  decimalsOf,
  type Instrument,
  type InstrumentId,
  namesOf,
  UNKNOWN_TERMS,
} from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';

/** One number in a thousand may have more decimals: some venues print a few. */
const ODD_SHARE = 0.001;
const INCREMENT_WITHOUT_SIZES = 0.01;

/**
 * An instrument of which only trades are known: its increments are the decimals that their prices
 * and sizes have. They may be finer than the exchange's, never coarser than what has traded.
 */
export function inferIncrements(id: InstrumentId, trades: readonly Trade[]): Instrument {
  return {
    ...namesOf(id),
    id,
    priceIncrement: incrementOf(trades.map(({ price }) => price)),
    sizeIncrement: sizeIncrementOf(trades),
    ...UNKNOWN_TERMS,
  };
}

/** Ticks have no size: what is ordered on them is rounded to hundredths, as where they come from. */
function sizeIncrementOf(trades: readonly Trade[]): number {
  const sizes = trades.flatMap(({ size }) => (size > 0 ? [size] : []));
  return sizes.length > 0 ? incrementOf(sizes) : INCREMENT_WITHOUT_SIZES;
}

function incrementOf(values: readonly number[]): number {
  const counts: number[] = [];
  for (const value of values) {
    const decimals = decimalsOf(value);
    counts[decimals] = (counts[decimals] ?? 0) + 1;
  }
  let odd = values.length;
  const usual = counts.findIndex((count = 0) => {
    odd -= count;
    return odd <= values.length * ODD_SHARE;
  });
  return Number(`1e-${Math.max(0, usual)}`);
}
