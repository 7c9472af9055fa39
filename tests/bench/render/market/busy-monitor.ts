import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Monitor } from '#main/app/monitor.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { projectRoot } from '../../../support/serve-process.ts';
import { startTestMonitor } from '../../../support/test-monitor.ts';
import { BusyFeed } from './busy-feed.ts';

/** What the process is asked; it answers each with one message. */
export type MonitorCommand = { readonly do: 'openUrl' | 'read' };

export interface MonitorReady {
  readonly url: string;
  readonly token: string;
}

export interface MonitorReading {
  readonly cpuMs: number;
  /** After a collection, bytes. */
  readonly heapBytes: number;
  readonly rssBytes: number;
}

const SEED = 7;

/** A monitor in serve mode on an invented market: `busy-monitor.ts INSTRUMENTS TRADES_PER_SECOND`. */
async function run(): Promise<void> {
  const [instrumentCount, tradesPerSecond] = process.argv.slice(2).map(Number);
  if (!instrumentCount || !tradesPerSecond) throw new Error('say how many and how often');
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tapedeck-busy-'));
  const market = { instrumentCount, tradesPerSecond, clock: systemClock, seed: SEED };
  const monitor = await startTestMonitor({
    dataDirectory,
    feeds: ['demo'],
    createFeed: () => new BusyFeed(market),
    staticRoot: join(projectRoot, 'out/renderer'),
  });
  process.on('message', ({ do: what }: MonitorCommand) => {
    process.send?.(what === 'openUrl' ? { openUrl: monitor.openUrl() } : read());
  });
  process.once('disconnect', () => void end(monitor, dataDirectory));
  const token = readFileSync(monitor.tokenFile, 'utf8').trim();
  process.send?.({ url: monitor.url, token } satisfies MonitorReady);
}

function read(): MonitorReading {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return { cpuMs: (user + system) / 1_000, heapBytes: heapUsed, rssBytes: rss };
}

async function end(monitor: Monitor, dataDirectory: string): Promise<void> {
  await monitor.close();
  rmSync(dataDirectory, { recursive: true, force: true });
  process.exit(0);
}

await run();
