import type { Instrument } from '#domain/instrument.ts';

/** What ccxt tells of a market's terms: fees as fractions of the value, `cost` as the least value. */
interface Market {
  readonly inverse?: boolean | undefined;
  readonly maker?: number | undefined;
  readonly taker?: number | undefined;
  readonly limits?: { readonly cost?: { readonly min?: number | undefined } | undefined };
}

export const termsOf = (
  market: Market,
): Pick<Instrument, 'minNotional' | 'makerFeeBps' | 'takerFeeBps'> => ({
  // Of inverse contracts `cost` is counted in the base currency by some exchanges, in the quote by others.
  minNotional: market.inverse === true ? null : positiveOf(market.limits?.cost?.min),
  makerFeeBps: basisPointsOf(market.maker),
  takerFeeBps: basisPointsOf(market.taker),
});

const positiveOf = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) && value > 0 ? value : null;

/** To a thousandth of a basis point: 0.0006 × 10,000 is not quite 6 in binary. */
const basisPointsOf = (fraction: number | undefined): number | null =>
  fraction !== undefined && Number.isFinite(fraction) ? Number((fraction * 1e4).toFixed(3)) : null;
