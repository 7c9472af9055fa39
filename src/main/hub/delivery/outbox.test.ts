import { beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { Publishable } from '#contract/publications.ts';
import {
  SAMPLE_ID,
  SAMPLE_TIME,
  sampleBook,
  sampleCandle,
  sampleLog,
  sampleTicker,
  sampleTrade,
} from '#tests/fakes/publications.ts';
import type { Delivery } from '../dependencies.ts';
import { MAX_FLOW_BYTES, MAX_STREAM_BYTES, Outbox } from './outbox.ts';
import { EncodedDelivery, type OutgoingMessage } from './outgoing.ts';

const TRADES = channel.trades(SAMPLE_ID);
const TICKER = channel.ticker(SAMPLE_ID);
const BOOK = channel.orderBook(SAMPLE_ID);
const LOGS = channel.bot('b1', 'logs');
const CANDLES = channel.candles(SAMPLE_ID, '1m');

let outbox: Outbox;
let dropped: number;
let book: Delivery | undefined;

beforeEach(() => {
  dropped = 0;
  book = undefined;
  outbox = new Outbox({
    bookOf: () => book,
    onDropped: (count) => {
      dropped += count;
    },
  });
});

/** A run that ends at `offset`. */
const run = (name: string, offset: number, ...items: Publishable[]): EncodedDelivery =>
  new EncodedDelivery({
    channel: name,
    epoch: 'e',
    prevOffset: offset - items.length,
    publications: items.map((data, index) => ({
      offset: offset - items.length + index + 1,
      timestamp: SAMPLE_TIME,
      data,
    })),
  });
const manyTrades = (last: number, count: number) =>
  run(TRADES, last, ...Array.from({ length: count }, (_, index) => sampleTrade(last - index)));

function takeAll(): OutgoingMessage[] {
  const messages: OutgoingMessage[] = [];
  const take = () => outbox.take() ?? outbox.takeLatest()?.full;
  for (let next = take(); next; next = take()) messages.push(...next.messages);
  return messages;
}

describe('[B7] what waits for a slow consumer', () => {
  it('is of a latest channel only the newest value', () => {
    for (let price = 1; price <= 1_000; price += 1) {
      expect(outbox.put(run(TICKER, price, sampleTicker(price)))).toBe(true);
    }
    expect(takeAll()).toMatchObject([
      { event: 'price:update', payload: { seq: 1_000, price: 1_000 } },
    ]);
    expect(outbox.isEmpty).toBe(true);
  });

  it('[B2] is of candles every one that was closed', () => {
    outbox.put(run(CANDLES, 1, sampleCandle(0)));
    outbox.put(run(CANDLES, 2, sampleCandle(0, { isClosed: true })));
    outbox.put(run(CANDLES, 3, sampleCandle(60_000)));
    expect(takeAll()).toMatchObject([
      { payload: { seq: 2, candle: { openTime: 0, isClosed: true } } },
      { payload: { seq: 3, candle: { openTime: 60_000 } } },
    ]);
  });

  it('is of a stream everything, in order', () => {
    for (let offset = 1; offset <= 50; offset += 1) outbox.put(run(LOGS, offset, sampleLog('x')));
    expect(takeAll().map(({ payload }) => 'seq' in payload && payload.seq)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
  });

  it('no longer fits where a stream overflows its limit', () => {
    const line = sampleLog('x'.repeat(10_000));
    let offset = 1;
    while (outbox.put(run(LOGS, offset, line))) offset += 1;
    const perLine = run(LOGS, 1, line).full.frames.length;
    expect(offset).toBe(Math.floor(MAX_STREAM_BYTES / perLine) + 1);
  });

  it('is of a flow a little, and beyond that a gap mark in its place', () => {
    outbox.put(run(LOGS, 1, sampleLog('kept')));
    let last = 0;
    for (let bytes = 0; bytes <= MAX_FLOW_BYTES; ) {
      last += 1_000;
      const encoded = manyTrades(last, 1_000);
      bytes += encoded.full.frames.length;
      outbox.put(encoded);
    }
    outbox.put(manyTrades(last + 10, 10));
    expect(takeAll()).toMatchObject([
      { event: 'bot:log', payload: { message: 'kept' } },
      { event: 'gap', payload: { channel: TRADES, seq: last + 10, missed: last + 10 } },
    ]);
    expect(dropped).toBe(last + 10);
    // It is whole again.
    outbox.put(manyTrades(last + 20, 10));
    expect(takeAll()).toMatchObject([{ event: 'trade:new', payload: { prevSeq: last + 10 } }]);
  });

  it('is of a book a gap mark with a fresh snapshot', () => {
    outbox.skip(run(BOOK, 9, sampleBook('delta', 9)).delivery);
    book = run(BOOK, 9, sampleBook('snapshot', 9, { bids: [[1, 2]] })).delivery;
    expect(takeAll()).toMatchObject([
      { event: 'gap', payload: { channel: BOOK, seq: 9, missed: 1 } },
      { event: 'orderbook:update', payload: { seq: 9, kind: 'snapshot', bids: [[1, 2]] } },
    ]);
  });

  it('is nothing of a channel that was left', () => {
    outbox.put(run(LOGS, 1, sampleLog('x')));
    outbox.put(run(TICKER, 1, sampleTicker(1)));
    outbox.skip(manyTrades(5, 5).delivery);
    for (const name of [LOGS, TICKER, TRADES]) outbox.forget(name);
    expect(takeAll()).toEqual([]);
  });
});
