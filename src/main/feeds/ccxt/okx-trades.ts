import type { Trade as CcxtTrade } from 'ccxt';
import type { EpochMs } from '#domain/units.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';

/** As many as a page of the history has. */
const PAGE = 100;
const MOST_PAGES = 40;
/** More at one price by one order are not believed. */
const MOST_WITHIN = 10_000;
const HISTORY = { method: 'publicGetMarketHistoryTrades' };

/**
 * OKX's single trades, backwards from the end of the stretch until before its beginning, and the last
 * one that there is. ccxt's own way gives no more than the last hundreds, however long ago the stretch.
 * https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-trades-history
 */
export async function fetchOkxTrades(
  { requests: exchange }: { readonly requests: Pick<CcxtExchange, 'fetchTrades'> },
  {
    symbol,
    fromTime,
    toTime,
  }: { readonly symbol: string; readonly fromTime: EpochMs; readonly toTime: EpochMs },
): Promise<readonly CcxtTrade[]> {
  const pages = [await exchange.fetchTrades(symbol, undefined, 1)];
  // Older than a time first, then older than a trade: several happen in one millisecond.
  let cursor = { type: '2', after: String(toTime + 1) };
  for (let count = 0; count < MOST_PAGES; count++) {
    const page = await exchange.fetchTrades(symbol, undefined, PAGE, { ...HISTORY, ...cursor });
    pages.push(page);
    const [oldest] = page;
    if (oldest?.id === undefined || (oldest.timestamp ?? 0) < fromTime) break;
    cursor = { type: '1', after: oldest.id };
  }
  return pages.flat();
}

/**
 * The single trades that a live one stands for besides the one whose id it has: OKX tells what one
 * order took at one price as one trade, with the last id and their `count`. Asked for the past it
 * tells each: those would be counted twice.
 */
export function idsWithin({ id, info }: Pick<CcxtTrade, 'id' | 'info'>): readonly string[] {
  const raw: unknown = info;
  const count = Number(
    typeof raw === 'object' && raw !== null && 'count' in raw ? raw.count : Number.NaN,
  );
  if (id === undefined || !/^\d+$/.test(id)) return [];
  if (!Number.isInteger(count) || count < 2 || count > MOST_WITHIN) return [];
  const last = BigInt(id);
  return Array.from({ length: count - 1 }, (_, index) => String(last - BigInt(index + 1)));
}
