import { setTimeout as sleep } from 'node:timers/promises';
import { measure, round, startClients, startServer } from './round.ts';
import { SYMBOLS } from './samples.ts';

const MESSAGES_A_SECOND = 40_000;
const READERS = 10;
const BYTES_A_MB = 1_048_576;
/** Until the channels remember as much as they ever do. */
const WARM_UP_MS = 12_000;

/**
 * Readers of everything, and one more that stops reading: what it costs the hub, against the same
 * time without it. Memory is what is reachable, so that garbage of the moment does not count.
 */
export async function benchSlowReader(seconds: number): Promise<object> {
  const without = await run(seconds, 0);
  const withPaused = await run(seconds, 1);
  return {
    without,
    withPaused,
    growthForPausedMb: round(withPaused.growthMb - without.growthMb),
    p95Ratio: round(withPaused.p95 / without.p95),
  };
}

async function run(seconds: number, paused: number) {
  const wanted = { of: 'firehose', each: SYMBOLS, batch: false, compact: false } as const;
  const { server, ...door } = await startServer('hub');
  const readers = await startClients({ kind: 'hub', connections: READERS, wanted, ...door });
  const slow = await startClients({ kind: 'hub', connections: paused, wanted, ...door });
  try {
    await server.ask({ do: 'feed', kind: 'firehose', rate: MESSAGES_A_SECOND, bots: 0 });
    await sleep(WARM_UP_MS);
    const before = await server.ask({ do: 'collect' });
    await slow.ask({ do: 'pause', connections: paused });
    const measured = await measure(server, readers, seconds);
    const after = await server.ask({ do: 'collect' });
    const heldBytes = (one: typeof before) => one.heapBytes + one.externalBytes;
    return {
      ...{ cpu: measured.cpu, p50: measured.p50, p95: measured.p95, p99: measured.p99 },
      // Half of it prices, which each reader gets as fast as it takes them (rule B6).
      publishedPerSecond: measured.publishedPerSecond,
      itemsPerSecond: measured.itemsPerSecond,
      dropped: measured.dropped,
      growthMb: round((heldBytes(after) - heldBytes(before)) / BYTES_A_MB),
      rssGrowthMb: round((after.rssBytes - before.rssBytes) / BYTES_A_MB),
      connections: after.connections,
    };
  } finally {
    await slow.stop();
    await readers.stop();
    await server.stop();
  }
}
