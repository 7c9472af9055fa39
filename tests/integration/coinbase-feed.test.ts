import { afterEach, describe, expect, it } from 'vitest';
import { instrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { startCoinbase } from '#tests/fakes/exchanges/coinbase/coinbase-exchange.ts';
import { SupervisedExchange } from '#tests/fakes/exchanges/supervised-exchange.ts';
import { EXCHANGE_RECORDINGS, hasRecordings, needsRecordings } from '#tests/support/recordings.ts';

describe.skipIf(!hasRecordings)(`Coinbase${needsRecordings}`, () => {
  let watched: SupervisedExchange | undefined;
  afterEach(async () => {
    await watched?.close();
    watched = undefined;
  });

  it('comes through the feed as it was: each trade once and in order, each book a true one', async () => {
    const fake = await startCoinbase(EXCHANGE_RECORDINGS);
    watched = await SupervisedExchange.start(fake);
    await fake.play({ speed: 'max' });
    await watched.until('all trades came', () => watched?.hasAllTrades === true);
    await watched.until('the books are the last ones', () => watched?.hasTrueBooks === true);
    expect(watched.lies).toEqual([]);
    expect([...watched.trades.values()].flat().length).toBe(107);
    expect(watched.count('bookLost')).toBe(0);
    expect(watched.status.rejected).toBe(0);
  });

  it('[F4] misses a message of the connection: the books are thrown away, fresh ones follow', async () => {
    const fake = await startCoinbase(EXCHANGE_RECORDINGS);
    watched = await SupervisedExchange.start(fake, { symbols: ['SKL/USD', 'DASH/BTC'] });
    fake.inject('bookGap');
    await fake.play({ speed: 'max', untilFrame: 1_000 });
    await watched.until('a book is lost', () => (watched?.count('bookLost') ?? 0) > 0);
    await watched.until('the books are true again', () => watched?.hasTrueBooks === true);
    await fake.play({ speed: 'max' });
    await watched.until('the books are the last ones', () => watched?.hasTrueBooks === true);
    expect(watched.lies).toEqual([]);
  });

  it('tells the trades of an outage afterwards, with the side of the taker, none missing', async () => {
    const fake = await startCoinbase(EXCHANGE_RECORDINGS);
    watched = await SupervisedExchange.start(fake, { symbols: ['SKL/USD'] });
    await fake.play({ speed: 'max' });
    const truth = fake.truth.trades('SKL/USD');
    const [from, to] = [20, 40].map((index) => truth[index]?.time ?? 0) as [EpochMs, EpochMs];
    const id = instrumentId('coinbase', 'SKL/USD');
    const answer = await watched.feed.backfill(id, from, to);
    if (!answer.ok) throw new Error(answer.error.message);
    const sideOf = ({ id, aggressorSide }: { id: string; aggressorSide: string }) =>
      `${id} ${aggressorSide}`;
    const missed = truth.filter(({ time }) => time >= from && time <= to);
    expect(answer.value.trades.map(sideOf)).toEqual(missed.map(sideOf));
    expect(answer.value.isComplete).toBe(true);
  });
});
