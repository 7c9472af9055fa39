import type { Exchange } from '#domain/instrument.ts';
import {
  binanceForcedOrders,
  bybitForcedOrders,
  type ForcedOrderReader,
  okxForcedOrders,
} from './forced-orders.ts';

/** What must be known of an exchange beyond what ccxt says of it. */
export interface ExchangeTraits {
  /** The book depth to ask for; undefined takes what ccxt takes. */
  readonly bookLimit?: number;
  /** Merged into ccxt's options, below what the user configured. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The same, by what is wanted: `BTC/USDT` is spot, `BTC/USDT:USDT` is settled in USDT. */
  readonly optionsFor?: (symbols: readonly string[]) => Readonly<Record<string, unknown>>;
  /** Trade ids count up by one within an instrument, so that a missing one shows. */
  readonly hasContiguousTradeIds?: boolean;
  /** Live trades may stand for several of those that the exchange tells of the past: `count`. */
  readonly aggregatesLiveTrades?: boolean;
  /** The most past trades that it tells at once, where that is less than most exchanges do. */
  readonly tradesPage?: (symbol: string) => number;
  /** Its trades have no ids: they are made (`made-trade-ids.ts`). */
  readonly lacksTradeIds?: boolean;
  /** Its public trades carry the maker's side, and ccxt hands that on as it is. */
  readonly hasMakerSides?: boolean;
  /** Its clock is told in steps of so many milliseconds, rounded down. */
  readonly clockStepMs?: number;
  /** It limits requests, not subscriptions: ccxt would space both alike. */
  readonly countsNoSubscriptions?: boolean;
  /** A channel without which it ends those on which nothing happens. */
  readonly heartbeatChannel?: string;
  /** ccxt itself subscribes to a book again after it threw a bad one away. */
  readonly resubscribesBooks?: boolean;
  /**
   * Where quotes come from; from the book unless told. ccxt keeps the best bid and ask of some
   * exchanges in the very book that it keeps for the deeper subscription, which spoils it.
   */
  readonly quotesFrom?: 'book' | 'bidsAsks' | 'ticker';
  /** Of markets of contracts: how its liquidations are read. Without it none are watched. */
  readonly forcedOrders?: ForcedOrderReader;
  /** How klines tell of what ccxt's parsed candles leave out: columns of the raw array. */
  readonly candleColumns?: { readonly tradeCount: number; readonly buyVolume: number };
}

const settlementOf = (symbol: string): string | undefined => symbol.split(':')[1]?.split('-')[0];
const baseOf = (symbol: string): string | undefined => symbol.split('/')[0];

/** Binance serves spot, USD-M and COIN-M from different hosts: ask only those that are needed. */
function binanceOptions(symbols: readonly string[]): Readonly<Record<string, unknown>> {
  const types = new Set(
    symbols.map((symbol) => {
      const settlement = settlementOf(symbol);
      if (settlement === undefined) return 'spot';
      return settlement === baseOf(symbol) ? 'inverse' : 'linear';
    }),
  );
  if (types.size === 0) return {};
  const [only] = types.size === 1 ? types : [];
  return {
    fetchMarkets: { types: [...types] },
    ...(only === 'linear' && { defaultType: 'swap', defaultSubType: 'linear' }),
    ...(only === 'inverse' && { defaultType: 'swap', defaultSubType: 'inverse' }),
  };
}

/** Where each kind of market is listed apart, and options are thousands: ask only for what is needed. */
function listingOptions(
  kindOf: (symbol: string) => string,
): (symbols: readonly string[]) => Readonly<Record<string, unknown>> {
  return (symbols) =>
    symbols.length === 0
      ? {}
      : { fetchMarkets: { types: [...new Set(symbols.map(kindOf))].sort() } };
}

/** `BTC/USD:BTC-220527` is a future, `BTC/USD:BTC-220527-30000-C` an option. */
const dashesOf = (symbol: string): number => symbol.split('-').length - 1;

function okxKindOf(symbol: string): string {
  if (settlementOf(symbol) === undefined) return 'spot';
  const dashes = dashesOf(symbol);
  return dashes === 0 ? 'swap' : dashes === 1 ? 'future' : 'option';
}

function bybitKindOf(symbol: string): string {
  const settlement = settlementOf(symbol);
  if (settlement === undefined) return 'spot';
  if (dashesOf(symbol) > 1) return 'option';
  return settlement === baseOf(symbol) ? 'inverse' : 'linear';
}

/** https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints#klinecandlestick-data */
const BINANCE_CANDLE_COLUMNS = { tradeCount: 8, buyVolume: 9 };

const BINANCE: ExchangeTraits = {
  options: { fetchCurrencies: false, watchOrderBookLimit: 1_000 },
  optionsFor: binanceOptions,
  hasContiguousTradeIds: true,
  resubscribesBooks: true,
  quotesFrom: 'bidsAsks',
  forcedOrders: binanceForcedOrders,
  candleColumns: BINANCE_CANDLE_COLUMNS,
};

const TRAITS: Readonly<Record<Exchange, ExchangeTraits>> = {
  binance: BINANCE,
  binanceusdm: { ...BINANCE, optionsFor: () => ({}) },
  binanceus: { ...BINANCE, optionsFor: () => ({}) },
  kraken: {
    bookLimit: 500,
    hasContiguousTradeIds: true,
    clockStepMs: 1_000,
    countsNoSubscriptions: true,
  },
  coinbase: {
    hasContiguousTradeIds: true,
    hasMakerSides: true,
    clockStepMs: 1_000,
    heartbeatChannel: 'heartbeats',
  },
  coinbaseexchange: { quotesFrom: 'ticker', hasContiguousTradeIds: true },
  // Its books have no checksum any more: ccxt goes by `seqId`.
  okx: {
    optionsFor: listingOptions(okxKindOf),
    hasContiguousTradeIds: true,
    aggregatesLiveTrades: true,
    forcedOrders: okxForcedOrders,
  },
  bybit: {
    bookLimit: 200,
    optionsFor: listingOptions(bybitKindOf),
    forcedOrders: bybitForcedOrders,
    tradesPage: (symbol) => (settlementOf(symbol) ? 1_000 : 60),
  },
  bithumb: { lacksTradeIds: true },
  bitrue: { lacksTradeIds: true },
  lbank: { lacksTradeIds: true },
  nado: { lacksTradeIds: true },
  bitfinex: { options: { watchOrderBook: { checksum: true } } },
  bitget: { options: { watchOrderBook: { checksum: true } } },
};

const NONE: ExchangeTraits = {};

export const traitsOf = (exchange: Exchange): ExchangeTraits => TRAITS[exchange] ?? NONE;
