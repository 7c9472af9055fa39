import type { Instrument } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { BookSynchronizer } from '../binance/book-synchronizer.ts';
import type { BinanceForcedOrder, BinanceQuote, BinanceTrade } from '../binance/messages.ts';
import type { Parsed } from '../binance/parse.ts';
import type { RecordedMessage } from './recorded-line.ts';
import type { RecordedInstrument } from './recording-head.ts';

interface Track extends RecordedInstrument {
  readonly book: BookSynchronizer;
}

const NOTHING: Parsed<readonly MarketEvent[]> = { ok: true, value: [] };

/** Turns recorded messages into market events, one synchronised book an instrument. */
export class MarketTranslator {
  readonly #tracks: ReadonlyMap<string, Track>;

  constructor(recorded: readonly RecordedInstrument[]) {
    this.#tracks = new Map(
      recorded.map((one) => [one.name, { ...one, book: new BookSynchronizer(one.instrument.id) }]),
    );
  }

  translate({ message, receivedTime }: RecordedMessage): Parsed<readonly MarketEvent[]> {
    if (message.kind === 'other') return NOTHING;
    if (message.kind === 'depthSnapshot') {
      const [only, ...more] = this.#tracks.values();
      return only && more.length === 0
        ? { ok: true, value: only.book.onSnapshot(message, receivedTime) }
        : { ok: false, reason: 'a depth snapshot names no symbol, and the file has several' };
    }
    const track = this.#tracks.get(message.symbol);
    // Recordings may hold the forced orders of the whole market.
    if (message.kind === 'forcedOrder') {
      const value = track ? [liquidationEvent(track.instrument, message, receivedTime)] : [];
      return { ok: true, value };
    }
    if (!track) return { ok: false, reason: `${message.symbol} is not in the recording's head` };
    switch (message.kind) {
      case 'depth':
        return { ok: true, value: track.book.onDelta(message, receivedTime) };
      case 'quote':
        return { ok: true, value: [quoteEvent(track.instrument, message, receivedTime)] };
      case 'trade':
        return { ok: true, value: [tradeEvent(track.instrument, message, receivedTime)] };
      case 'aggregateTrade':
        if (!track.usesAggregateTrades) return NOTHING;
        return { ok: true, value: [tradeEvent(track.instrument, message, receivedTime)] };
    }
  }
}

function tradeEvent(
  { id: instrumentId }: Instrument,
  { id, price, size, aggressorSide, eventTime }: BinanceTrade,
  receivedTime: EpochMs,
): MarketEvent {
  const trade = { instrumentId, id, price, size, aggressorSide, eventTime, receivedTime };
  return { kind: 'trade', trade };
}

function liquidationEvent(
  { id: instrumentId }: Instrument,
  { side, price, size, eventTime }: BinanceForcedOrder,
  receivedTime: EpochMs,
): MarketEvent {
  const liquidation = { instrumentId, side, price, size, eventTime, receivedTime };
  return { kind: 'liquidation', liquidation };
}

function quoteEvent(
  { id: instrumentId }: Instrument,
  { bidPrice, bidSize, askPrice, askSize, eventTime }: BinanceQuote,
  receivedTime: EpochMs,
): MarketEvent {
  const quote = { instrumentId, bidPrice, bidSize, askPrice, askSize, eventTime, receivedTime };
  return { kind: 'quote', quote };
}
