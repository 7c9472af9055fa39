import { type BookDelta, type BookSnapshot, OrderBook } from '#domain/order-book.ts';
import type { Trade } from '#domain/trade.ts';
import type { Frame } from '../fault-box.ts';
import { TrueMarket } from '../true-market.ts';
import { DayStatistics } from './day-statistics.ts';
import { type BookState, DepthStream, decimal } from './depth-stream.ts';
import type { BybitFrame } from './recording.ts';

export const BYBIT_SYMBOL = 'BTCUSDT';
export const UNIFIED_SYMBOL = 'BTC/USDT';
const TRADE_TOPIC = `publicTrade.${BYBIT_SYMBOL}`;
const TICKER_TOPIC = `tickers.${BYBIT_SYMBOL}`;
const bookTopic = (depth: number): string => `orderbook.${depth}.${BYBIT_SYMBOL}`;
const BOOK_DEPTHS = [1, 50, 200, 1_000] as const;

/** The topics of the spot market that can be subscribed to. */
export const BYBIT_TOPICS: readonly string[] = [
  ...BOOK_DEPTHS.map((depth) => bookTopic(depth)),
  TRADE_TOPIC,
  TICKER_TOPIC,
];

/** After so many book updates the exchange's book service starts anew, once. */
const RESTART_AFTER = 1_500;
/** Makes ids of Bybit's length, which no double holds. */
const TRADE_ID_PREFIX = '229000000';
const TICKER_EVERY_MS = 50;

/** The exchange's clock, epoch ms, at a moment of the recording. */
type Clock = (recordedTime: number) => number;

/** A trade as REST and WebSocket tell it. */
export interface BybitTrade {
  readonly id: string;
  readonly time: number;
  readonly side: 'Buy' | 'Sell';
  readonly size: string;
  readonly price: string;
  readonly sequence: number;
}

/** Binance's market, told by Bybit. */
export class BybitMarket {
  readonly truth = new TrueMarket();
  readonly trades: BybitTrade[] = [];
  readonly #book: OrderBook;
  readonly #depths = new Map<number, DepthStream>();
  readonly #day = new DayStatistics();
  #sequence = 70_000_000_000;
  #bookUpdates = 0;
  #bookTime: number;
  #tickerTime = 0;

  constructor(opening: BookSnapshot) {
    this.#book = new OrderBook(opening.instrumentId);
    this.#book.applySnapshot(opening);
    this.#bookTime = opening.receivedTime;
    this.truth.book(UNIFIED_SYMBOL).apply(opening.bids, opening.asks);
  }

  /** One recorded frame happens; answers with what the subscribers hear of it. */
  happen(frame: BybitFrame, clock: Clock): readonly Frame[] {
    return frame.kind === 'trades'
      ? this.#happenTrades(frame.trades, clock, frame.time)
      : this.#happenBook(frame.delta, clock, frame.time);
  }

  /** What a new subscriber hears at once; undefined where that is nothing. */
  greeting(topic: string): string | undefined {
    const depth = depthOf(topic);
    if (depth !== undefined) {
      return this.#bookFrame(depth, 'snapshot', this.#depth(depth).snapshot()).text;
    }
    return topic.startsWith('tickers') ? this.#ticker() : undefined;
  }

  /** Best first. */
  book(depth: number): BookSnapshot | undefined {
    return this.#book.snapshot(depth);
  }

  get sequence(): number {
    return this.#sequence;
  }

  #depth(depth: number): DepthStream {
    const known = this.#depths.get(depth);
    if (known) return known;
    const stream = new DepthStream(depth, this.#book);
    this.#depths.set(depth, stream);
    return stream;
  }

  #happenTrades(recorded: readonly Trade[], clock: Clock, time: number): Frame[] {
    this.#sequence++;
    const trades = recorded.map((trade) => this.#trade(trade, clock));
    const message = { topic: TRADE_TOPIC, type: 'snapshot', ts: clock(time) };
    const text = JSON.stringify({ ...message, data: trades.map(wireTrade) });
    const told: Frame[] = [{ stream: TRADE_TOPIC, kind: 'trade', text }];
    if (time - this.#tickerTime < TICKER_EVERY_MS) return told;
    this.#tickerTime = time;
    return [...told, { stream: TICKER_TOPIC, kind: 'other', text: this.#ticker() ?? '' }];
  }

  #trade({ id, price, size, aggressorSide, eventTime }: Trade, clock: Clock): BybitTrade {
    const trade: BybitTrade = {
      id: `${TRADE_ID_PREFIX}${id}`,
      time: clock(eventTime),
      side: aggressorSide === 'buy' ? 'Buy' : 'Sell',
      size: decimal(size),
      price: decimal(price),
      sequence: this.#sequence,
    };
    this.trades.push(trade);
    this.#day.add(price, size);
    const { id: tradeId, time } = trade;
    this.truth.addTrade(UNIFIED_SYMBOL, { id: tradeId, price, size, aggressorSide, time });
    return trade;
  }

  #happenBook(delta: BookDelta, clock: Clock, time: number): Frame[] {
    this.#book.applyDelta(delta);
    this.truth.book(UNIFIED_SYMBOL).apply(delta.bids, delta.asks);
    this.#sequence++;
    this.#bookTime = clock(delta.eventTime ?? time);
    const isRestart = ++this.#bookUpdates === RESTART_AFTER;
    return [...this.#depths].flatMap(
      ([depth, stream]) =>
        (isRestart ? this.#restart(depth, stream) : this.#advance(depth, stream)) ?? [],
    );
  }

  /** After a restart of Bybit's service a snapshot with the id 1 comes unasked. */
  #restart(depth: number, stream: DepthStream): Frame {
    return this.#bookFrame(depth, 'snapshot', stream.restart());
  }

  #advance(depth: number, stream: DepthStream): Frame | undefined {
    const change = stream.advance();
    if (!change) return undefined;
    // The best level alone is told whole each time.
    return depth === 1
      ? this.#bookFrame(depth, 'snapshot', stream.snapshot())
      : this.#bookFrame(depth, 'delta', change);
  }

  #bookFrame(depth: number, type: 'snapshot' | 'delta', state: BookState): Frame {
    const topic = bookTopic(depth);
    const text = bookMessage(topic, type, { ...state, seq: this.#sequence }, this.#bookTime);
    // Faults of books are for the topics whose updates build upon one another.
    return { stream: topic, kind: depth === 1 ? 'other' : 'book', text };
  }

  #ticker(): string | undefined {
    const fields = this.#day.fields();
    if (!fields) return undefined;
    const message = { topic: TICKER_TOPIC, ts: this.trades.at(-1)?.time, type: 'snapshot' };
    const data = { symbol: BYBIT_SYMBOL, ...fields };
    return JSON.stringify({ ...message, cs: this.#sequence, data });
  }
}

function depthOf(topic: string): number | undefined {
  const [kind, depth] = topic.split('.');
  return kind === 'orderbook' ? Number(depth) : undefined;
}

function bookMessage(
  topic: string,
  type: 'snapshot' | 'delta',
  state: BookState & { readonly seq: number },
  ts: number,
): string {
  return JSON.stringify({ topic, ts, type, data: { s: BYBIT_SYMBOL, ...state }, cts: ts });
}

const wireTrade = ({ id, time, side, size, price, sequence }: BybitTrade) => ({
  i: id,
  T: time,
  p: price,
  v: size,
  S: side,
  seq: sequence,
  s: BYBIT_SYMBOL,
  BT: false,
  RPI: false,
});
