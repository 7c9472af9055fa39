import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '#domain/assert.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { InventedTrades } from './invented-trades.ts';
import { monotonicMs } from './monotonic.ts';

/** A thread that does what an exchange's worker does: sends what came, a few at a time. */

export interface GeneratorTerms {
  readonly tradesPerSecond: number;
  /** When each trade was sent, by its number: milliseconds of the machine's monotonic clock. */
  readonly sentTimes: SharedArrayBuffer;
}

export interface GeneratedTrades {
  readonly trades: readonly Trade[];
  /** Processor time of this thread so far, microseconds. */
  readonly cpuMicros: number;
}

const { tradesPerSecond, sentTimes } = workerData as GeneratorTerms;
invariant(parentPort, 'it is started as a thread');
const port = parentPort;
const sent = new Float64Array(sentTimes);
const source = new InventedTrades();

const begunMs = monotonicMs();
let given = 0;
setInterval(() => {
  const due = Math.floor(((monotonicMs() - begunMs) / 1_000) * tradesPerSecond);
  const trades: Trade[] = [];
  const time = Date.now() as EpochMs;
  for (; given < due; given += 1) {
    sent[given % sent.length] = monotonicMs();
    trades.push(source.next(time));
  }
  if (trades.length === 0) return;
  const { user, system } = process.threadCpuUsage();
  port.postMessage({ trades, cpuMicros: user + system } satisfies GeneratedTrades);
}, 1);
