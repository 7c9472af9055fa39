import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type InstrumentId, namesOf, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { RecordingSink } from '../recording-sink.fixture.ts';
import { type DueTapedEvent, type PlayedTape, type TapedStretch, TapeFeed } from './tape-feed.ts';

const BTC = 'binance:BTC/USDT' as InstrumentId;
const ETH = 'binance:ETH/USDT' as InstrumentId;
const START = 1_723_161_254_000;

const instrument = (id: InstrumentId) => ({
  ...{ id, ...namesOf(id), priceIncrement: 0.01, sizeIncrement: 0.01, ...UNKNOWN_TERMS },
});
const tradeAt = (atMs: number, id: string, instrumentId = BTC): DueTapedEvent => {
  const time = (START + atMs) as EpochMs;
  const trade = {
    ...{ instrumentId, id, price: 100 as Price, size: 1 as Size, aggressorSide: 'buy' as const },
    ...{ eventTime: time, receivedTime: time },
  };
  return { event: { kind: 'trade', trade }, time };
};
const gapAt = (atMs: number, toMs: number): DueTapedEvent => {
  const [fromTime, toTime] = [START + atMs, START + toMs] as EpochMs[];
  if (fromTime === undefined || toTime === undefined) throw new Error('a gap has two ends');
  const event = { kind: 'gap' as const, instrumentId: BTC, fromTime, toTime, reason: 'away' };
  return { event, time: fromTime };
};

function feedOf(
  chunks: readonly Result<readonly DueTapedEvent[] | null>[],
  { ids = [BTC, ETH], speed = 'max' as number | 'max' } = {},
) {
  const clock = new FakeClock();
  const asked: Parameters<PlayedTape['open']>[] = [];
  const open = (...wish: Parameters<PlayedTape['open']>): Result<TapedStretch> => {
    asked.push(wish);
    const left = [...chunks];
    return succeed({
      instruments: ids.map(instrument),
      next: async () => left.shift() ?? succeed(null),
    });
  };
  const range = { fromTime: START as EpochMs };
  const feed = new TapeFeed({ instruments: [BTC], range, speed }, { tape: { open }, clock });
  return { feed, clock, asked, sink: new RecordingSink(), stop: new AbortController() };
}

describe('a stretch of the tape as a feed', () => {
  it('[T4] is played under the names of the exchange replay, gaps and all', async () => {
    const { feed, sink, asked, stop } = feedOf([
      succeed([tradeAt(0, '1'), tradeAt(5, '7', ETH), gapAt(6, 900)]),
      succeed([tradeAt(1_000, '2')]),
    ]);
    const told = await feed.instruments();
    expect(told.ok && told.value.map(({ id, exchange }) => [id, exchange])).toEqual([
      ['replay:BTC/USDT', 'replay'],
      ['replay:ETH/USDT', 'replay'],
    ]);
    expect(await feed.run(sink, stop.signal)).toEqual({ kind: 'ended' });
    expect(sink.trades.map(({ instrumentId, id }) => `${instrumentId} ${id}`)).toEqual([
      ...['replay:BTC/USDT 1', 'replay:ETH/USDT 7', 'replay:BTC/USDT 2'],
    ]);
    const gap = { kind: 'gap', instrumentId: 'replay:BTC/USDT', toTime: START + 900 };
    expect(sink.events[2]).toMatchObject(gap);
    expect(asked).toEqual([
      [[BTC], { fromTime: START }],
      [[BTC], { fromTime: START }],
    ]);
  });

  it('[T4] keeps the pace that is asked for, and is left at once', async () => {
    const { feed, clock, sink, stop } = feedOf(
      [succeed([tradeAt(0, '1'), tradeAt(10_000, '2'), tradeAt(90_000, '3')])],
      { speed: 10 },
    );
    const running = feed.run(sink, stop.signal);
    const playedAfter = async (ms: number) => {
      clock.advance(ms);
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
      return sink.trades.length;
    };
    expect(await playedAfter(0)).toBe(1);
    expect(await playedAfter(900)).toBe(1);
    expect(await playedAfter(200)).toBe(2);
    stop.abort();
    expect(await running).toEqual({ kind: 'aborted' });
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends with the sentence of a tape that cannot be read, and tries no more', async () => {
    const { feed, sink, stop } = feedOf([
      succeed([tradeAt(0, '1')]),
      fail('unavailable', 'A block is damaged.'),
    ]);
    expect(await feed.run(sink, stop.signal)).toMatchObject({
      ...{ kind: 'failed', isFinal: true, failure: { message: 'A block is damaged.' } },
    });
  });

  it('refuses two instruments that would be one, and says how to choose', async () => {
    const { feed } = feedOf([], { ids: [BTC, 'kraken:BTC/USDT' as InstrumentId] });
    expect(await feed.instruments()).toMatchObject({
      ok: false,
      error: {
        code: 'conflict',
        message: expect.stringContaining('replay:binance:BTC/USDT@FROM..TO'),
      },
    });
  });
});
