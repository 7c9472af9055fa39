import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { OrderBook } from '#domain/order-book.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import type { BinanceQuote } from '../binance/messages.ts';
import { RecordingSink } from '../recording-sink.fixture.ts';
import { MarketTranslator } from './market-translator.ts';
import { readRecording } from './recording.ts';
import { readHead } from './recording-head.ts';
import { ReplayFeed } from './replay-feed.ts';

const folder = fileURLToPath(
  new URL('../../../../../shared/data/binance-recordings', import.meta.url),
);
const hasData = existsSync(folder);
const skipNote = hasData ? '' : ' (skipped: no ../shared/data)';

async function playAtMax(name: string) {
  const sink = new RecordingSink();
  const feed = new ReplayFeed(`${folder}/${name}.gz`, 'max', new FakeClock());
  const end = await feed.run(sink, new AbortController().signal);
  return { sink, end };
}

/** Rebuilds the book line by line and compares it with each quote that names the same update id. */
async function compareBookWithQuotes(name: string) {
  const file = `${folder}/${name}.gz`;
  const head = await readHead(file);
  const recording = await readRecording(file);
  if (!head.ok || !recording.ok) throw new Error('not a recording');
  const translator = new MarketTranslator(head.value);
  const book = new OrderBook(head.value[0]?.instrument.id as InstrumentId);
  const quotes = new Map<number, BinanceQuote>();
  const tops = new Map<number, (number | undefined)[]>();
  for await (const entries of recording.value()) {
    for (const entry of entries) {
      if (!entry.ok) throw new Error(entry.reason);
      const { message } = entry.value;
      if (message.kind === 'quote') quotes.set(message.updateId, message);
      const translated = translator.translate(entry.value);
      if (!translated.ok) throw new Error(translated.reason);
      for (const event of translated.value) {
        if (event.kind === 'bookSnapshot') book.applySnapshot(event.snapshot);
        else if (event.kind === 'bookDelta') book.applyDelta(event.delta);
        else continue;
        tops.set(book.sequence ?? 0, [...(book.best('buy') ?? []), ...(book.best('sell') ?? [])]);
      }
    }
  }
  const both = [...tops].filter(([sequence]) => quotes.has(sequence));
  const differing = both.filter(([sequence, top]) => {
    const { bidPrice, bidSize, askPrice, askSize } = quotes.get(sequence) as BinanceQuote;
    return String(top) !== String([bidPrice, bidSize, askPrice, askSize]);
  });
  return { compared: both.length, differing, books: tops.size };
}

describe.skipIf(!hasData)(`recorded Binance streams${skipNote}`, () => {
  it.each([
    ['spot-btcusdt', 'replay:BTC/USDT', 9_757, 28_040],
    ['spot-ethusdt', 'replay:ETH/USDT', 6_106, 24_077],
    ['usdm-btcusdt', 'replay:BTC/USDT:USDT', 21_313, 66_089],
  ])(
    '%s: every trade once and in order, every quote, one unbroken book',
    async (name, id, trades, quotes) => {
      const { sink, end } = await playAtMax(name);
      expect(end).toEqual({ kind: 'ended' });
      expect(sink.rejections).toEqual([]);
      expect(sink.count('trade')).toBe(trades);
      expect(sink.count('quote')).toBe(quotes);
      expect([sink.count('bookSnapshot'), sink.count('bookLost')]).toEqual([1, 0]);
      const ids = sink.trades.map((trade) => Number(trade.id));
      expect(ids.every((tradeId, i) => tradeId === (ids[0] ?? 0) + i)).toBe(true);
      expect(new Set(sink.trades.map(({ instrumentId }) => instrumentId))).toEqual(new Set([id]));
      expect(Math.max(...sink.batches.map((batch) => batch.length))).toBeLessThanOrEqual(500);
    },
  );

  it('reads prices, sizes, sides and both clocks as they were recorded', async () => {
    const { sink } = await playAtMax('spot-btcusdt');
    expect(sink.trades[0]).toEqual({
      instrumentId: 'replay:BTC/USDT',
      id: '3735683259',
      price: 61837.63,
      size: 0.02,
      aggressorSide: 'sell',
      eventTime: 1723161255342,
      receivedTime: 1723161254087,
    });
  });

  it.each([
    ['spot-btcusdt', { priceIncrement: 0.01, sizeIncrement: 0.00001 }],
    ['spot-ethusdt', { priceIncrement: 0.01, sizeIncrement: 0.0001 }],
    ['usdm-btcusdt', { priceIncrement: 0.1, sizeIncrement: 0.001 }],
  ])('%s: increments are those of the exchange', async (name, increments) => {
    const feed = new ReplayFeed(`${folder}/${name}.gz`, 1, new FakeClock());
    expect(await feed.instruments()).toMatchObject({ ok: true, value: [increments] });
  });

  it.each(['spot-btcusdt', 'spot-ethusdt', 'usdm-btcusdt'])(
    '[F4] %s: the book equals bookTicker at every update id that both name',
    async (name) => {
      const { compared, differing, books } = await compareBookWithQuotes(name);
      expect(differing).toEqual([]);
      expect(compared).toBeGreaterThan(200);
      expect(books).toBeGreaterThan(3_000);
    },
    // Seconds of computing, and more of them on a busy machine.
    30_000,
  );
});
