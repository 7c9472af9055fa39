import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import { type EpochMs, isEpochMs, type Price } from '#domain/units.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';
import type { ExchangeHouse } from './exchange-house.ts';
import { traitsOf } from './exchange-traits.ts';

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
 * Closed candles from `fetchOHLCV`, page by page. Most exchanges say nothing of who was the aggressor:
 * then half of the volume is put down as bought, which claims neither side; Binance says it. So with
 * the number of trades, which is else 0.
 */
export async function fetchHistory(
  house: ExchangeHouse,
  { symbol, interval, fromTime, toTime }: HistoryQuestion,
): Promise<readonly Candle[]> {
  const { requests: exchange } = house;
  if (!exchange.has['fetchOHLCV'] || exchange.timeframes?.[interval] === undefined) return [];
  keepAllColumns(house);
  const stepMs = INTERVAL_MS[interval];
  const candles: Candle[] = [];
  let since: number = fromTime;
  for (let page = 0; page < MOST_PAGES && since + stepMs <= toTime; page++) {
    const rows: readonly unknown[] = await exchange.fetchOHLCV(symbol, interval, since, PAGE);
    const read = rows.flatMap((row) => readCandle(row) ?? []);
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

/** `[openTime, open, high, low, close, volume, tradeCount?, buyVolume?]`; undefined if unsound. */
function readCandle(row: unknown): Candle | undefined {
  if (!Array.isArray(row)) return undefined;
  const [openTime, open, high, low, close, volume, tradeCount, buyVolume]: unknown[] = row;
  if (!isNumber(openTime) || !isEpochMs(openTime)) return undefined;
  if (!isNumber(open) || !isNumber(high) || !isNumber(low) || !isNumber(close)) return undefined;
  if (!isNumber(volume) || volume < 0 || high < low) return undefined;
  return {
    openTime,
    open: open as Price,
    high: high as Price,
    low: low as Price,
    close: close as Price,
    volume,
    buyVolume: isNumber(buyVolume) && buyVolume >= 0 ? buyVolume : volume / 2,
    tradeCount: isNumber(tradeCount) && tradeCount >= 0 ? tradeCount : 0,
    isClosed: true,
  };
}

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
