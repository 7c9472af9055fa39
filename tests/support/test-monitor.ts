import { readFileSync } from 'node:fs';
import { type Monitor, startMonitor } from '#main/app/monitor.ts';
import type { MonitorOptions } from '#main/app/monitor-options.ts';
import { createLog } from '#main/telemetry/log.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { HubConnection } from './hub-connection.ts';

/** A monitor in this process on a free port; throws with its sentence where it does not start. */
export async function startTestMonitor(
  options: Pick<MonitorOptions, 'dataDirectory'> & Partial<MonitorOptions>,
): Promise<Monitor> {
  const started = await startMonitor({
    mode: 'serve',
    host: '127.0.0.1',
    port: 0,
    insecureLan: false,
    feeds: [],
    staticRoot: null,
    clock: systemClock,
    log: createLog('silent'),
    ...options,
  });
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}

export const connectTo = (monitor: Pick<Monitor, 'url' | 'tokenFile'>): Promise<HubConnection> =>
  HubConnection.connect(monitor.url, readFileSync(monitor.tokenFile, 'utf8').trim());
