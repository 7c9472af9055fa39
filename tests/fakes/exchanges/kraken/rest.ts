import type { TruthTrade } from '../fake-exchange.ts';
import type { RestAnswer, RestRequest } from '../fake-server.ts';
import type { Stage } from '../stage.ts';
import { type Pair, symbolOf } from './recording.ts';

const ok = (result: unknown): RestAnswer => ({ body: { error: [], result } });
const failed = (error: string): RestAnswer => ({ body: { error: [error] } });

/** Kraken's public REST answers (https://docs.kraken.com/exchange/api-reference/spot-rest). */
export function krakenRest(
  request: RestRequest,
  stage: Stage,
  pairs: Readonly<Record<string, Pair>>,
): RestAnswer | undefined {
  const now = stage.now();
  switch (request.path) {
    case '/0/public/Time':
      return ok({ unixtime: Math.floor(now / 1000), rfc1123: new Date(now).toUTCString() });
    case '/0/public/SystemStatus':
      return ok({ status: 'online', timestamp: new Date(now).toISOString() });
    case '/0/public/Assets':
      return ok(assetsOf(pairs));
    case '/0/public/AssetPairs':
      return ok(todaysPairs(pairs));
    case '/0/public/Trades':
    case '/0/public/OHLC':
      return ofPair(request, stage, pairs);
    default:
      return undefined;
  }
}

function ofPair(
  { path, query }: RestRequest,
  stage: Stage,
  pairs: Readonly<Record<string, Pair>>,
): RestAnswer {
  const id = query.get('pair') ?? '';
  const wsname = pairs[id]?.wsname;
  if (wsname === undefined) return failed('EQuery:Unknown asset pair');
  const trades = stage.market.trades(symbolOf(wsname));
  const since = Number(query.get('since') ?? 0);
  if (path.endsWith('OHLC'))
    return candles(id, trades, Number(query.get('interval') ?? 1), since, stage.now());
  return tradesOf(id, trades, since, Number(query.get('count') ?? 1000));
}

/** `since` in seconds or nanoseconds, as Kraken takes both; the oldest first, from there on. */
function tradesOf(
  id: string,
  trades: readonly TruthTrade[],
  since: number,
  count: number,
): RestAnswer {
  const sinceMs = since > 1e12 ? since / 1e6 : since * 1000;
  const rows = trades
    .filter((trade) => trade.time >= sinceMs)
    .slice(0, Math.min(count, 1000))
    .map((trade) => [
      String(trade.price),
      trade.size.toFixed(8),
      trade.time / 1000,
      trade.aggressorSide === 'buy' ? 'b' : 's',
      'l',
      '',
      Number(trade.id),
    ]);
  const last = Number(rows.at(-1)?.[2] ?? since) * 1000;
  return ok({ [id]: rows, last: `${Math.round(last)}000000` });
}

/** At most 720, the last one still open; a minute without trades repeats the close. */
function candles(
  id: string,
  trades: readonly TruthTrade[],
  minutes: number,
  since: number,
  now: number,
): RestAnswer {
  const seconds = minutes * 60;
  const openTime = (time: number) => Math.floor(time / 1000 / seconds) * seconds;
  const rows: unknown[] = [];
  const first = trades[0];
  let close = first?.price ?? 0;
  for (let open = openTime(first?.time ?? now); first && open <= openTime(now); open += seconds) {
    const inside = trades.filter((trade) => openTime(trade.time) === open);
    const prices = inside.map((trade) => trade.price);
    const volume = inside.reduce((sum, trade) => sum + trade.size, 0);
    const traded = inside.reduce((sum, trade) => sum + trade.size * trade.price, 0);
    const start = prices[0] ?? close;
    close = prices.at(-1) ?? close;
    const values = [start, Math.max(start, ...prices), Math.min(start, ...prices), close];
    const vwap = volume === 0 ? 0 : traded / volume;
    if (open > since)
      rows.push([open, ...values.map(String), String(vwap), volume.toFixed(8), inside.length]);
  }
  return ok({ [id]: rows.slice(-720), last: openTime(now) - seconds });
}

/** The recorded pairs with the fields that Kraken added since. */
const todaysPairs = (pairs: Readonly<Record<string, Pair>>) =>
  Object.fromEntries(
    Object.entries(pairs).map(([id, pair]) => [
      id,
      {
        ...pair,
        status: 'online',
        costmin: '0.5',
        tick_size: (10 ** -pair.pair_decimals).toFixed(pair.pair_decimals),
      },
    ]),
  );

/** The recording has no assets: they are told from the pairs. `XXBT` is called XBT, `ZEUR` EUR. */
function assetsOf(pairs: Readonly<Record<string, Pair>>): Record<string, unknown> {
  const ids = new Set(Object.values(pairs).flatMap(({ base, quote }) => [base, quote]));
  return Object.fromEntries(
    [...ids].map((id) => [
      id,
      {
        aclass: 'currency',
        altname: /^[XZ].{3}$/.test(id) ? id.slice(1) : id,
        decimals: 10,
        display_decimals: 5,
        status: 'enabled',
      },
    ]),
  );
}
