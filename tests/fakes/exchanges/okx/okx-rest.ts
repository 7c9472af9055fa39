import type { RestAnswer, RestRequest } from '../fake-server.ts';
import { recordedCandles } from '../recorded-candles.ts';
import { OKX_INSTRUMENTS } from './instruments.ts';
import type { OkxMarket } from './okx-market.ts';

const MINUTES: Readonly<Record<string, number>> = {
  '1m': 1,
  '5m': 5,
  '15m': 15,
  '1H': 60,
  '4H': 240,
  '1Dutc': 1_440,
};

/** The largest `limit` of each. */
const MOST: Readonly<Record<string, number>> = {
  '/api/v5/market/trades': 500,
  '/api/v5/market/history-trades': 100,
  '/api/v5/market/candles': 300,
  '/api/v5/market/history-candles': 300,
};

/** The public REST of v5, as far as market data goes. https://www.okx.com/docs-v5/en/ */
export function okxRest(
  { path, query }: RestRequest,
  market: OkxMarket,
  now: () => number,
): RestAnswer | undefined {
  const instId = query.get('instId') ?? '';
  const most = MOST[path];
  if (most !== undefined && limitOf(query) > most) return refusal('51000', 'Parameter limit error');
  switch (path) {
    case '/api/v5/public/time':
      return answer([{ ts: String(now()) }]);
    case '/api/v5/public/instruments':
      return answer(instrumentsOf(query.get('instType')));
    case '/api/v5/market/ticker':
      return answer([market.ticker(instId)].filter((ticker) => ticker !== undefined));
    case '/api/v5/market/trades':
      return answer(market.trades(instId).slice(-limitOf(query)).reverse());
    case '/api/v5/market/history-trades':
      return answer(olderTrades(query, market));
    case '/api/v5/market/candles':
    case '/api/v5/market/history-candles':
      return candles(query);
    default:
      return undefined;
  }
}

const answer = (data: readonly unknown[]): RestAnswer => ({ body: { code: '0', msg: '', data } });
const refusal = (code: string, msg: string): RestAnswer => ({ body: { code, msg, data: [] } });

const limitOf = (query: URLSearchParams): number => Number(query.get('limit') ?? 100);

const instrumentsOf = (instType: string | null) =>
  OKX_INSTRUMENTS.map(({ details }) => details).filter((each) => each.instType === instType);

/** `after` (older than) and `before` (newer than) are trade ids, with `type=2` times; newest first. */
function olderTrades(query: URLSearchParams, market: OkxMarket) {
  const isByTime = query.get('type') === '2';
  const after = Number(query.get('after') ?? Number.POSITIVE_INFINITY);
  const before = Number(query.get('before') ?? Number.NEGATIVE_INFINITY);
  return market
    .trades(query.get('instId') ?? '')
    .filter((trade) => {
      const key = Number(isByTime ? trade.ts : trade.tradeId);
      return key < after && key > before;
    })
    .slice(-limitOf(query))
    .reverse();
}

function candles(query: URLSearchParams): RestAnswer {
  const minutes = MINUTES[query.get('bar') ?? '1m'];
  if (minutes === undefined) return refusal('51000', 'Parameter bar error');
  const after = Number(query.get('after') ?? Number.POSITIVE_INFINITY);
  const before = Number(query.get('before') ?? Number.NEGATIVE_INFINITY);
  const found = recordedCandles(minutes)
    .filter(({ openTime }) => openTime > before && openTime < after)
    .slice(-limitOf(query))
    .reverse();
  return answer(
    found.map(({ openTime, open, high, low, close, volume }) => [
      ...[String(openTime), open, high, low, close, volume],
      ...[(Number(volume) * Number(close)).toFixed(2), '0', '1'],
    ]),
  );
}
