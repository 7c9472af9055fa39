import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';
import type { ExchangeHouse } from './exchange-house.ts';
import { traitsOf } from './exchange-traits.ts';
import { readCandle } from './read-candle.ts';

export interface HistoryQuestion {
  readonly symbol: string;
  readonly interval: CandleInterval;
  readonly fromTime: EpochMs;
  readonly toTime: EpochMs;
}

const PAGE = 1_000;
/** A day of minutes are two pages; nobody waits for more than this. */
const MOST_PAGES = 20;

/**
 * Closed candles from `fetchOHLCV`, page by page. Most exchanges tell neither what was bought nor in
 * how many trades, which is null then; Binance does.
 */
export async function fetchHistory(
  house: ExchangeHouse,
  { symbol, interval, fromTime, toTime }: HistoryQuestion,
): Promise<readonly Candle[]> {
  const { requests: exchange } = house;
  if (!exchange.has['fetchOHLCV'] || exchange.timeframes?.[interval] === undefined) return [];
  keepAllColumns(house);
  const scale = house.scaleOf(symbol);
  const candleOf = (row: unknown): Candle | undefined => {
    const candle = readCandle(row, scale);
    if (candle.ok) return candle.value;
    house.refusedAnswers.add(symbol, candle.reason);
    return undefined;
  };
  const stepMs = INTERVAL_MS[interval];
  const candles: Candle[] = [];
  let since: number = fromTime;
  for (let page = 0; page < MOST_PAGES && since + stepMs <= toTime; page++) {
    const rows: readonly unknown[] = await exchange.fetchOHLCV(symbol, interval, since, PAGE);
    const read = rows.flatMap((row) => candleOf(row) ?? []);
    const fresh = read.filter(({ openTime }) => openTime >= since && openTime + stepMs <= toTime);
    candles.push(...fresh);
    const last = read.at(-1);
    if (!last || last.openTime < since || fresh.length < read.length) break;
    since = last.openTime + stepMs;
  }
  return candles;
}

/** ccxt drops the columns that it has no name for: they are put behind those that it keeps. */
function keepAllColumns({ requests: exchange, exchange: id }: ExchangeHouse): void {
  const columns = traitsOf(id).candleColumns;
  if (!columns || Object.hasOwn(exchange, 'parseOHLCV')) return;
  const parse: CcxtExchange['parseOHLCV'] = exchange.parseOHLCV.bind(exchange);
  const widened = (raw: unknown, market: Parameters<typeof parse>[1]): unknown[] => {
    const row: unknown[] = [...parse(raw, market)];
    if (Array.isArray(raw) && market?.['inverse'] !== true) {
      row.push(Number(raw[columns.tradeCount]), Number(raw[columns.buyVolume]));
    }
    return row;
  };
  Reflect.set(exchange, 'parseOHLCV', widened);
}
