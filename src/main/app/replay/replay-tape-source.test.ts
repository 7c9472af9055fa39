import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { EventMerger } from '#main/replay/event-merger.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import { openTapeDatabase, type TapeDatabase } from '#main/storage/tape-database.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { openTapeSource } from './replay-tape-source.ts';

const BTC = 'x:BTC/USDT' as InstrumentId;
const ETH = 'x:ETH/USDT' as InstrumentId;
const T0 = 1_700_000_040_000;
const at = (time: number) => (T0 + time) as EpochMs;

describe('a stretch of the tape', () => {
  let folder: string;
  let tape: TapeDatabase;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-replay-'));
    const opened = openTapeDatabase(join(folder, 'tape.db'));
    if (!opened.ok) throw new Error(opened.error.message);
    tape = opened.value;
    const recorder = new TapeRecorder({
      ...{ store: tape, clock: new FakeClock() },
      onFailure: (reason) => {
        throw new Error(reason);
      },
      onRecovery: () => undefined,
    });
    const record = (instrumentId: InstrumentId, id: string, time: number, price = 100) =>
      recorder.record({
        ...{ instrumentId, id, aggressorSide: 'buy' },
        ...{ price: price as Price, size: 0.125 as Size },
        ...{ eventTime: at(time), receivedTime: at(time) },
      });
    record(BTC, '1', 0, 100.5);
    record(ETH, '1', 10);
    record(BTC, '2', 10);
    record(BTC, '3', 20);
    const gap = { instrumentId: BTC, fromTime: at(20), toTime: at(90_000), reason: 'down' };
    recorder.recordGap(gap);
    record(ETH, '2', 30);
    record(BTC, '4', 90_000, 101.25);
    recorder.dispose();
  });
  afterEach(() => {
    tape.close();
    rmSync(folder, { recursive: true });
  });

  const opened = (stretch: Partial<Parameters<typeof openTapeSource>[1]> = {}): ReplaySource => {
    const source = openTapeSource(tape, { instruments: [BTC, ETH], ...stretch });
    if (!source.ok) throw new Error(source.error.message);
    return source.value;
  };
  const orderOf = async (source: ReplaySource, fromTime = source.fromTime) => {
    const merger = new EventMerger(
      source.lanes(() => fromTime),
      fromTime,
    );
    const order: string[] = [];
    for (;;) {
      await merger.prepare();
      while (merger.isReady) {
        if (merger.nextTime() === null) return order;
        order.push(nameOf(merger.take()));
      }
    }
  };

  it('[T4] is merged by time, instruments in their order, a gap after what was seen at its start', async () => {
    const source = opened();
    expect([source.fromTime, source.toTime]).toEqual([at(0), at(90_001)]);
    expect(await orderOf(source)).toEqual([
      ...['x:BTC/USDT 1', 'x:BTC/USDT 2', 'x:ETH/USDT 1', 'x:BTC/USDT 3'],
      ...['gap', 'x:ETH/USDT 2', 'x:BTC/USDT 4'],
    ]);
    expect(await orderOf(opened({ instruments: [ETH, BTC] }))).toEqual([
      ...['x:BTC/USDT 1', 'x:ETH/USDT 1', 'x:BTC/USDT 2', 'x:BTC/USDT 3'],
      ...['gap', 'x:ETH/USDT 2', 'x:BTC/USDT 4'],
    ]);
  });

  it('[T4] is cut to its range, and can be begun anywhere, also before it', async () => {
    const source = opened({ fromTime: at(10), toTime: at(30) });
    expect(await orderOf(source)).toEqual([
      ...['x:BTC/USDT 2', 'x:ETH/USDT 1', 'x:BTC/USDT 3', 'gap'],
    ]);
    expect((await orderOf(source, at(0)))[0]).toBe('x:BTC/USDT 1');
    expect(await orderOf(source, at(25))).toEqual([]);
  });

  it('[T4] tells its gaps, and what is missing of the market', () => {
    const source = opened();
    expect(source.gaps).toEqual([
      {
        ...{ instrumentId: BTC, fromTime: at(20), toTime: at(90_000), reason: 'down' },
        backfilled: 'no',
      },
    ]);
    expect(source.books.reason).toContain('trades only');
  });

  it('[T4] tells when how much was traded, also of what is ahead', () => {
    const traded = (stepMs: number) => opened().volumes(BTC, stepMs);
    expect(traded(1_000)).toEqual({
      ok: true,
      value: [
        { time: at(0), volume: 0.375 },
        { time: at(90_000), volume: 0.125 },
      ],
    });
    // A step of no interval's length is made of shorter ones.
    expect(traded(45_000)).toEqual(traded(1_000));
  });

  it('[T5] takes the increments from the tape alone', () => {
    expect(opened().instruments).toMatchObject([
      { id: BTC, base: 'BTC', priceIncrement: 0.01, sizeIncrement: 0.001 },
      { id: ETH, base: 'ETH', priceIncrement: 1, sizeIncrement: 0.001 },
    ]);
  });

  it('gives candles of the past, up to a time', () => {
    const candles = opened().candles(BTC, '1m', { fromTime: at(-60_000), toTime: at(60_000) });
    expect(candles).toMatchObject({ ok: true, value: [{ tradeCount: 3, open: 100.5 }] });
  });

  it.each([
    [{ instruments: ['y:BTC/USDT' as InstrumentId] }, 'no trade of y:BTC/USDT'],
    [{ fromTime: at(5), toTime: at(5) }, 'must lie before'],
    [{ fromTime: at(100_000) }, 'must lie before'],
    [{ fromTime: at(100_000), toTime: at(200_000) }, 'none of that stretch'],
  ])('refuses %j in a sentence', (stretch, sentence) => {
    const source = openTapeSource(tape, { instruments: [BTC], ...stretch });
    expect(source.ok ? 'opened' : source.error.message).toContain(sentence);
  });
});

const nameOf = (event: MarketEvent): string =>
  event.kind === 'trade' ? `${event.trade.instrumentId} ${event.trade.id}` : event.kind;
