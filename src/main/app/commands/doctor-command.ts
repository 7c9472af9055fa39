import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Result } from '#contract/errors.ts';
import { CcxtWorker } from '#main/feeds/ccxt/ccxt-worker.ts';
import { createFeed } from '#main/feeds/create-feed.ts';
import { parseFeedSpec } from '#main/feeds/feed-spec.ts';
import type { PlayedTape } from '#main/feeds/replay/tape-feed.ts';
import { listen } from '#main/hub/http/listen.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { createLog } from '#main/telemetry/log.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { playedTape } from '../feeds/played-tape.ts';
import { Lifecycle } from '../lifecycle.ts';
import { openStorage } from '../open-storage.ts';
import { answer } from './terminal.ts';

export interface DoctorCommand {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly feed: readonly string[];
}

/** `note` is worth knowing and no fault: the desktop's runtime may be missing where serve mode runs. */
interface Finding {
  readonly verdict: 'ok' | 'note' | 'FAIL';
  readonly subject: string;
  readonly text: string;
}

const OLDEST_NODE = 24;
/** Nobody builds or runs this before it was written: an earlier clock is wrong. */
const EARLIEST_TIME = Date.UTC(2026, 0, 1);
const CLOCK_SAMPLE_MS = 200;
const CLOCK_TOLERANCE_MS = 50;

/** Checks all that a monitor needs, prints a line each, and gives the exit code. */
export async function doctor(command: DoctorCommand): Promise<number> {
  const findings = [
    checkRuntime(),
    checkDesktop(),
    await checkPort(command),
    await checkStorage(command.dataDir),
    await checkClock(),
    ...(await Promise.all(
      (command.feed.length > 0 ? command.feed : ['demo']).map((spec) => checkFeed(spec, command)),
    )),
  ];
  for (const { verdict, subject, text } of findings) {
    answer(`${verdict.padEnd(5)} ${subject.padEnd(9)} ${text}`);
  }
  return findings.some(({ verdict }) => verdict === 'FAIL') ? 1 : 0;
}

function finding(subject: string, result: Result<string>): Finding {
  return result.ok
    ? { verdict: 'ok', subject, text: result.value }
    : { verdict: 'FAIL', subject, text: result.error.message };
}

function checkRuntime(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return {
    verdict: major >= OLDEST_NODE ? 'ok' : 'FAIL',
    subject: 'runtime',
    text: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
  };
}

function checkDesktop(): Finding {
  const subject = 'desktop';
  const folder = electronFolder();
  return folder && existsSync(join(folder, 'path.txt'))
    ? { verdict: 'ok', subject, text: 'Electron’s runtime is here' }
    : { verdict: 'note', subject, text: 'Electron’s runtime is not here: serve mode runs without' };
}

function electronFolder(): string | undefined {
  try {
    return join(createRequire(import.meta.url).resolve('electron/package.json'), '..');
  } catch {
    // Not installed at all, which is how a server without development dependencies looks.
    return undefined;
  }
}

async function checkPort({ host, port }: DoctorCommand): Promise<Finding> {
  const listening = await listen({ host, port, insecureLan: true });
  if (!listening.ok) return finding('port', listening);
  await new Promise((closed) => listening.value.server.close(closed));
  return { verdict: 'ok', subject: 'port', text: `${host}:${port} is free` };
}

async function checkStorage(path: string): Promise<Finding> {
  const log = createLog('silent');
  const lifecycle = new Lifecycle(log);
  const storage = await openStorage({ dataDirectory: path, log }, lifecycle);
  await lifecycle.close();
  if (!storage.ok) return finding('database', storage);
  const { directory } = storage.value;
  return { verdict: 'ok', subject: 'database', text: `ledger and tape in ${directory.path} open` };
}

/** The wall clock must be of this age, and run as fast as the machine's own counter. */
async function checkClock(): Promise<Finding> {
  const subject = 'clock';
  const wall = systemClock.now();
  const counter = performance.now();
  if (wall < EARLIEST_TIME) {
    return {
      verdict: 'FAIL',
      subject,
      text: `says ${new Date(wall).toISOString()}, which is past`,
    };
  }
  await new Promise<void>((elapsed) => systemClock.setTimeout(elapsed, CLOCK_SAMPLE_MS));
  const drift = systemClock.now() - wall - (performance.now() - counter);
  const isSteady = Math.abs(drift) < CLOCK_TOLERANCE_MS;
  const text = `${new Date(wall).toISOString()}, ${isSteady ? 'steady' : `jumped by ${drift.toFixed()} ms`}`;
  return { verdict: isSteady ? 'ok' : 'FAIL', subject, text };
}

async function checkFeed(specText: string, { dataDir }: DoctorCommand): Promise<Finding> {
  const spec = parseFeedSpec(specText);
  if (!spec.ok) return finding('feed', spec);
  const ccxtWorker = new CcxtWorker({
    clock: systemClock,
    configs: {},
    onTrouble: () => undefined,
  });
  const feed = createFeed(spec.value, {
    ...{ clock: systemClock, ccxtWorker },
    tape: { open: (...wish) => lookAtTape(join(dataDir, 'tape.db'), ...wish) },
  });
  const instruments = await feed.instruments();
  await ccxtWorker.dispose();
  if (!instruments.ok) return finding('feed', instruments);
  const names = instruments.value.map(({ id }) => id).join(', ');
  return { verdict: 'ok', subject: 'feed', text: `${specText} carries ${names}` };
}

/** What it would play: nothing is played. */
function lookAtTape(path: string, ...wish: Parameters<PlayedTape['open']>) {
  const tape = openTapeDatabase(path);
  if (!tape.ok) return tape;
  const stretch = playedTape(tape.value).open(...wish);
  tape.value.close();
  return stretch;
}
