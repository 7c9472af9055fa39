import type { Result } from '#contract/errors.ts';
import type { HubMetrics, Publishable } from '#contract/publications.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { BrokerStats } from '#main/broker/broker.ts';
import type { CcxtWorker } from '#main/feeds/ccxt/ccxt-worker.ts';
import type { Hub } from '#main/hub/hub.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { TapeRecorder } from '#main/tape/recorder.ts';
import type { ProcessMeter } from '#main/telemetry/process-meter.ts';
import type { ThreadTally } from '#main/telemetry/thread-tally.ts';
import type { Lifecycle } from '../lifecycle.ts';

const PERIOD_MS = 5_000;
/** The first reading comes sooner, so that a window that was just opened has something to show. */
const FIRST_AFTER_MS = 1_000;
const MS_A_SECOND = 1_000;

export interface MetricsSources {
  readonly clock: TimerClock;
  readonly process: Pick<ProcessMeter, 'read'>;
  readonly hub: Pick<Hub, 'stats'>;
  readonly broker: { stats(): Pick<BrokerStats, 'subscribedChannels' | 'flushWindowMs'> };
  readonly tape: {
    instruments(): Result<readonly { readonly tradeCount: number }[]>;
    sizeBytes(): Result<number>;
  };
  readonly ledger: Pick<Ledger, 'sizeBytes' | 'failure'>;
  readonly recorder: Pick<TapeRecorder, 'stats' | 'failure'>;
  readonly exchanges: Pick<CcxtWorker, 'threadId' | 'deaths'>;
  readonly threads: Pick<ThreadTally, 'of'>;
  readonly publish: (item: Publishable) => void;
}

/** Publishes the metrics of hub, process and tape, until the lifecycle closes. */
export function reportMetrics(sources: MetricsSources, lifecycle: Lifecycle): void {
  const { clock, process, publish } = sources;
  // What starting cost is not how the monitor runs.
  process.read();
  const read = metricsReader(sources);
  const report = () => publish({ of: 'metrics', metrics: read() });
  lifecycle.onClose('first metrics', clock.setTimeout(report, FIRST_AFTER_MS));
  lifecycle.onClose('metrics', clock.setInterval(report, PERIOD_MS));
}

/** Rates are over the time since the reading before. */
function metricsReader(sources: MetricsSources): () => HubMetrics {
  const { clock, process, hub, broker, tape, ledger, recorder, exchanges, threads } = sources;
  let messagesBefore = 0;
  let readAt = clock.now();
  return () => {
    const { messagesSent, latency, ...counts } = hub.stats();
    const { subscribedChannels, flushWindowMs } = broker.stats();
    const now = clock.now();
    const seconds = Math.max(1, now - readAt) / MS_A_SECOND;
    const messagesPerSecond = (messagesSent - messagesBefore) / seconds;
    messagesBefore = messagesSent;
    readAt = now;
    const recorded = tape.instruments();
    const bytes = tape.sizeBytes();
    return {
      ...process.read(),
      ...counts,
      rooms: subscribedChannels,
      conflationWindowMs: flushWindowMs,
      messagesPerSecond,
      latencyP50: latency.p50,
      latencyP95: latency.p95,
      latencyP99: latency.p99,
      tapeTrades: recorded.ok ? sum(recorded.value.map(({ tradeCount }) => tradeCount)) : 0,
      tapeBytes: bytes.ok ? bytes.value : 0,
      ledgerBytes: ledger.sizeBytes(),
      tapePending: recorder.stats().pending,
      tapeFailure: recorder.failure,
      ledgerFailure: ledger.failure(),
      exchangeWorker: { isRunning: exchanges.threadId !== null, deaths: exchanges.deaths },
      threads: {
        strategy: threads.of('strategy'),
        backtest: threads.of('backtest'),
        tape: threads.of('tape'),
      },
    };
  };
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
