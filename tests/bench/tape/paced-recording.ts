import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { temporaryDirectory } from '../../support/serve-process.ts';
import { round, unwrap } from './figures.ts';
import { LoopedTrades } from './looped-trades.ts';

const TRADES_A_SECOND = 20_000;
const BATCH_EVERY_MS = 5;
const WARM_UP_S = 3;
const NS_A_MS = 1e6;
const BYTES_A_MB = 1_048_576;

/** The recorder as the monitor runs it, with a steady stream: what it does to the event loop and to memory. */
export async function measurePacedRecording(seconds: number): Promise<object> {
  setFlagsFromString('--expose_gc');
  const collect: () => void = runInNewContext('gc');
  const reachableMb = (): number => {
    collect();
    return round(process.memoryUsage().heapUsed / BYTES_A_MB, 1);
  };
  const directory = temporaryDirectory();
  const tape = unwrap(openTapeDatabase(join(directory.path, 'tape.db')));
  const recorder = new TapeRecorder({
    ...{ store: tape, clock: systemClock },
    onFailure: (reason) => {
      throw new Error(reason);
    },
    onRecovery: () => undefined,
  });
  const source = new LoopedTrades('usdm-btcusdt');
  const begunMs = performance.now();
  let given = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - begunMs) / 1_000) * TRADES_A_SECOND);
    for (const trade of source.take(due - given)) recorder.record(trade);
    given = due;
  }, BATCH_EVERY_MS);
  await sleep(WARM_UP_S * 1_000);
  const heapBeforeMb = reachableMb();
  const rssBeforeMb = Math.round(process.memoryUsage().rss / BYTES_A_MB);
  await sleep(100);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const cpu = process.cpuUsage();
  delay.enable();
  await sleep(seconds * 1_000);
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(timer);
  const rssAfterMb = Math.round(process.memoryUsage().rss / BYTES_A_MB);
  unwrap(recorder.dispose());
  const heapAfterMb = reachableMb();
  const stats = recorder.stats();
  tape.close();
  rmSync(directory.path, { recursive: true, force: true });
  return {
    ...{
      seconds,
      tradesPerSecond: TRADES_A_SECOND,
      given,
      recorded: stats.trades,
      dropped: stats.dropped,
    },
    loopDelayMs: {
      p50: round(delay.percentile(50) / NS_A_MS),
      p99: round(delay.percentile(99) / NS_A_MS),
      max: round(delay.max / NS_A_MS),
    },
    cpu: round((user + system) / (seconds * 1e6)),
    reachableMb: { before: heapBeforeMb, after: heapAfterMb },
    residentMb: { before: rssBeforeMb, after: rssAfterMb },
  };
}
