import { fail, type Result, succeed } from '#contract/errors.ts';
import { type Instrument, instrumentId, namesOf } from '#domain/instrument.ts';
import type { DerivListing, DerivOffer } from './messages.ts';

export const DERIV_EXCHANGE = 'deriv';

/** Deriv has stakes, not sizes: the step is what paper orders are rounded to. */
const SIZE_INCREMENT = 0.01;
/** What it earns lies in the price that it makes, not in a fee; and it takes no stake under 1. */
const TERMS = { minNotional: 1, makerFeeBps: 0, takerFeeBps: 0 };
/** Forex, metals and cryptocurrencies: `frxEURUSD`, `cryBTCUSD`. */
const PAIR = /^(?:frx|cry)([A-Z]{3,4})([A-Z]{3})$/;

/** The instruments of the wanted symbols, in that order; fails on the first that is not listed. */
export function instrumentsOf(
  symbols: readonly string[],
  offer: DerivOffer,
): Result<readonly Instrument[]> {
  const instruments: Instrument[] = [];
  for (const symbol of symbols) {
    const listing = offer.listings.get(symbol);
    if (!listing) return unknownSymbol(symbol, offer);
    instruments.push(instrumentOf(listing));
  }
  return succeed(instruments);
}

export function instrumentOf({ symbol, priceIncrement }: DerivListing): Instrument {
  const id = instrumentId(DERIV_EXCHANGE, symbol);
  const [, base, quote] = PAIR.exec(symbol) ?? [];
  return {
    id,
    ...namesOf(id),
    ...(base !== undefined && quote !== undefined && { base, quote }),
    priceIncrement,
    sizeIncrement: SIZE_INCREMENT,
    ...TERMS,
  };
}

function unknownSymbol(symbol: string, { symbols }: DerivOffer) {
  const meant = symbols.find((each) => each.toLowerCase() === symbol.toLowerCase());
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return fail('unknown_instrument', `Deriv has no symbol ${symbol}.${hint}`);
}
