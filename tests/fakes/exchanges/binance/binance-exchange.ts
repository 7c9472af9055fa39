import { join } from 'node:path';
import { FAULTS, type FakeExchange, type FakeExchangeOptions } from '../fake-exchange.ts';
import { type Stage, stageExchange } from '../stage.ts';
import { BinanceMarket } from './binance-market.ts';
import { binanceDialect, streamOf } from './dialect.ts';
import { forceOrderFrame } from './forced-order.ts';
import {
  type BinanceInstrument,
  type BinanceMarketKind,
  type InstrumentSteps,
  SPOT,
  USDM,
} from './markets.ts';
import {
  type BinanceFrame,
  binanceRecording,
  binanceRecordings,
  idOf,
  type WireAggregate,
  type WireDepth,
  type WireSnapshot,
  type WireTrade,
} from './recording.ts';

const SPOT_FILES = {
  'BTC/USDT': 'spot-btcusdt.gz',
  'ETH/USDT': 'spot-ethusdt.gz',
} as const;
type SpotSymbol = keyof typeof SPOT_FILES;

export interface BinanceSpotOptions extends FakeExchangeOptions {
  /** BTC/USDT unless told. */
  readonly symbols?: readonly SpotSymbol[];
}

/** Binance spot of 8 August 2024, nearly six minutes, as it was. `folder`: of the recordings. */
export function startBinanceSpot(
  folder: string,
  { symbols = ['BTC/USDT'], ...options }: BinanceSpotOptions = {},
): Promise<FakeExchange> {
  const files = symbols.map((symbol) => [symbol, join(folder, SPOT_FILES[symbol])] as const);
  return start(SPOT, playOf(files), options);
}

/** Binance's USD-M perpetual on BTC, the same minutes. */
export function startBinanceUsdm(
  folder: string,
  options: FakeExchangeOptions = {},
): Promise<FakeExchange> {
  return start(USDM, playOf([['BTC/USDT:USDT', join(folder, 'usdm-btcusdt.gz')]]), options);
}

/** With the steps of their prices and sizes at that time. */
const FOUR_PAIRS: Readonly<Record<string, InstrumentSteps>> = {
  'NKN/USDT': { tickSize: '0.00010000', stepSize: '1.00000000' },
  'BLZ/ETH': { tickSize: '0.00000001', stepSize: '1.00000000' },
  'LRC/BTC': { tickSize: '0.00000001', stepSize: '1.00000000' },
  'RUNE/EUR': { tickSize: '0.00100000', stepSize: '0.10000000' },
};

/**
 * Four quiet pairs of Binance spot on 12 October 2021, half a minute. Trades are told as aggregated
 * ones only: that is what was recorded. `folder`: of the recordings in cryptofeed's format.
 */
export function startBinanceFourPairs(
  folder: string,
  options: FakeExchangeOptions = {},
): Promise<FakeExchange> {
  const files = {
    stream: join(folder, 'BINANCE.ws.1.0'),
    answers: join(folder, 'BINANCE.http.0.0'),
  };
  const { frames, snapshots } = binanceRecordings(files, Object.keys(FOUR_PAIRS));
  const instruments = [...snapshots].map(([symbol, snapshot]) => ({
    symbol,
    snapshot,
    steps: FOUR_PAIRS[symbol],
  }));
  return start(SPOT, { instruments, frames }, options, { watchTrades: { name: 'aggTrade' } });
}

/** What was recorded of some instruments of one market. */
interface RecordedMarket {
  readonly instruments: readonly {
    readonly symbol: string;
    readonly snapshot: WireSnapshot;
    readonly steps?: InstrumentSteps | undefined;
  }[];
  /** In the order in which they came. */
  readonly frames: readonly BinanceFrame[];
}

/** A file each, together. */
function playOf(files: readonly (readonly [symbol: string, path: string])[]): RecordedMarket {
  const recordings = files.map(([symbol, path]) => ({ symbol, ...binanceRecording(path, symbol) }));
  const frames = recordings.flatMap((recording) => recording.frames);
  if (files.length > 1) frames.sort((a, b) => a.time - b.time);
  return { instruments: recordings, frames };
}

/** `ccxtOptions`: what a user would configure to watch it as it was recorded. */
function start(
  kind: BinanceMarketKind,
  recorded: RecordedMarket,
  options: FakeExchangeOptions,
  ccxtOptions: Readonly<Record<string, unknown>> = {},
): Promise<FakeExchange> {
  const market = new BinanceMarket();
  const instruments = new Map<string, BinanceInstrument>();
  for (const { symbol, snapshot, steps } of recorded.instruments) {
    const id = idOf(symbol);
    const { lastUpdateId, bids, asks } = snapshot;
    market.book(symbol).apply(bids.map(levelOf), asks.map(levelOf));
    const told = { trades: [], aggregates: [] };
    instruments.set(id, { symbol, id, lastUpdateId, ...told, ...(steps && { steps }) });
  }
  const bySymbol = new Map([...instruments.values()].map((each) => [each.symbol, each]));
  return stageExchange<BinanceFrame>(
    {
      ccxtId: 'binance',
      symbols: recorded.instruments.map(({ symbol }) => symbol),
      supportedFaults: FAULTS.filter((fault) => fault !== 'badChecksum'),
      market,
      frames: recorded.frames,
      dialect: (stage) => binanceDialect(stage, kind, instruments),
      onFrame: (frame, stage) => {
        const instrument = bySymbol.get(frame.symbol);
        if (instrument) tell(frame, instrument, { stage, market });
      },
      ...(kind.name === 'usdm' && {
        liquidate: (symbol, orders, stage) => {
          for (const order of orders) {
            const text = forceOrderFrame(idOf(symbol), order, kind);
            stage.publish({ stream: streamOf(idOf(symbol), 'forceOrder'), kind: 'other', text });
          }
        },
      }),
      config: (server) => ({ urls: urlsOf(kind, server), options: ccxtOptions }),
    },
    options,
  );
}

const urlsOf = (
  { name }: BinanceMarketKind,
  { httpUrl, wsUrl }: { readonly httpUrl: string; readonly wsUrl: string },
): Record<string, unknown> =>
  name === 'spot'
    ? { api: { public: `${httpUrl}/api/v3`, ws: { spot: `${wsUrl}/stream/ws` } } }
    : { api: { fapiPublic: `${httpUrl}/fapi/v1`, ws: { future: `${wsUrl}/ws` } } };

const levelOf = ([price, size]: readonly [string, string]): readonly [number, number] => [
  Number(price),
  Number(size),
];

/** Lets a recorded frame happen, and tells it as it was told. */
function tell(
  recorded: BinanceFrame,
  instrument: BinanceInstrument,
  { stage, market }: { stage: Stage; market: BinanceMarket },
): void {
  const frame = inPresent(recorded, stage);
  const { text } = frame;
  const stream = streamOf(instrument.id, frame.stream);
  switch (frame.kind) {
    case 'trade':
      happen(frame.data, instrument, market);
      stage.publish({ stream, kind: 'trade', text });
      break;
    case 'aggTrade':
      happenTogether(frame.data, instrument, market);
      stage.publish({ stream, kind: 'trade', text });
      break;
    case 'depth':
      change(frame.data, instrument, market);
      stage.publish({ stream, kind: 'book', text });
      break;
    case 'bookTicker':
      noteTop(frame.data, instrument, market);
      stage.publish({ stream, kind: 'other', text });
      break;
    case 'kline':
      stage.publish({ stream, kind: 'other', text });
      break;
  }
}

function happen(
  { t, p, q, m, T }: WireTrade,
  instrument: BinanceInstrument,
  market: BinanceMarket,
): void {
  instrument.trades.push({ id: t, price: p, qty: q, time: T, isBuyerMaker: m });
  market.addTrade(instrument.symbol, {
    id: String(t),
    price: Number(p),
    size: Number(q),
    aggressorSide: m ? 'sell' : 'buy',
    time: T,
  });
}

function happenTogether(
  aggregate: WireAggregate,
  instrument: BinanceInstrument,
  market: BinanceMarket,
): void {
  const { a, p, q, m, T } = aggregate;
  instrument.aggregates.push(aggregate);
  market.addTrade(instrument.symbol, {
    id: String(a),
    price: Number(p),
    size: Number(q),
    aggressorSide: m ? 'sell' : 'buy',
    time: T,
  });
}

/** The book began with the recorded snapshot: what that contains already changes nothing. */
function change(
  { u, b, a }: WireDepth,
  instrument: BinanceInstrument,
  market: BinanceMarket,
): void {
  if (u <= instrument.lastUpdateId) return;
  instrument.lastUpdateId = u;
  market.book(instrument.symbol).apply(b.map(levelOf), a.map(levelOf));
}

/** The best of the book between two depth updates. */
function noteTop(
  { b, B, a, A }: Readonly<Record<string, unknown>>,
  { symbol }: BinanceInstrument,
  market: BinanceMarket,
): void {
  market.noteTop(symbol, { bid: [Number(b), Number(B)], ask: [Number(a), Number(A)] });
}

/** As recorded, but for the times where the exchange's clock says others. */
function inPresent(frame: BinanceFrame, stage: Stage): BinanceFrame {
  const { E, T } = frame.data;
  const recorded = typeof T === 'number' ? T : E;
  if (typeof recorded !== 'number') return frame;
  const time = Math.trunc(stage.time(recorded));
  if (time === recorded) return frame;
  // E is when it was sent, never before T, when it happened; they are a moment apart.
  const times = { ...(E !== undefined && { E: time }), ...(T !== undefined && { T: time }) };
  const text = JSON.stringify({ ...frame.data, ...times });
  switch (frame.kind) {
    case 'trade':
      return { ...frame, data: { ...frame.data, ...times }, text };
    case 'aggTrade':
      return { ...frame, data: { ...frame.data, ...times }, text };
    case 'depth':
      return { ...frame, data: { ...frame.data, ...times }, text };
    case 'bookTicker':
    case 'kline':
      return { ...frame, data: { ...frame.data, ...times }, text };
  }
}
