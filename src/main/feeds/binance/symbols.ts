import { type Exchange, type Instrument, instrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';

/** Spot, or USD-margined futures: two dialects of nearly the same stream. */
export type BinanceMarket = 'spot' | 'usdm';

/** Longest first, so that `BTCFDUSD` is not taken for a pair against USD. */
const QUOTES = [
  ...['FDUSD', 'USDT', 'USDC', 'TUSD', 'BUSD', 'USD1', 'USDP', 'AEUR', 'EURI'],
  ...['BTC', 'ETH', 'BNB', 'EUR', 'TRY', 'BRL', 'JPY', 'GBP', 'AUD', 'DAI', 'XRP'],
  ...['ZAR', 'UAH', 'RUB', 'PLN', 'RON', 'ARS', 'MXN', 'COP', 'CZK', 'IDR', 'TRX'],
  'DOGE',
].sort((a, b) => b.length - a.length);

const SYMBOL = /^([A-Z0-9]{2,30})(?:_(\d{6}))?$/;

interface SymbolParts {
  readonly base: string;
  readonly quote: string;
  readonly symbol: string;
}

/** `BTCUSDT` → `BTC/USDT`, for futures `BTC/USDT:USDT`, with a delivery date `BTC/USDT:USDT-240927`. */
export function splitSymbol(name: string, market: BinanceMarket): SymbolParts | undefined {
  const [, pair = '', expiry] = SYMBOL.exec(name) ?? [];
  const quote = QUOTES.find((known) => pair.length > known.length && pair.endsWith(known));
  if (quote === undefined) return undefined;
  const base = pair.slice(0, -quote.length);
  const settlement =
    market === 'usdm' ? `:${quote}${expiry === undefined ? '' : `-${expiry}`}` : '';
  return { base, quote, symbol: `${base}/${quote}${settlement}` };
}

/** Undefined where the symbol's parts are not known. */
export function binanceInstrument(
  exchange: Exchange,
  name: string,
  market: BinanceMarket,
  decimals: { readonly price: number; readonly size: number },
): Instrument | undefined {
  const parts = splitSymbol(name, market);
  if (!parts) return undefined;
  return {
    id: instrumentId(exchange, parts.symbol),
    exchange,
    ...parts,
    priceIncrement: Number(`1e-${decimals.price}`),
    sizeIncrement: Number(`1e-${decimals.size}`),
    ...UNKNOWN_TERMS,
  };
}
