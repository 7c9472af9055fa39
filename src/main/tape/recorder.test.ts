import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import { BTC, ETH, play, TapeBench, trade, trades, unwrap } from '#tests/fakes/tape-bench.ts';
import { TapeRecorder } from './recorder.ts';
import type { TapeStore } from './tape-store.ts';

describe('TapeRecorder', () => {
  let bench: TapeBench;
  beforeEach(() => {
    bench = new TapeBench();
  });
  afterEach(() => bench.end());

  it('[T1] writes many instruments in turns, each trade within 100 ms', () => {
    const ids = Array.from({ length: 40 }, (_, index) => instrumentId('demo', `C${index}/USDT`));
    const sizes: number[] = [];
    const store: TapeStore = {
      ...bench.tape,
      write: (batch) => {
        sizes.push(batch.blocks.length);
        return bench.tape.write(batch);
      },
    };
    const target = bench.recorder({ store });
    const countOf = (id: InstrumentId) => bench.tape.lastBlocks(id, 1);
    for (let millisecond = 1; millisecond <= 1_000; millisecond += 1) {
      for (const id of ids) target.record(trade(millisecond, { instrumentId: id }));
      bench.clock.advance(1);
      if (millisecond < 200 || millisecond % 50 !== 0) continue;
      for (const id of ids) {
        expect(unwrap(countOf(id))[0]?.count).toBeGreaterThanOrEqual(millisecond - 100);
      }
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6);
    unwrap(target.dispose());
    for (const id of ids) expect(unwrap(countOf(id))[0]?.count).toBe(1_000);
    expect(target.stats()).toMatchObject({ trades: 40_000, pending: 0, dropped: 0 });
  });

  it('[T1] has a trade on disk within 250 ms of its receipt', () => {
    const target = bench.recorder();
    target.record(trade(1));
    bench.clock.advance(50);
    target.record(trade(2));
    expect(bench.onTape()).toEqual([]);
    bench.clock.advance(199);
    expect(bench.onTape()).toEqual(trades(1, 2));
    expect(target.stats()).toMatchObject({ trades: 2, pending: 0 });
    target.dispose();
  });

  it('[T1] refuses a slower flush', () => {
    const options = {
      store: bench.tape,
      clock: bench.clock,
      onFailure: () => 0,
      onRecovery: () => 0,
    };
    expect(() => new TapeRecorder({ ...options, flushEveryMs: 201 })).toThrow('[T1]');
  });

  it('keeps no timer while nothing waits, and none after dispose', () => {
    const target = bench.recorder();
    expect(bench.clock.pendingTimers).toBe(0);
    target.record(trade(1));
    expect(bench.clock.pendingTimers).toBe(1);
    bench.clock.advance(200);
    expect(bench.clock.pendingTimers).toBe(0);
    target.record(trade(2));
    expect(target.dispose().ok).toBe(true);
    expect(bench.clock.pendingTimers).toBe(0);
    expect(bench.onTape()).toEqual(trades(1, 2));
    expect(() => target.record(trade(3))).toThrow('Invariant');
  });

  it('[T2] fills blocks to 2,048 trades over many flushes and restarts, in order', () => {
    const all = trades(1, 10_000);
    for (let start = 0; start < all.length; start += 700) {
      const target = bench.recorder();
      play(target, all.slice(start, start + 350));
      target.flush();
      play(target, all.slice(start + 350, start + 700));
      target.dispose();
      bench.reopen();
    }
    expect(bench.onTape()).toEqual(all);
    const blocks = unwrap(bench.tape.lastBlocks(BTC, 10));
    expect(blocks.map(({ count, isSealed }) => [count, isSealed])).toEqual([
      ...Array.from({ length: 4 }, () => [2_048, true]),
      [1_808, false],
    ]);
  });

  it('keeps instruments apart', () => {
    const target = bench.recorder();
    play(target, trades(1, 3));
    target.record(trade(1, { instrumentId: ETH }));
    target.dispose();
    expect(bench.onTape(ETH)).toEqual([trade(1, { instrumentId: ETH })]);
    expect(unwrap(bench.tape.instruments())).toMatchObject([
      { instrumentId: BTC, tradeCount: 3, firstTime: 1_000_001, lastTime: 1_000_003 },
      { instrumentId: ETH, tradeCount: 1 },
    ]);
  });

  it('[T1] records each trade once: played again at once, later, and after a restart', () => {
    const first = bench.recorder();
    play(first, trades(1, 9_000));
    play(first, trades(1, 9_000));
    first.flush();
    play(first, trades(8_500, 9_100));
    expect(first.dispose().ok).toBe(true);
    expect(first.stats()).toMatchObject({ trades: 9_100, duplicates: 9_000 + 501 });
    bench.reopen();
    const second = bench.recorder();
    play(second, trades(1, 9_200));
    second.dispose();
    expect(second.stats()).toMatchObject({ trades: 100, duplicates: 9_100 });
    expect(bench.onTape()).toEqual(trades(1, 9_200));
  });

  it('recognises ids that are no numbers within the recent blocks, across a restart too', () => {
    const named = trades(1, 6_000).map((item) => ({ ...item, id: `t-${item.id}` }));
    const first = bench.recorder();
    play(first, named);
    play(first, named.slice(3_000));
    first.dispose();
    const second = bench.recorder();
    play(second, named.slice(3_000));
    second.dispose();
    expect(bench.onTape()).toEqual(named);
  });

  it('takes a trade that comes late, at its place in time, and then knows it', () => {
    const target = bench.recorder();
    const late = [trade(1), trade(2), trade(5), trade(3), trade(3), trade(4)];
    play(target, late);
    target.dispose();
    expect(bench.onTape().map((item) => item.id)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('adds an older recording to a newer one, once, and reads them by time', () => {
    for (const stretch of [
      trades(50_000, 50_100),
      trades(1, 200),
      trades(1, 200),
      trades(50_050, 50_200),
    ]) {
      const target = bench.recorder();
      play(target, stretch);
      target.dispose();
    }
    expect(bench.onTape()).toEqual([...trades(1, 200), ...trades(50_000, 50_200)]);
  });

  it('goes on over an older stretch without claiming what lies between', () => {
    const newer = bench.recorder();
    play(newer, trades(50_000, 50_100));
    newer.dispose();
    const older = bench.recorder();
    play(older, trades(1, 10));
    play(older, trades(50_101, 50_110));
    older.dispose();
    const between = bench.recorder();
    play(between, trades(100, 6_000));
    between.dispose();
    expect(unwrap(bench.tape.tradeCount(BTC))).toBe(101 + 10 + 10 + 5_901);
    const again = bench.recorder();
    play(again, trades(100, 6_000));
    again.dispose();
    expect(again.stats()).toMatchObject({ trades: 0, duplicates: 5_901 });
  });
});
