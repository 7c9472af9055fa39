import { afterEach, describe, expect, it } from 'vitest';
import { instrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { checksumOf, type WireLevel } from '#tests/fakes/exchanges/kraken/checksum.ts';
import { startKraken } from '#tests/fakes/exchanges/kraken/kraken-exchange.ts';
import { krakenFrames } from '#tests/fakes/exchanges/kraken/recording.ts';
import { SupervisedExchange } from '#tests/fakes/exchanges/supervised-exchange.ts';
import { EXCHANGE_RECORDINGS, hasRecordings, needsRecordings } from '#tests/support/recordings.ts';

describe.skipIf(!hasRecordings)(`Kraken${needsRecordings}`, () => {
  let watched: SupervisedExchange | undefined;
  afterEach(async () => {
    await watched?.close();
    watched = undefined;
  });

  it('is recorded with checksums that the rule of the fake verifies, all 4,269', () => {
    const books = new Map<string, Record<'bids' | 'asks', Map<number, WireLevel>>>();
    let verified = 0;
    for (const frame of krakenFrames([`${EXCHANGE_RECORDINGS}/KRAKEN.ws.50.0`])) {
      if (frame.kind !== 'snapshot' && frame.kind !== 'update') continue;
      const book = books.get(frame.symbol) ?? { bids: new Map(), asks: new Map() };
      books.set(frame.symbol, book);
      for (const side of ['bids', 'asks'] as const)
        for (const level of frame[side]) {
          if (Number(level[1]) === 0) book[side].delete(Number(level[0]));
          else book[side].set(Number(level[0]), level);
        }
      const best = (side: 'bids' | 'asks', direction: number) =>
        [...book[side]].sort(([a], [b]) => (a - b) * direction).map(([, level]) => level);
      if (frame.kind === 'snapshot') continue;
      expect(checksumOf(best('bids', -1), best('asks', 1))).toBe(frame.checksum);
      verified++;
    }
    expect(verified).toBe(4_269);
  });

  it('comes through the feed as it was: each trade once and in order, each book a true one', async () => {
    const fake = await startKraken(EXCHANGE_RECORDINGS);
    watched = await SupervisedExchange.start(fake);
    await fake.play({ speed: 'max' });
    await watched.until('all trades came', () => watched?.hasAllTrades === true);
    await watched.until('the books are the last ones', () => watched?.hasTrueBooks === true);
    expect(watched.lies).toEqual([]);
    expect([...watched.trades.values()].flat().length).toBe(10);
    expect(watched.count('bookLost')).toBe(0);
    expect(watched.status.rejected).toBe(0);
  });

  it('[F4] has its checksum verified: a bad one throws the book away, and a fresh one follows', async () => {
    const fake = await startKraken(EXCHANGE_RECORDINGS);
    watched = await SupervisedExchange.start(fake, { symbols: ['XMR/USD', 'SC/EUR'] });
    await fake.play({ speed: 'max', untilFrame: 500 });
    await watched.until('the books are true', () => watched?.hasTrueBooks === true);
    fake.inject('badChecksum');
    await fake.play({ speed: 'max', untilFrame: 1_000 });
    await watched.until('the book is lost', () => (watched?.count('bookLost') ?? 0) > 0);
    await watched.until('the books are true again', () => watched?.hasTrueBooks === true);
    await fake.play({ speed: 'max' });
    await watched.until('the books are the last ones', () => watched?.hasTrueBooks === true);
    expect(watched.losses.some((reason) => /checksum/i.test(reason))).toBe(true);
    expect(watched.lies).toEqual([]);
  });

  it('keeps all bids of a book that has few asks', async () => {
    const fake = await startKraken(EXCHANGE_RECORDINGS);
    watched = await SupervisedExchange.start(fake, { symbols: ['GRT/ETH'] });
    const { book } = watched.market.of(instrumentId('kraken', 'GRT/ETH'));
    const snapshot = krakenFrames([`${EXCHANGE_RECORDINGS}/KRAKEN.ws.50.0`]).find(
      (frame) => frame.kind === 'snapshot' && frame.symbol === 'GRT/ETH',
    );
    if (snapshot?.kind !== 'snapshot') throw new Error('the recording has no such book');
    expect(snapshot.asks.length).not.toBe(snapshot.bids.length);
    expect(book.depth('buy')).toBe(snapshot.bids.length);
    expect(book.depth('sell')).toBe(snapshot.asks.length);
  });

  it('tells the trades of an outage afterwards, and the candles of the past', async () => {
    const fake = await startKraken(EXCHANGE_RECORDINGS);
    watched = await SupervisedExchange.start(fake, { symbols: ['SC/EUR'] });
    await fake.play({ speed: 'max' });
    const id = instrumentId('kraken', 'SC/EUR');
    const truth = fake.truth.trades('SC/EUR');
    const [from, to] = [1, 3].map((index) => truth[index]?.time ?? 0) as [EpochMs, EpochMs];
    const answer = await watched.feed.backfill(id, from, to);
    if (!answer.ok) throw new Error(answer.error.message);
    const missed = truth.filter(({ time }) => time >= from && time <= to);
    expect(answer.value.trades.map((trade) => trade.id)).toEqual(missed.map((trade) => trade.id));
    const minute = Math.floor((truth[0]?.time ?? 0) / 60_000) * 60_000;
    const candles = await watched.feed.history(
      id,
      '1m',
      minute as EpochMs,
      (minute + 60_000) as EpochMs,
    );
    const untold = { buyVolume: null, tradeCount: null };
    const known = { openTime: minute, open: truth[0]?.price, isClosed: true };
    expect(candles).toMatchObject([{ ...known, ...untold }]);
  });
});
