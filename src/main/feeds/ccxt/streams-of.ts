import { BookStream } from './book-stream.ts';
import { traitsOf } from './exchange-traits.ts';
import { tellsLiquidations } from './forced-orders.ts';
import { LiquidationStream } from './liquidation-stream.ts';
import { QuoteStream } from './quote-stream.ts';
import type { Stream, StreamHost } from './stream.ts';
import { TradeStream } from './trade-stream.ts';

/** Levels a side: more than any screen shows, few enough to compare at each update. */
const BOOK_DEPTH = 500;

/** What is watched of a symbol: all that the exchange offers. */
export function streamsOf(host: StreamHost, symbol: string): readonly Stream[] {
  const { has } = host.exchange;
  const traits = traitsOf(host.house.exchange);
  const { quotesFrom = 'book', bookLimit } = traits;
  const streams: Stream[] = [];
  if (has['watchTrades']) streams.push(new TradeStream(host, symbol));
  if (has['watchOrderBook']) {
    const withQuotes = quotesFrom === 'book';
    const options = { limit: bookLimit, depth: BOOK_DEPTH, withQuotes };
    streams.push(new BookStream(host, symbol, options));
  }
  if (quotesFrom === 'bidsAsks' && has['watchBidsAsks']) {
    streams.push(new QuoteStream(host, symbol, quotesFrom));
  }
  if (quotesFrom === 'ticker' && has['watchTicker']) {
    streams.push(new QuoteStream(host, symbol, quotesFrom));
  }
  if (tellsLiquidations(traits.forcedOrders, host.exchange.market(symbol))) {
    streams.push(new LiquidationStream(host, symbol));
  }
  return streams;
}
