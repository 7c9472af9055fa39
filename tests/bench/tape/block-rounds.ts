import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { INTERVAL_MS } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { openTapeDatabase, type TapeDatabase } from '#main/storage/tape-database.ts';
import { candlesOfTrades, readTapeCandles } from '#main/tape/candles.ts';
import { openTapeCursor } from '#main/tape/cursor.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { SeededRandom } from '../../fuzz/random.ts';
import { temporaryDirectory } from '../../support/serve-process.ts';
import { median, quantile, round, type Speed, speedOf, unwrap } from './figures.ts';
import { LoopedTrades, type RecordingName } from './looped-trades.ts';
import { RowTape } from './row-tape.ts';

const EVERYTHING = { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER };
const TRADES_A_ROUND = 500_000;
/** What the recorder's own timer does, which a tight loop does not let run (T1). */
const FLUSH_EVERY_MS = 100;
const SEEKS = 400;
/** As many as a chart asks for. */
const CHART_CANDLES = 500;

export interface BlockOptions {
  readonly trades: number;
  readonly rounds: number;
}

/** Bytes, trades in, trades out and seeking, of the tape and of rows, in alternating rounds. */
export function measureBlocks(name: RecordingName, options: BlockOptions): object {
  const directory = temporaryDirectory();
  const path = join(directory.path, 'tape.db');
  const rowPath = join(directory.path, 'rows.db');
  const tape = unwrap(openTapeDatabase(path));
  const rows = new RowTape(rowPath);
  const source = new LoopedTrades(name);
  const recording = measureRecording(tape, rows, source, options.trades);
  const reading = measureReading(tape, rows, source, options);
  const seek = measureSeeks(tape, source);
  const rowBytes = rows.sizeBytes() / options.trades;
  rows.close();
  // Closing brings what is in the log into the file.
  tape.close();
  const bytes = statSync(path).size / options.trades;
  rmSync(directory.path, { recursive: true, force: true });
  return {
    trades: options.trades,
    bytesATrade: { tape: round(bytes), rows: round(rowBytes), ratio: round(rowBytes / bytes) },
    ...{ recording, reading, seek },
  };
}

/** True once each `FLUSH_EVERY_MS`. */
function flushTimer(): () => boolean {
  let flushedMs = performance.now();
  return () => {
    const now = performance.now();
    if (now - flushedMs < FLUSH_EVERY_MS) return false;
    flushedMs = now;
    return true;
  };
}

function measureRecording(tape: TapeDatabase, rows: RowTape, source: LoopedTrades, count: number) {
  const recorder = new TapeRecorder({
    ...{ store: tape, clock: systemClock, mostPending: 2 * TRADES_A_ROUND },
    onFailure: (reason) => {
      throw new Error(reason);
    },
    onRecovery: () => undefined,
  });
  const speeds = { tape: [] as Speed[], rows: [] as Speed[] };
  for (let done = 0; done < count; done += TRADES_A_ROUND) {
    const trades = source.take(Math.min(TRADES_A_ROUND, count - done));
    speeds.tape.push(
      speedOf(trades.length, () => {
        const isDue = flushTimer();
        trades.forEach((trade, index) => {
          recorder.record(trade);
          if (index % 1_000 === 999 && isDue()) unwrap(recorder.flush());
        });
        unwrap(recorder.flush());
      }),
    );
    speeds.rows.push(speedOf(trades.length, () => rows.record(trades, flushTimer())));
  }
  unwrap(recorder.dispose());
  if (recorder.stats().trades !== count) throw new Error(`recorded ${recorder.stats().trades}`);
  return inMillions(speeds);
}

function measureReading(
  tape: TapeDatabase,
  rows: RowTape,
  { instrumentId }: LoopedTrades,
  { trades, rounds }: BlockOptions,
) {
  const speeds = { tape: [] as Speed[], rows: [] as Speed[] };
  for (let index = 0; index < rounds; index++) {
    let candles = 0;
    speeds.tape.push(
      speedOf(trades, () => {
        const made = candlesOfTrades(tape, instrumentId, INTERVAL_MS['1m'], EVERYTHING);
        candles = unwrap(made).length;
      }),
    );
    let candlesOfRows = 0;
    speeds.rows.push(
      speedOf(trades, () => {
        candlesOfRows = rows.minutes();
      }),
    );
    if (candles !== candlesOfRows) throw new Error(`${candles} candles, ${candlesOfRows} of rows`);
  }
  return inMillions(speeds);
}

function inMillions(speeds: { readonly tape: readonly Speed[]; readonly rows: readonly Speed[] }) {
  const summary = (read: (speed: Speed) => number) => {
    const [tape, rows] = [median(speeds.tape.map(read)), median(speeds.rows.map(read))];
    return { tape: round(tape), rows: round(rows), ratio: round(tape / rows) };
  };
  return {
    millionTradesPerSecond: summary(({ wall }) => wall),
    millionTradesPerCpuSecond: summary(({ cpu }) => cpu),
  };
}

/** To a random time: its first trades and the candles of a chart that ends there. */
function measureSeeks(tape: TapeDatabase, { instrumentId }: LoopedTrades) {
  const [known] = unwrap(tape.instruments());
  if (!known) throw new Error('nothing was recorded');
  const { firstTime, lastTime } = known;
  const random = new SeededRandom(7);
  const cpuBefore = process.cpuUsage();
  const durations = Array.from({ length: SEEKS }, () => {
    const time = Math.floor(firstTime + random.next() * (lastTime - firstTime)) as EpochMs;
    const begunMs = performance.now();
    const cursor = openTapeCursor(tape, instrumentId, { ...EVERYTHING, fromTime: time });
    const first = unwrap(cursor.next());
    unwrap(readTapeCandles(tape, instrumentId, '1m', { before: time, limit: CHART_CANDLES }));
    const took = performance.now() - begunMs;
    if (!first || (first[0]?.eventTime ?? 0) < time) throw new Error('sought to a wrong place');
    return took;
  });
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    seeks: SEEKS,
    meanCpuMs: round((user + system) / 1_000 / SEEKS),
    p50Ms: round(quantile(durations, 0.5)),
    p95Ms: round(quantile(durations, 0.95)),
    maxMs: round(Math.max(...durations)),
  };
}
