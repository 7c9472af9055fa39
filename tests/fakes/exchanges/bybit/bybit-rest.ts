import type { RestAnswer, RestRequest } from '../fake-server.ts';
import { recordedCandles } from '../recorded-candles.ts';
import { BYBIT_SYMBOL, type BybitMarket, type BybitTrade } from './bybit-market.ts';
import { decimal } from './depth-stream.ts';

const INSTRUMENT = {
  symbol: BYBIT_SYMBOL,
  baseCoin: 'BTC',
  quoteCoin: 'USDT',
  innovation: '0',
  status: 'Trading',
  marginTrading: 'utaOnly',
  lotSizeFilter: {
    basePrecision: '0.000001',
    quotePrecision: '0.0000001',
    minOrderQty: '0.000011',
    maxOrderQty: '83',
    minOrderAmt: '5',
    maxOrderAmt: '8000000',
  },
  priceFilter: { tickSize: '0.01' },
};

/** Of spot; other markets tell a thousand. */
const MOST_TRADES = 60;

const MINUTES: Readonly<Record<string, number>> = {
  '1': 1,
  '5': 5,
  '15': 15,
  '60': 60,
  '240': 240,
  D: 1_440,
};

/** The public REST of v5's spot market. https://bybit-exchange.github.io/docs/v5/intro */
export function bybitRest(
  { path, query }: RestRequest,
  market: BybitMarket,
  now: () => number,
): RestAnswer | undefined {
  const answer = (result: unknown) => answerAt(now(), result);
  const isSpot = query.get('category') === 'spot';
  switch (path) {
    case '/v5/market/time':
      return answer({ timeSecond: seconds(now()), timeNano: `${now()}000000` });
    case '/v5/market/instruments-info':
      return answer({ category: query.get('category'), list: isSpot ? [INSTRUMENT] : [] });
    case '/v5/market/recent-trade':
      if (Number(query.get('limit') ?? 0) > MOST_TRADES) return refusal('limit');
      return answer({ category: 'spot', list: recentTrades(query, market) });
    case '/v5/market/orderbook':
      return answer(orderBook(query, market, now()));
    case '/v5/market/kline':
      return answer({ category: 'spot', symbol: BYBIT_SYMBOL, list: candles(query) });
    default:
      return undefined;
  }
}

const answerAt = (time: number, result: unknown): RestAnswer => ({
  body: { retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time },
});

const refusal = (parameter: string): RestAnswer => ({
  body: { retCode: 10001, retMsg: `params error: ${parameter} invalid`, result: {} },
});

const seconds = (time: number): string => String(Math.floor(time / 1_000));
const limitOf = (query: URLSearchParams, usual: number, most: number): number =>
  Math.min(Number(query.get('limit') ?? usual), most);

/** The last 60 at most, newest first; there is no going further back. */
const recentTrades = (query: URLSearchParams, market: BybitMarket) =>
  market.trades
    .slice(-limitOf(query, MOST_TRADES, MOST_TRADES))
    .reverse()
    .map(({ id, price, size, side, time, sequence }: BybitTrade) => ({
      execId: id,
      symbol: BYBIT_SYMBOL,
      price,
      size,
      side,
      time: String(time),
      isBlockTrade: false,
      isRPITrade: false,
      seq: String(sequence),
    }));

function orderBook(query: URLSearchParams, market: BybitMarket, ts: number) {
  const book = market.book(limitOf(query, 1, 200));
  const written = (levels: readonly (readonly [number, number])[] = []) =>
    levels.map(([price, size]) => [decimal(price), decimal(size)]);
  const state = { s: BYBIT_SYMBOL, b: written(book?.bids), a: written(book?.asks) };
  return { ...state, ts, u: market.sequence, seq: market.sequence, cts: ts };
}

/** From `start` on, or back from `end` where more lie between the two; newest first. */
function candles(query: URLSearchParams): string[][] {
  const limit = limitOf(query, 200, 1_000);
  const start = Number(query.get('start') ?? Number.NEGATIVE_INFINITY);
  const end = query.get('end');
  const found = recordedCandles(MINUTES[query.get('interval') ?? '1'] ?? 1).filter(
    ({ openTime }) => openTime >= start && openTime <= Number(end ?? Number.POSITIVE_INFINITY),
  );
  const isForward = query.has('start') && end === null;
  return (isForward ? found.slice(0, limit) : found.slice(-limit))
    .reverse()
    .map(({ openTime, open, high, low, close, volume }) => [
      ...[String(openTime), open, high, low, close, volume],
      (Number(volume) * Number(close)).toFixed(2),
    ]);
}
