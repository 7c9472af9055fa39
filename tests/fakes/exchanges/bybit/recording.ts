import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { instrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { BookDelta, BookSnapshot } from '#domain/order-book.ts';
import type { Trade } from '#domain/trade.ts';
import { MarketTranslator } from '#main/feeds/replay/market-translator.ts';
import { parseRecordedLine } from '#main/feeds/replay/recorded-line.ts';
import { SPOT_BTCUSDT } from '#tests/support/recordings.ts';
import type { TimedFrame } from '../player.ts';

export type BybitFrame = TimedFrame &
  (
    | {
        readonly kind: 'trades';
        /** Received in the same millisecond: Bybit tells them in one message. */
        readonly trades: readonly Trade[];
      }
    | { readonly kind: 'book'; readonly delta: BookDelta }
  );

export interface BybitRecording {
  readonly opening: BookSnapshot;
  readonly frames: readonly BybitFrame[];
}

/** How far the recorder's clock was behind the exchange's. */
const RECORDER_BEHIND_MS = 1_270;

const INSTRUMENT = {
  id: instrumentId('bybit', 'BTC/USDT'),
  exchange: 'bybit',
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  priceIncrement: 0.01,
  sizeIncrement: 0.00001,
  ...UNKNOWN_TERMS,
};

/** Binance's recorded spot market, from the moment at which its book is known. */
export function readBinanceMarket(): BybitRecording {
  const translator = new MarketTranslator([
    { name: 'BTCUSDT', instrument: INSTRUMENT, usesAggregateTrades: false },
  ]);
  let opening: BookSnapshot | undefined;
  const frames: BybitFrame[] = [];
  for (const line of gunzipSync(readFileSync(SPOT_BTCUSDT)).toString('utf8').split('\n')) {
    if (line === '' || line.includes('@bookTicker')) continue;
    for (const event of eventsOf(translator, line)) {
      if (event.kind === 'bookSnapshot') opening = event.snapshot;
      if (event.kind === 'bookDelta') {
        frames.push({ kind: 'book', delta: event.delta, time: timeOf(event.delta) });
      }
      if (event.kind === 'trade') addTrade(frames, event.trade);
    }
  }
  if (!opening) throw new Error('the recording has no depth snapshot');
  return { opening, frames };
}

function eventsOf(translator: MarketTranslator, line: string) {
  const recorded = parseRecordedLine(line);
  const events = recorded.ok ? translator.translate(recorded.value) : recorded;
  if (!events.ok) throw new Error(`the recording is not as expected: ${events.reason}`);
  return events.value;
}

function addTrade(frames: BybitFrame[], trade: Trade): void {
  const time = timeOf(trade);
  const last = frames.at(-1);
  if (last?.kind !== 'trades' || last.time !== time) {
    frames.push({ kind: 'trades', trades: [trade], time });
    return;
  }
  frames[frames.length - 1] = { kind: 'trades', trades: [...last.trades, trade], time };
}

const timeOf = ({ receivedTime }: { readonly receivedTime: number }): number =>
  receivedTime + RECORDER_BEHIND_MS;
