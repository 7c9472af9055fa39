import type { Brand } from './brand.ts';

/**
 * `exchange:symbol` with the unified symbol: `binance:BTC/USDT`, `binance:BTC/USDT:USDT` (a swap
 * settled in USDT), `deriv:R_100`.
 */
export type InstrumentId = Brand<string, 'InstrumentId'>;

/** A source of market data: `binance`, `kraken`, `deriv`, `demo`, `replay`, … */
export type Exchange = string;

export interface Instrument {
  readonly id: InstrumentId;
  readonly exchange: Exchange;
  /** Unified symbol, unique within the exchange. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** Smallest price step, in the quote currency. */
  readonly priceIncrement: number;
  /** Smallest size step, in the base currency. */
  readonly sizeIncrement: number;
  /** Least value of an order, in the quote currency. Null where none is known, as are the fees. */
  readonly minNotional: number | null;
  /** What the exchange takes of the value traded; a negative one is a rebate. */
  readonly makerFeeBps: number | null;
  readonly takerFeeBps: number | null;
  /** The exchange tells of positions that it closes by force. Absent: it does not, as far as is known. */
  readonly tellsLiquidations?: boolean;
}

/** What nobody has told of an instrument. */
export const UNKNOWN_TERMS: Pick<Instrument, 'minNotional' | 'makerFeeBps' | 'takerFeeBps'> = {
  minNotional: null,
  makerFeeBps: null,
  takerFeeBps: null,
};

const EXCHANGE = '[a-z][a-z0-9_]{0,31}';
const SYMBOL = '[A-Za-z0-9][A-Za-z0-9._/-]{0,47}(?::[A-Za-z0-9-]{1,24})?';
export const INSTRUMENT_ID: RegExp = new RegExp(`^(${EXCHANGE}):(${SYMBOL})$`);
const BARE_SYMBOL = new RegExp(`^${SYMBOL}$`);

export const isInstrumentId = (text: string): text is InstrumentId => INSTRUMENT_ID.test(text);
export const isSymbol = (text: string): boolean => BARE_SYMBOL.test(text);

export const instrumentId = (exchange: Exchange, symbol: string): InstrumentId =>
  `${exchange}:${symbol}` as InstrumentId;

export const symbolOf = (id: InstrumentId): string => id.slice(id.indexOf(':') + 1);

/** Decimal places of an increment: 0.01 → 2, 1 → 0, 1e-8 → 8. */
export function decimalsOf(increment: number): number {
  const [mantissa = '', exponent] = increment.toString().split('e');
  const fraction = mantissa.split('.')[1]?.length ?? 0;
  return Math.max(0, fraction - Number(exponent ?? 0));
}

/** What an id tells of itself. Without a slash the symbol is its own base, and has no quote. */
export function namesOf(
  id: InstrumentId,
): Pick<Instrument, 'exchange' | 'symbol' | 'base' | 'quote'> {
  const symbol = symbolOf(id);
  const [pair = symbol] = symbol.split(':');
  const [base = symbol, quote = ''] = pair.split('/');
  return { exchange: id.slice(0, id.indexOf(':')), symbol, base, quote };
}
