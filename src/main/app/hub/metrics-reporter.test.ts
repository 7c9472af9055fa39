import { expect, it } from 'vitest';
import type { Publishable } from '#contract/publications.ts';
import { pushSchemas } from '#contract/pushes.ts';
import { createLog } from '#main/telemetry/log.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { Lifecycle } from '../lifecycle.ts';
import { reportMetrics } from './metrics-reporter.ts';

const READING = { memory: 1, cpu: 0.5, uptime: 9, eventLoopDelayP50: 0, eventLoopDelayP99: 3 };

it('publishes a reading after a second and then every five, with rates over the time between', async () => {
  const clock = new FakeClock();
  const lifecycle = new Lifecycle(createLog('silent'));
  const published: Publishable[] = [];
  let messagesSent = 100;
  reportMetrics(
    {
      clock,
      process: { read: () => READING },
      hub: {
        stats: () => ({
          ...{ connections: 3, subscriptions: 7, messagesSent, errors: 2, reconnections: 1 },
          ...{ disconnections: 4, recovered: 4, dropped: 6 },
          latency: { p50: 1, p95: 2, p99: 4 },
        }),
      },
      broker: { stats: () => ({ subscribedChannels: 5, flushWindowMs: 100 }) },
      tape: {
        instruments: () => ({ ok: true, value: [{ tradeCount: 8 }, { tradeCount: 9 }] }),
        sizeBytes: () => ({ ok: true, value: 4_096 }),
      },
      ledger: { sizeBytes: () => 8_192, failure: () => 'the disk is full, too' },
      recorder: {
        stats: () => ({ trades: 1, duplicates: 0, dropped: 0, pending: 12, bytes: 0 }),
        failure: 'the disk is full',
      },
      exchanges: { threadId: 3, deaths: 1 },
      threads: { of: (kind) => ({ running: kind.length, died: kind === 'tape' ? 2 : 0 }) },
      publish: (item) => published.push(item),
    },
    lifecycle,
  );
  clock.advance(1_000);
  messagesSent += 1_000;
  clock.advance(4_000);
  expect(published).toHaveLength(2);
  const [, second] = published;
  const metrics = second?.of === 'metrics' ? second.metrics : undefined;
  expect(metrics).toEqual({
    ...READING,
    ...{ connections: 3, subscriptions: 7, rooms: 5, messagesPerSecond: 250 },
    ...{ errors: 2, reconnections: 1, disconnections: 4, conflationWindowMs: 100 },
    ...{ recovered: 4, dropped: 6 },
    ...{ latencyP50: 1, latencyP95: 2, latencyP99: 4, tapeTrades: 17, tapeBytes: 4_096 },
    ...{ ledgerBytes: 8_192, tapePending: 12, tapeFailure: 'the disk is full' },
    ledgerFailure: 'the disk is full, too',
    exchangeWorker: { isRunning: true, deaths: 1 },
    threads: {
      strategy: { running: 8, died: 0 },
      backtest: { running: 8, died: 0 },
      tape: { running: 4, died: 2 },
    },
  });
  const envelope = { channel: 'admin', seq: 2, timestamp: clock.now() };
  expect(pushSchemas.metrics.strict().safeParse({ ...envelope, ...metrics }).error).toBeUndefined();
  await lifecycle.close();
  expect(clock.pendingTimers).toBe(0);
});
