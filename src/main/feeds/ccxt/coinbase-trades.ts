import type { Trade as CcxtTrade } from 'ccxt';
import type { EpochMs } from '#domain/units.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';

const PAGE = 1_000;
const MOST_PAGES = 40;
const SECOND_MS = 1_000;

/**
 * Coinbase's trades of a stretch and of a minute on either side, backwards: it wants an end with the
 * beginning, both in whole seconds, and tells the last ones between them.
 * https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/public/get-public-market-trades
 */
export async function fetchCoinbaseTrades(
  { requests: exchange }: { readonly requests: Pick<CcxtExchange, 'fetchTrades'> },
  {
    symbol,
    fromTime,
    toTime,
  }: { readonly symbol: string; readonly fromTime: EpochMs; readonly toTime: EpochMs },
): Promise<readonly CcxtTrade[]> {
  const marginMs = 60 * SECOND_MS;
  const pages: (readonly CcxtTrade[])[] = [];
  let until = wholeSecond(toTime + marginMs);
  while (pages.length < MOST_PAGES) {
    const page = await exchange.fetchTrades(symbol, fromTime - marginMs, PAGE, { until });
    pages.push(page);
    const oldest = wholeSecond(page[0]?.timestamp ?? 0);
    if (page.length < PAGE || oldest >= until) break;
    until = oldest;
  }
  return pages.flat();
}

const wholeSecond = (time: number): number => Math.ceil(time / SECOND_MS) * SECOND_MS;

/**
 * Coinbase tells the maker's side of a public trade, and ccxt hands it on: the aggressor did the
 * opposite. https://docs.cdp.coinbase.com/exchange/websocket-feed/channels#match
 */
export function turnSides(exchange: Pick<CcxtExchange, 'parseTrade'>): void {
  const parse = exchange.parseTrade.bind(exchange);
  exchange.parseTrade = (...asked: Parameters<typeof parse>) => {
    const trade = parse(...asked);
    const side = trade.side === 'buy' ? 'sell' : trade.side === 'sell' ? 'buy' : undefined;
    return { ...trade, side };
  };
}
