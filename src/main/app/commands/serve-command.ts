import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import open from 'open';
import { type ExchangeConfigs, readExchangeConfigs } from '#main/feeds/ccxt/exchange-config.ts';
import { createLogbook } from '#main/telemetry/log.ts';
import { logCrashes } from '#main/telemetry/log-crashes.ts';
import type { LogThreshold } from '#main/telemetry/log-thresholds.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { type Monitor, startMonitor } from '../monitor.ts';
import { answer, tell } from './terminal.ts';

export interface ServeCommand {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly feed: readonly string[];
  readonly exchangeConfig?: string;
  readonly open: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly insecureLan: boolean;
  readonly publicUrl: readonly string[];
  readonly logLevel: LogThreshold;
}

/** A stop that takes longer is cut short: what is acknowledged is on disk already. */
const STOP_DEADLINE_MS = 2_500;
const USER_INTERFACE = fileURLToPath(new URL('../../../../out/renderer', import.meta.url));

/** Runs the monitor until SIGINT, SIGTERM or SIGHUP. A failure to start is one sentence and exit code 1. */
export async function serve(command: ServeCommand): Promise<void> {
  if (Boolean(command.tlsCert) !== Boolean(command.tlsKey)) {
    tell('TLS needs both files: --tls-cert and --tls-key.');
    process.exit(1);
  }
  const tls =
    command.tlsCert && command.tlsKey
      ? { certFile: command.tlsCert, keyFile: command.tlsKey }
      : undefined;
  const exchangeConfigs = await exchangeConfigsOf(command);
  const { log, keepIn } = createLogbook(command.logLevel);
  logCrashes(log);
  const started = await startMonitor({
    mode: 'serve',
    dataDirectory: command.dataDir,
    host: command.host,
    port: command.port,
    ...(tls && { tls }),
    insecureLan: command.insecureLan,
    publicUrls: command.publicUrl,
    feeds: command.feed,
    ...(exchangeConfigs && { exchangeConfigs }),
    staticRoot: existsSync(USER_INTERFACE) ? USER_INTERFACE : null,
    clock: systemClock,
    log,
    keepLog: keepIn,
  });
  if (!started.ok) {
    tell(started.error.message);
    process.exit(1);
  }
  const monitor = started.value;
  if (!existsSync(USER_INTERFACE)) tell('The screen is not built: `npm run build` makes it.');
  stopOnSignals(monitor);
  announce(monitor, command);
}

/** Undefined: as the data directory says. */
async function exchangeConfigsOf({
  exchangeConfig,
}: ServeCommand): Promise<ExchangeConfigs | undefined> {
  if (exchangeConfig === undefined) return undefined;
  const read = await readExchangeConfigs(exchangeConfig);
  if (read.ok) return read.value;
  tell(read.error.message);
  process.exit(1);
}

function stopOnSignals(monitor: Monitor): void {
  const stop = (): void => {
    setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref();
    void monitor.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Its terminal was closed.
  process.on('SIGHUP', stop);
}

/** Standard output is for programs: one line of JSON. What a person reads goes to standard error. */
function announce(monitor: Monitor, command: ServeCommand): void {
  const openUrl = monitor.openUrl();
  const { url, tokenFile } = monitor;
  answer(JSON.stringify({ ready: true, url, openUrl, tokenFile, pid: process.pid }));
  if (!process.stdout.isTTY && !command.open) return;
  const canOpen = command.open && hasDisplay();
  tell(canOpen ? `Tapedeck runs at ${url}; opening it.` : `Tapedeck runs. Open ${openUrl}`);
  if (canOpen) void open(openUrl).catch(() => tell(`Open ${openUrl}`));
}

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
