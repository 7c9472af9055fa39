import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { BookSynchronizer } from './book-synchronizer.ts';
import type { BinanceDepth, BinanceDepthSnapshot } from './messages.ts';

const ID = 'replay:BTC/USDT' as InstrumentId;
const NOW = 1_723_161_255_000 as EpochMs;

const delta = (first: number, last: number, previous: number | null = null): BinanceDepth => ({
  ...{ kind: 'depth', market: previous === null ? 'spot' : 'usdm', symbol: 'BTCUSDT' },
  ...{ firstUpdateId: first, lastUpdateId: last, previousUpdateId: previous },
  ...{ bids: [[100, last]], asks: [], eventTime: NOW },
});
const snapshot = (lastUpdateId: number): BinanceDepthSnapshot => ({
  ...{ kind: 'depthSnapshot', lastUpdateId, bids: [], asks: [], eventTime: null },
});

/** What came out, as `kind:sequence`. */
function told(events: readonly MarketEvent[]): string[] {
  return events.map((event) => {
    if (event.kind === 'bookSnapshot') return `snapshot:${event.snapshot.sequence}`;
    return event.kind === 'bookDelta' ? `delta:${event.delta.sequence}` : event.kind;
  });
}

describe('[F4] BookSynchronizer on spot', () => {
  it('holds deltas until the snapshot, drops what it contains, and applies what straddles it', () => {
    const book = new BookSynchronizer(ID);
    expect(book.onDelta(delta(1, 10), NOW)).toEqual([]);
    expect(book.onDelta(delta(11, 20), NOW)).toEqual([]);
    expect(book.onDelta(delta(21, 30), NOW)).toEqual([]);
    expect(told(book.onSnapshot(snapshot(15), NOW))).toEqual([
      ...['snapshot:15', 'delta:20', 'delta:30'],
    ]);
    expect(told(book.onDelta(delta(31, 31), NOW))).toEqual(['delta:31']);
  });

  it('accepts a delta that begins right after the snapshot, and one that was sent twice', () => {
    const book = new BookSynchronizer(ID);
    expect(told(book.onSnapshot(snapshot(15), NOW))).toEqual(['snapshot:15']);
    expect(told(book.onDelta(delta(10, 15), NOW))).toEqual([]);
    expect(told(book.onDelta(delta(16, 20), NOW))).toEqual(['delta:20']);
    expect(told(book.onDelta(delta(16, 20), NOW))).toEqual([]);
  });

  it('throws the book away at a gap, says what is missing, and takes the next snapshot', () => {
    const book = new BookSynchronizer(ID);
    book.onSnapshot(snapshot(15), NOW);
    expect(book.onDelta(delta(18, 20), NOW)).toEqual([
      {
        kind: 'bookLost',
        instrumentId: ID,
        reason: 'depth updates between 15 and 18 are missing',
        receivedTime: NOW,
      },
    ]);
    expect(told(book.onDelta(delta(21, 25), NOW))).toEqual([]);
    expect(told(book.onSnapshot(snapshot(19), NOW))).toEqual([
      ...['snapshot:19', 'delta:20', 'delta:25'],
    ]);
  });

  it('refuses a snapshot older than what it holds', () => {
    const book = new BookSynchronizer(ID);
    book.onDelta(delta(20, 25), NOW);
    expect(told(book.onSnapshot(snapshot(10), NOW))).toEqual(['bookLost']);
    expect(told(book.onSnapshot(snapshot(22), NOW))).toEqual(['snapshot:22', 'delta:25']);
  });

  it('finds a gap among the deltas that it held', () => {
    const book = new BookSynchronizer(ID);
    book.onDelta(delta(11, 20), NOW);
    book.onDelta(delta(25, 30), NOW);
    expect(told(book.onSnapshot(snapshot(15), NOW))).toEqual([
      ...['snapshot:15', 'delta:20', 'bookLost'],
    ]);
  });

  it('takes no notice of a snapshot while its book is whole', () => {
    const book = new BookSynchronizer(ID);
    book.onSnapshot(snapshot(15), NOW);
    expect(book.onSnapshot(snapshot(99), NOW)).toEqual([]);
    expect(told(book.onDelta(delta(16, 17), NOW))).toEqual(['delta:17']);
  });
});

describe('[F4] BookSynchronizer on futures, whose ids leave holes', () => {
  it('follows the previous id, not the number', () => {
    const book = new BookSynchronizer(ID);
    book.onDelta(delta(100, 110, 90), NOW);
    expect(told(book.onSnapshot(snapshot(105), NOW))).toEqual(['snapshot:105', 'delta:110']);
    expect(told(book.onDelta(delta(150, 160, 110), NOW))).toEqual(['delta:160']);
    expect(told(book.onDelta(delta(161, 170, 159), NOW))).toEqual(['bookLost']);
  });

  it('joins a snapshot that falls into a hole or on the end of a delta', () => {
    const inHole = new BookSynchronizer(ID);
    inHole.onSnapshot(snapshot(95), NOW);
    expect(told(inHole.onDelta(delta(100, 110, 90), NOW))).toEqual(['delta:110']);
    const onEnd = new BookSynchronizer(ID);
    onEnd.onDelta(delta(80, 90, 70), NOW);
    expect(told(onEnd.onSnapshot(snapshot(90), NOW))).toEqual(['snapshot:90', 'delta:90']);
    expect(told(onEnd.onDelta(delta(100, 110, 90), NOW))).toEqual(['delta:110']);
  });
});
