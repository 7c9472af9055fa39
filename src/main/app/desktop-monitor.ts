import { type Result, succeed } from '#contract/errors.ts';
import { DEFAULT_HOST, DEFAULT_PORT } from '#contract/protocol.ts';
import type { MonitorForShell } from '#main/shell/dependencies.ts';
import { createLogbook } from '#main/telemetry/log.ts';
import { logCrashes } from '#main/telemetry/log-crashes.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { startMonitor } from './monitor.ts';

/** The monitor as the desktop shell runs it: the window speaks over the bridge, bots over the hub. */
export async function startDesktopMonitor(dataDirectory: string): Promise<Result<MonitorForShell>> {
  const { log, keepIn } = createLogbook('info');
  logCrashes(log);
  const started = await startMonitor({
    mode: 'desktop',
    dataDirectory,
    host: DEFAULT_HOST,
    port: DEFAULT_PORT,
    insecureLan: false,
    feeds: [],
    staticRoot: null,
    clock: systemClock,
    log,
    keepLog: keepIn,
  });
  return started.ok ? succeed(started.value) : started;
}
