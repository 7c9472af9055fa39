import type { RestAnswer, RestRequest } from '../fake-server.ts';
import type { Stage } from '../stage.ts';
import { symbolRow } from './exchange-info.ts';
import type { BinanceInstrument, BinanceMarketKind, ToldTrade } from './markets.ts';

const INTERVALS: Readonly<Record<string, number>> = {
  '1s': 1_000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
};
const DEFAULT_ROWS = 500;
const DEFAULT_DEPTH = 100;

/**
 * Public market data of spot and USD-M.
 * https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints
 */
export function binanceRest(
  { path, query }: RestRequest,
  stage: Stage,
  {
    kind,
    instruments,
  }: { kind: BinanceMarketKind; instruments: ReadonlyMap<string, BinanceInstrument> },
): RestAnswer | undefined {
  if (!path.startsWith(`${kind.restPath}/`)) return undefined;
  const what = path.slice(kind.restPath.length + 1);
  if (what === 'time') return { body: { serverTime: Math.trunc(stage.now()) } };
  if (what === 'ping') return { body: {} };
  if (what === 'exchangeInfo') {
    const symbols = [...instruments.values()].map((each) => symbolRow(each, kind));
    const serverTime = Math.trunc(stage.now());
    return { body: { timezone: 'UTC', serverTime, rateLimits: [], symbols } };
  }
  const instrument = instruments.get(query.get('symbol') ?? '');
  if (!instrument) return { status: 400, body: { code: -1121, msg: 'Invalid symbol.' } };
  const limit = Number(query.get('limit') ?? DEFAULT_ROWS);
  switch (what) {
    case 'depth':
      return depth(instrument, { stage, kind, limit: Number(query.get('limit') ?? DEFAULT_DEPTH) });
    case 'trades':
      return { body: instrument.trades.slice(-limit).map(tradeRow) };
    case 'historicalTrades':
      return oldTrades(instrument, { kind, limit, fromId: query.get('fromId') });
    case 'aggTrades':
      return aggregateTrades(instrument, query, limit);
    case 'klines':
      return klines(instrument.trades, query, limit);
    default:
      return undefined;
  }
}

function depth(
  { symbol, lastUpdateId }: BinanceInstrument,
  { stage, kind, limit }: { stage: Stage; kind: BinanceMarketKind; limit: number },
): RestAnswer {
  const book = stage.market.book(symbol);
  const wire = ([price, size]: readonly [number, number]) => [
    price.toFixed(kind.priceDigits),
    size.toFixed(kind.sizeDigits),
  ];
  const time = Math.trunc(stage.now());
  return {
    body: {
      lastUpdateId,
      ...(kind.name === 'usdm' && { E: time, T: time }),
      bids: book.bids(limit).map(wire),
      asks: book.asks(limit).map(wire),
    },
  };
}

function oldTrades(
  { trades }: BinanceInstrument,
  { kind, limit, fromId }: { kind: BinanceMarketKind; limit: number; fromId: string | null },
): RestAnswer {
  if (kind.wantsKeyForOldTrades) {
    return { status: 401, body: { code: -2014, msg: 'API-key format invalid.' } };
  }
  const from = fromId === null ? 0 : Number(fromId);
  const found = trades.filter(({ id }) => id >= from);
  return { body: (fromId === null ? found.slice(-limit) : found.slice(0, limit)).map(tradeRow) };
}

/** From `startTime` on, else the last ones. */
function aggregateTrades(
  { aggregates }: BinanceInstrument,
  query: URLSearchParams,
  limit: number,
): RestAnswer {
  const from = Number(query.get('startTime') ?? 0);
  const to = Number(query.get('endTime') ?? Number.POSITIVE_INFINITY);
  const found = aggregates.filter(({ T }) => T >= from && T <= to);
  const wanted = query.has('startTime') ? found.slice(0, limit) : found.slice(-limit);
  return { body: wanted.map(({ a, p, q, f, l, T, m }) => ({ a, p, q, f, l, T, m, M: true })) };
}

const tradeRow = (trade: ToldTrade) => ({
  ...trade,
  quoteQty: (Number(trade.price) * Number(trade.qty)).toFixed(8),
  isBestMatch: true,
});

function klines(
  trades: readonly ToldTrade[],
  query: URLSearchParams,
  limit: number,
): RestAnswer | undefined {
  const lengthMs = INTERVALS[query.get('interval') ?? ''];
  if (lengthMs === undefined)
    return { status: 400, body: { code: -1120, msg: 'Invalid interval.' } };
  const from = Number(query.get('startTime') ?? 0);
  const to = Number(query.get('endTime') ?? Number.POSITIVE_INFINITY);
  const byOpen = Map.groupBy(trades, ({ time }) => Math.floor(time / lengthMs) * lengthMs);
  const rows = [...byOpen].filter(([open]) => open >= from && open <= to);
  const wanted = query.has('startTime') ? rows.slice(0, limit) : rows.slice(-limit);
  return { body: wanted.map(([open, inside]) => klineRow(open, lengthMs, inside)) };
}

function klineRow(open: number, lengthMs: number, trades: readonly ToldTrade[]): unknown[] {
  const prices = trades.map(({ price }) => Number(price));
  const sum = (some: readonly ToldTrade[]) =>
    some.reduce((total, { qty }) => total + Number(qty), 0).toFixed(8);
  const bought = trades.filter(({ isBuyerMaker }) => !isBuyerMaker);
  return [
    open,
    trades[0]?.price,
    String(Math.max(...prices)),
    String(Math.min(...prices)),
    trades.at(-1)?.price,
    sum(trades),
    open + lengthMs - 1,
    '0',
    trades.length,
    sum(bought),
    '0',
    '0',
  ];
}
