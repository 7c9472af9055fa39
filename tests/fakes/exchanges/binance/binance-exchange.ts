import { join } from 'node:path';
import { FAULTS, type FakeExchange, type FakeExchangeOptions } from '../fake-exchange.ts';
import { type Stage, stageExchange } from '../stage.ts';
import { BinanceMarket } from './binance-market.ts';
import { binanceDialect, streamOf } from './dialect.ts';
import { type BinanceInstrument, type BinanceMarketKind, SPOT, USDM } from './markets.ts';
import {
  type BinanceFrame,
  binanceRecording,
  type WireDepth,
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
  return start(SPOT, files, options);
}

/** Binance's USD-M perpetual on BTC, the same minutes. */
export function startBinanceUsdm(
  folder: string,
  options: FakeExchangeOptions = {},
): Promise<FakeExchange> {
  return start(USDM, [['BTC/USDT:USDT', join(folder, 'usdm-btcusdt.gz')]], options);
}

function start(
  kind: BinanceMarketKind,
  files: readonly (readonly [symbol: string, path: string])[],
  options: FakeExchangeOptions,
): Promise<FakeExchange> {
  const market = new BinanceMarket();
  const instruments = new Map<string, BinanceInstrument>();
  const frames: BinanceFrame[] = [];
  for (const [symbol, path] of files) {
    const recording = binanceRecording(path, symbol);
    const id = symbol.split(':')[0]?.replace('/', '') ?? '';
    const { lastUpdateId, bids, asks } = recording.snapshot;
    market.book(symbol).apply(bids.map(levelOf), asks.map(levelOf));
    instruments.set(id, { symbol, id, lastUpdateId, trades: [] });
    frames.push(...recording.frames);
  }
  const bySymbol = new Map([...instruments.values()].map((each) => [each.symbol, each]));
  return stageExchange<BinanceFrame>(
    {
      ccxtId: 'binance',
      symbols: files.map(([symbol]) => symbol),
      supportedFaults: FAULTS.filter((fault) => fault !== 'badChecksum'),
      market,
      frames: files.length > 1 ? frames.sort((a, b) => a.time - b.time) : frames,
      dialect: (stage) => binanceDialect(stage, kind, instruments),
      onFrame: (frame, stage) => {
        const instrument = bySymbol.get(frame.symbol);
        if (instrument) tell(frame, instrument, { stage, market });
      },
      config: ({ httpUrl, wsUrl }) =>
        kind.name === 'spot'
          ? { urls: { api: { public: `${httpUrl}/api/v3`, ws: { spot: `${wsUrl}/stream/ws` } } } }
          : { urls: { api: { fapiPublic: `${httpUrl}/fapi/v1`, ws: { future: `${wsUrl}/ws` } } } },
    },
    options,
  );
}

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
  const { id } = instrument;
  const { text } = frame;
  switch (frame.kind) {
    case 'trade':
      happen(frame.data, instrument, market);
      stage.publish({ stream: streamOf(id, 'trade'), kind: 'trade', text });
      break;
    case 'depth':
      change(frame.data, instrument, market);
      stage.publish({ stream: streamOf(id, 'depth'), kind: 'book', text });
      break;
    case 'bookTicker':
      noteTop(frame.data, instrument, market);
      stage.publish({ stream: streamOf(id, 'bookTicker'), kind: 'other', text });
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
    case 'depth':
      return { ...frame, data: { ...frame.data, ...times }, text };
    case 'bookTicker':
      return { ...frame, data: { ...frame.data, ...times }, text };
  }
}
