import type { RestAnswer, RestRequest } from '../fake-server.ts';
import type { Stage } from '../stage.ts';
import type { Listing } from './dialect.ts';
import type { Product } from './recording.ts';
import { tradeRow } from './wire.ts';

const PRODUCTS = '/api/v3/brokerage/market/products';
/** `granularity` in seconds. */
const GRANULARITIES: Readonly<Record<string, number>> = {
  ONE_MINUTE: 60,
  FIVE_MINUTE: 300,
  FIFTEEN_MINUTE: 900,
  ONE_HOUR: 3_600,
};
const MOST_CANDLES = 350;

/** Public answers of Advanced Trade and of the older v2 (https://docs.cdp.coinbase.com/api-reference). */
export function coinbaseRest(
  request: RestRequest,
  stage: Stage,
  listing: Listing,
): RestAnswer | undefined {
  const { path, query } = request;
  const epoch = Math.floor(stage.now() / 1000);
  switch (path) {
    case '/v2/time':
      return { body: { data: { epoch, iso: new Date(epoch * 1000).toISOString() } } };
    case '/v2/currencies':
      return { body: { data: currencies(listing).filter(isFiat).map(fiat) } };
    case '/v2/currencies/crypto':
      return { body: { data: currencies(listing).filter(isCrypto).map(crypto) } };
    case '/v2/exchange-rates':
      return { body: { data: { currency: 'USD', rates: rates(listing) } } };
    case PRODUCTS:
      return products(query.get('product_type') ?? 'SPOT', listing);
    default:
      return ofProduct(request, stage, listing);
  }
}

function products(type: string, listing: Listing): RestAnswer {
  const found = type === 'SPOT' ? listing.products.map((each) => productRow(each, listing)) : [];
  return { body: { products: found, num_products: found.length } };
}

function ofProduct(
  { path, query }: RestRequest,
  stage: Stage,
  listing: Listing,
): RestAnswer | undefined {
  const [, id, what] = new RegExp(`^${PRODUCTS}/([^/]+)/(ticker|candles)$`).exec(path) ?? [];
  const instrument = listing.played.get(id ?? '');
  if (id === undefined || !instrument) return undefined;
  const from = Number(query.get('start') ?? 0) * 1000;
  const to = Number(query.get('end') ?? Number.POSITIVE_INFINITY) * 1000;
  if (what === 'candles') {
    const seconds = GRANULARITIES[query.get('granularity') ?? ''];
    if (seconds === undefined) return { status: 400, body: { error: 'INVALID_ARGUMENT' } };
    return candles(stage.market.trades(instrument.symbol), seconds * 1000, from, to);
  }
  const trades = instrument.trades
    .filter(({ toldTime }) => toldTime >= from && toldTime <= to)
    .slice(-Number(query.get('limit') ?? 100))
    .map((trade) => ({ ...tradeRow(id, trade), bid: '', ask: '' }))
    .reverse();
  return { body: { trades, best_bid: '', best_ask: '' } };
}

/** Newest first; a minute without trades has none. */
function candles(
  trades: ReturnType<Stage['market']['trades']>,
  lengthMs: number,
  from: number,
  to: number,
): RestAnswer {
  const byOpen = Map.groupBy(trades, ({ time }) => Math.floor(time / lengthMs) * lengthMs);
  const rows = [...byOpen]
    .filter(([open]) => open >= from && open <= to)
    .map(([open, inside]) => {
      const prices = inside.map((trade) => trade.price);
      return {
        start: String(open / 1000),
        low: String(Math.min(...prices)),
        high: String(Math.max(...prices)),
        open: String(prices[0]),
        close: String(prices.at(-1)),
        volume: String(inside.reduce((sum, trade) => sum + trade.size, 0)),
      };
    });
  return { body: { candles: rows.slice(-MOST_CANDLES).reverse() } };
}

/** The recorded product in the words of Advanced Trade. */
const productRow = (product: Product, listing: Listing) => ({
  product_id: product.id,
  price: listing.played.get(product.id)?.ticker?.price ?? '',
  price_percentage_change_24h: '',
  volume_24h: '',
  volume_percentage_change_24h: '',
  base_increment: product.base_increment,
  quote_increment: product.quote_increment,
  price_increment: product.quote_increment,
  quote_min_size: product.min_market_funds,
  quote_max_size: product.max_market_funds,
  base_min_size: product.base_min_size,
  base_max_size: product.base_max_size,
  base_name: product.base_currency,
  quote_name: product.quote_currency,
  is_disabled: false,
  new: false,
  status: product.status,
  cancel_only: false,
  limit_only: false,
  post_only: false,
  trading_disabled: product.trading_disabled,
  auction_mode: false,
  product_type: 'SPOT',
  quote_currency_id: product.quote_currency,
  base_currency_id: product.base_currency,
  fcm_trading_session_details: null,
  mid_market_price: '',
  alias: '',
  alias_to: [],
  display_name: product.id,
  product_venue: 'CBE',
});

const FIAT = new Set(['USD', 'EUR', 'GBP']);
const isFiat = (code: string): boolean => FIAT.has(code);
const isCrypto = (code: string): boolean => !FIAT.has(code);
const fiat = (id: string) => ({ id, name: id, min_size: '0.01' });
const crypto = (code: string) => ({
  asset_id: code,
  code,
  name: code,
  exponent: 8,
  type: 'crypto',
});

/** The recording has no currencies: they are told from the products. */
const currencies = ({ products }: Listing): string[] => [
  ...new Set(products.flatMap((each) => [each.base_currency, each.quote_currency])),
];
const rates = (listing: Listing): Record<string, string> =>
  Object.fromEntries(currencies(listing).map((code) => [code, '1']));
