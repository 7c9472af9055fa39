import type { Stage } from '../stage.ts';
import { DEPTHS, type Instrument, streams, tickerOf } from './dialect.ts';
import type { KrakenFrame, RecordedTrade } from './recording.ts';
import { bookChecksum, bookText, precisionOf, tradesText, wireLevel } from './wire.ts';

type Level = readonly [price: number, size: number];

/** v1 trades have no ids: they are counted from here, instrument by instrument. */
const FIRST_TRADE_ID = 1_000_001;

export const levelsOf = (levels: readonly (readonly [string, string])[]): Level[] =>
  levels.map(([price, size]) => [Number(price), Number(size)]);

/** Lets a recorded v1 frame happen, and tells it in v2's words. */
export function tell(frame: KrakenFrame, instrument: Instrument, stage: Stage): void {
  switch (frame.kind) {
    case 'snapshot':
      break;
    case 'update':
      tellBook(frame, instrument, stage);
      break;
    case 'trades':
      tellTrades(frame.symbol, frame.trades, instrument, stage);
      break;
    case 'stats':
      instrument.stats = frame.stats;
      tellTicker(frame.symbol, instrument, stage, 'trades');
      tellTicker(frame.symbol, instrument, stage, 'bbo');
      break;
  }
}

function tellTicker(
  symbol: string,
  instrument: Instrument,
  stage: Stage,
  trigger: 'trades' | 'bbo',
): void {
  const stream = streams.ticker(symbol, trigger);
  if (!instrument.stats || !stage.hasSubscriber(stream)) return;
  const text = tickerOf('update', stage, symbol, instrument);
  stage.publish({ stream, kind: 'other', text });
}

function tellTrades(
  symbol: string,
  recorded: readonly RecordedTrade[],
  instrument: Instrument,
  stage: Stage,
): void {
  const trades = recorded.map((trade, index) => ({
    id: String(FIRST_TRADE_ID + instrument.trades.length + index),
    price: Number(trade.price),
    size: Number(trade.size),
    aggressorSide: trade.side,
    orderType: trade.orderType,
    time: stage.time(trade.time),
  }));
  instrument.trades.push(...trades);
  for (const { orderType: _, ...trade } of trades) stage.market.addTrade(symbol, trade);
  const text = tradesText('update', symbol, trades, precisionOf(instrument.pair));
  stage.publish({ stream: streams.trade(symbol), kind: 'trade', text });
}

function tellBook(
  frame: Extract<KrakenFrame, { kind: 'update' }>,
  instrument: Instrument,
  stage: Stage,
): void {
  const { symbol } = frame;
  const book = stage.market.book(symbol);
  const depths = DEPTHS.filter((depth) => stage.hasSubscriber(streams.book(symbol, depth)));
  const before = depths.map((depth) => ({ bids: book.bids(depth), asks: book.asks(depth) }));
  const top = book.top();
  book.apply(levelsOf(frame.bids), levelsOf(frame.asks));
  depths.forEach((depth, index) => {
    const old = before[index];
    if (old) publishChange(depth, old, frame, instrument, stage);
  });
  const isNewTop = JSON.stringify(top) !== JSON.stringify(book.top());
  if (isNewTop) tellTicker(symbol, instrument, stage, 'bbo');
}

interface Sides {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/**
 * What a subscriber of this depth is told: changed levels within it, levels that came into it, and
 * those that are gone. A level that was only pushed out of it is not told
 * (https://docs.kraken.com/exchange/guides/websockets/book-checksum-v2, "Maintaining the book").
 */
function publishChange(
  depth: number,
  before: Sides,
  frame: Extract<KrakenFrame, { kind: 'update' }>,
  { pair }: Instrument,
  stage: Stage,
): void {
  const { symbol, time } = frame;
  const book = stage.market.book(symbol);
  const after: Sides = { bids: book.bids(depth), asks: book.asks(depth) };
  const removed = new Set(
    levelsOf([...frame.bids, ...frame.asks])
      .filter(isGone)
      .map(priceOf),
  );
  const precision = precisionOf(pair);
  const change = (side: keyof Sides) =>
    changed(before[side], after[side], removed).map((level) => wireLevel(level, precision));
  const bids = change('bids');
  const asks = change('asks');
  if (bids.length + asks.length === 0) return;
  const checksum = bookChecksum(after.bids, after.asks, precision);
  const text = (sum: number) =>
    bookText({ type: 'update', symbol, bids, asks, checksum: sum, time: stage.time(time) });
  stage.publish({
    stream: streams.book(symbol, depth),
    kind: 'book',
    text: text(checksum),
    withBadChecksum: () => text((checksum + 1) >>> 0),
  });
}

const priceOf = ([price]: Level): number => price;
const isGone = ([, size]: Level): boolean => size === 0;

function changed(
  before: readonly Level[],
  after: readonly Level[],
  removed: ReadonlySet<number>,
): Level[] {
  const old = new Map(before);
  const now = new Map(after);
  const gone = before.filter(([price]) => !now.has(price) && removed.has(price));
  return [
    ...gone.map(([price]): Level => [price, 0]),
    ...after.filter(([price, size]) => old.get(price) !== size),
  ];
}
