import type { Trade as CcxtTrade } from 'ccxt';
import type { EpochMs } from '#domain/units.ts';
import type { ExchangeHouse } from './exchange-house.ts';

const PAGE = 1_000;
const FUTURES_PAGE = 500;
const MOST_PAGES = 40;
/** Of Binance's request weight, in ccxt's units. */
const HISTORICAL_COST = 5;

/** Whether the ids of the stream are those of single trades, not of aggregated ones. */
export function isBinanceTradeStream({ exchange, requests }: ExchangeHouse): boolean {
  const stream: unknown = requests.options['watchTrades'];
  const isAggregated =
    typeof stream === 'object' && stream !== null && 'name' in stream && stream.name === 'aggTrade';
  return exchange.startsWith('binance') && !isAggregated;
}

/**
 * Binance's single trades, whose ids are those of the stream: the last ones, then backwards by id
 * until before `fromTime`. ccxt's own way gives aggregated trades, which have other ids. Where the
 * older ones are refused (futures want a key for them), what was had is the answer.
 */
export async function fetchBinanceTrades(
  house: ExchangeHouse,
  { symbol, fromTime }: { readonly symbol: string; readonly fromTime: EpochMs },
): Promise<readonly CcxtTrade[]> {
  const { requests: exchange } = house;
  const market = exchange.market(symbol);
  const prefix = market.linear ? 'fapiPublic' : market.inverse ? 'dapiPublic' : 'public';
  const recent = { fetchTradesMethod: `${prefix}GetTrades` };
  const pages: (readonly CcxtTrade[])[] = [
    await exchange.fetchTrades(symbol, undefined, PAGE, recent),
  ];
  while (pages.length < MOST_PAGES) {
    const oldest = pages.at(-1)?.[0];
    if (!oldest || (oldest.timestamp ?? 0) < fromTime) break;
    const limit = market.contract ? FUTURES_PAGE : PAGE;
    const fromId = Number(oldest.id) - limit;
    const page = await fetchOlder(house, { prefix, symbol, marketId: market.id, fromId, limit });
    if (page.length === 0) break;
    pages.push(page);
  }
  return pages.flat();
}

interface OlderQuestion {
  readonly prefix: string;
  readonly symbol: string;
  readonly marketId: string | undefined;
  readonly fromId: number;
  readonly limit: number;
}

/** ccxt signs this request with a key, which spot does not ask for. */
async function fetchOlder(
  house: ExchangeHouse,
  { prefix, symbol, marketId, fromId, limit }: OlderQuestion,
): Promise<readonly CcxtTrade[]> {
  const { requests: exchange } = house;
  const api: unknown = exchange.urls['api'];
  const base: unknown = typeof api === 'object' && api !== null ? Reflect.get(api, prefix) : null;
  if (typeof base !== 'string' || marketId === undefined || fromId < 0) return [];
  const query = new URLSearchParams({
    symbol: marketId,
    fromId: String(fromId),
    limit: String(limit),
  });
  try {
    await exchange.throttle(HISTORICAL_COST);
    const answer: unknown = await exchange.fetch(`${base}/historicalTrades?${query}`, 'GET');
    return Array.isArray(answer) ? exchange.parseTrades(answer, exchange.market(symbol)) : [];
  } catch (error) {
    const { kind } = house.understand(error);
    if (kind === 'notOffered') return [];
    throw error;
  }
}
