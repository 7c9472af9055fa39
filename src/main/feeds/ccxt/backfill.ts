import type { Trade as CcxtTrade } from 'ccxt';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Backfill } from '../feed.ts';
import { fetchBinanceTrades, isBinanceTradeStream } from './binance-trades.ts';
import { fetchCoinbaseTrades } from './coinbase-trades.ts';
import type { ExchangeHouse } from './exchange-house.ts';
import { traitsOf } from './exchange-traits.ts';
import { isExchangeTime } from './market-scale.ts';
import { fetchOkxTrades } from './okx-trades.ts';
import { readTrade } from './read-market.ts';

export interface BackfillQuestion {
  readonly symbol: string;
  /** The exchange's clock, both ends included. */
  readonly fromTime: EpochMs;
  readonly toTime: EpochMs;
}

const PAGE = 1_000;
const MOST_PAGES = 40;
const MARGIN_MS = 60_000;

/** Trades of an outage, oldest first, once each; complete only where that can be known. */
export async function fetchBackfill(
  house: ExchangeHouse,
  question: BackfillQuestion,
  receivedTime: EpochMs,
): Promise<Result<Backfill>> {
  const { requests: exchange, exchange: id } = house;
  const { symbol, fromTime, toTime } = question;
  if (!exchange.has['fetchTrades']) {
    return fail('unavailable', `${id} tells nothing of past trades.`);
  }
  const fetched = await fetchTrades(house, question);
  const scale = house.scaleOf(symbol);
  const known = new Map<string, Trade>();
  for (const one of fetched) {
    const read = readTrade(one, instrumentId(id, symbol), receivedTime, scale);
    if (read.ok) known.set(read.value.id, read.value);
    else house.refusedAnswers.add(symbol, read.reason);
  }
  const all = [...known.values()].sort(byTimeAndId);
  const trades = all.filter(({ eventTime }) => eventTime >= fromTime && eventTime <= toTime);
  const isComplete =
    traitsOf(id).hasContiguousTradeIds === true && surrounds(all, question) && isContiguous(trades);
  const memory = house.memoryOf(instrumentId(id, symbol));
  return succeed({ trades: trades.filter((trade) => !memory.isWithin(trade.id)), isComplete });
}

function fetchTrades(
  house: ExchangeHouse,
  question: BackfillQuestion,
): Promise<readonly CcxtTrade[]> {
  if (isBinanceTradeStream(house)) return fetchBinanceTrades(house, question);
  if (house.exchange.startsWith('okx')) return fetchOkxTrades(house, question);
  if (house.exchange === 'coinbase') return fetchCoinbaseTrades(house, question);
  return fetchPages(house, question);
}

/** Forward from the beginning, as most exchanges page; those that cannot answer with their last. */
async function fetchPages(
  { requests: exchange, exchange: id }: ExchangeHouse,
  { symbol, fromTime, toTime }: BackfillQuestion,
): Promise<readonly CcxtTrade[]> {
  const limit = traitsOf(id).tradesPage?.(symbol) ?? PAGE;
  const trades: CcxtTrade[] = [];
  // A trade from before the stretch shows that none is missing at its beginning.
  let since: number = fromTime - MARGIN_MS;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await exchange.fetchTrades(symbol, since, limit);
    trades.push(...answer);
    // Not by one whose time is no time: the trades after it would never be asked for.
    const last = answer.findLast(({ timestamp }) => isExchangeTime(timestamp))?.timestamp;
    if (last === undefined || last > toTime || last <= since) break;
    since = last;
  }
  return trades;
}

/** Ids that count up show that nothing is missing between two of them. */
function isContiguous(trades: readonly Trade[]): boolean {
  return trades.every(({ id }, index) => {
    const before = trades[index - 1];
    if (!/^\d+$/.test(id)) return false;
    return before === undefined || BigInt(id) === BigInt(before.id) + 1n;
  });
}

/** Something before the stretch was seen, and something after it. */
const surrounds = (all: readonly Trade[], { fromTime, toTime }: BackfillQuestion): boolean =>
  all.some(({ eventTime }) => eventTime < fromTime) &&
  all.some(({ eventTime }) => eventTime > toTime);

function byTimeAndId(a: Trade, b: Trade): number {
  if (a.eventTime !== b.eventTime) return a.eventTime - b.eventTime;
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}
