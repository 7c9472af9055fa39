import { join } from 'node:path';
import {
  FAULTS,
  type FakeExchange,
  type FakeExchangeOptions,
  type TruthTrade,
} from '../fake-exchange.ts';
import { type Stage, stageExchange } from '../stage.ts';
import { TrueMarket } from '../true-market.ts';
import { coinbaseDialect, type Instrument, streamOf } from './dialect.ts';
import {
  type CoinbaseFrame,
  coinbaseFrames,
  coinbaseProducts,
  type RecordedTrade,
} from './recording.ts';
import { bookEvent, message, type ToldTrade, tickerEvent, tradesEvent } from './wire.ts';

/** Advanced Trade collects trades this long and tells them together. */
const BATCH_MS = 250;
const HEARTBEAT_MS = 1000;

/**
 * Coinbase of 17 April 2021, half a minute of ten products, as today's Advanced Trade API tells it. The
 * recording is of Coinbase Exchange, whose book needs a key today; it is the same market.
 */
export async function startCoinbase(
  folder: string,
  options: FakeExchangeOptions = {},
): Promise<FakeExchange> {
  const products = coinbaseProducts(join(folder, 'COINBASE.0'));
  const recorded = coinbaseFrames(join(folder, 'COINBASE.ws.28.0'));
  const market = new TrueMarket();
  const played = new Map<string, Instrument>();
  for (const { product } of recorded) {
    const symbol = product.replace('-', '/');
    if (!played.has(product)) played.set(product, { symbol, ticker: undefined, trades: [] });
  }
  setUp(recorded, played, market);
  return stageExchange<CoinbaseFrame>(
    {
      ccxtId: 'coinbase',
      symbols: [...played.values()].map(({ symbol }) => symbol),
      supportedFaults: FAULTS.filter((fault) => fault !== 'badChecksum'),
      market,
      frames: batched(recorded.filter(isNews)),
      dialect: (stage) => coinbaseDialect(stage, { products, played }),
      onFrame: (frame, stage) => {
        const instrument = played.get(frame.product);
        if (instrument) tell(frame, instrument, stage);
      },
      config: ({ httpUrl, wsUrl }) => ({ urls: { api: { rest: httpUrl, ws: wsUrl } } }),
      pulse: { everyMs: HEARTBEAT_MS, run: heartbeat() },
    },
    options,
  );
}

const isNews = (frame: CoinbaseFrame): boolean =>
  frame.kind !== 'snapshot' && !(frame.kind === 'trades' && frame.isOld);

/** What there was when the recording began. */
function setUp(
  frames: readonly CoinbaseFrame[],
  played: ReadonlyMap<string, Instrument>,
  market: TrueMarket,
): void {
  for (const frame of frames) {
    const instrument = played.get(frame.product);
    if (!instrument || isNews(frame)) continue;
    if (frame.kind === 'snapshot') market.book(instrument.symbol).apply(frame.bids, frame.asks);
    if (frame.kind === 'trades') remember(frame.trades, instrument, market, (time) => time);
  }
}

/** Trades of a product within a quarter of a second become one frame, told at its end. */
function batched(frames: readonly CoinbaseFrame[]): CoinbaseFrame[] {
  const open = new Map<string, { time: number; trades: RecordedTrade[] }>();
  const told = frames.flatMap((frame): CoinbaseFrame[] => {
    if (frame.kind !== 'trades') return [frame];
    const batch = open.get(frame.product);
    if (batch && frame.time < batch.time) {
      batch.trades.push(...frame.trades);
      return [];
    }
    const trades = [...frame.trades];
    const begun = { time: frame.time + BATCH_MS, trades };
    open.set(frame.product, begun);
    return [{ ...frame, ...begun }];
  });
  return told.sort((a, b) => a.time - b.time);
}

function remember(
  trades: readonly RecordedTrade[],
  instrument: Instrument,
  market: TrueMarket,
  time: (recordedTime: number) => number,
): ToldTrade[] {
  const told = trades.map((trade) => ({ ...trade, toldTime: time(trade.time) }));
  instrument.trades.push(...told);
  for (const trade of told) market.addTrade(instrument.symbol, truthOf(trade));
  return told;
}

/** Coinbase names the maker's side: who bought aggressively met a seller. */
const truthOf = (trade: ToldTrade): TruthTrade => ({
  id: trade.id,
  price: Number(trade.price),
  size: Number(trade.size),
  aggressorSide: trade.makerSide === 'buy' ? 'sell' : 'buy',
  time: trade.toldTime,
});

function tell(frame: CoinbaseFrame, instrument: Instrument, stage: Stage): void {
  const { product } = frame;
  const book = stage.market.book(instrument.symbol);
  const time = stage.time(frame.time);
  switch (frame.kind) {
    case 'snapshot':
      break;
    case 'update': {
      book.apply(frame.bids, frame.asks);
      const text = message('l2_data', time, [bookEvent('update', product, frame, time)]);
      stage.publish({ stream: streamOf('level2', product), kind: 'book', text });
      break;
    }
    case 'trades': {
      const trades = remember(frame.trades, instrument, stage.market, stage.time);
      const text = message('market_trades', time, [tradesEvent('update', product, trades)]);
      stage.publish({ stream: streamOf('market_trades', product), kind: 'trade', text });
      break;
    }
    case 'ticker': {
      instrument.ticker = frame.ticker;
      const event = tickerEvent('update', product, frame.ticker, book);
      for (const channel of ['ticker', 'ticker_batch'] as const) {
        const text = message(channel, time, [event]);
        stage.publish({ stream: streamOf(channel, product), kind: 'other', text });
      }
    }
  }
}

/** Each beat has its number. */
function heartbeat(): (stage: Stage) => void {
  let beats = 0;
  return (stage) => {
    const time = stage.now();
    const event = { current_time: new Date(time).toISOString(), heartbeat_counter: ++beats };
    const text = message('heartbeats', time, [event]);
    stage.publish({ stream: streamOf('heartbeats', ''), kind: 'other', text });
  };
}
