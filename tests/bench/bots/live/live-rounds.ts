import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { temporaryDirectory } from '../../../support/serve-process.ts';
import { BenchProcess } from '../../hub/bench-process.ts';
import { Histogram, type Percentiles } from '../../hub/clients/histogram.ts';
import { measureBareFsync } from './bare-fsync.ts';
import type { LiveCommand, LiveReading } from './live-reading.ts';
import { bots, INSTRUMENTS, TRADES_A_SECOND } from './setting.ts';
import type { WindowReading } from './window-process.ts';

/** A monitor is left open all day: before its code is compiled a full minute takes it twice as long. */
const WARM_UP_MS = 120_000;
/** For what is under way at the end. */
const DRAIN_MS = 1_000;
const FSYNCS = 200;

interface Way {
  readonly script: string;
  readonly ledger: string;
}

const MONITOR: Way = { script: '../bots/live/monitor-process.ts', ledger: 'ledger.db' };
const NAIVE: Way = { script: '../bots/live/naive-process.ts', ledger: 'naive.db' };

/** 200 bots on 20 instruments at 5,000 trades/s, with one window that looks on: live, and the obvious way. */
export async function measureLive(options: { readonly seconds: number }): Promise<object> {
  return {
    ...{ bots: bots.length, instruments: INSTRUMENTS, tradesPerSecond: TRADES_A_SECOND },
    monitor: await runRound(MONITOR, options.seconds),
    naive: await runRound(NAIVE, options.seconds),
  };
}

async function runRound({ script, ledger }: Way, seconds: number): Promise<object> {
  const directory = temporaryDirectory();
  const path = join(directory.path, ledger);
  const profile = process.env['BENCH_PROFILE'];
  const environment = profile ? { BENCH_PROFILE: profile } : {};
  const server = BenchProcess.start<LiveCommand, LiveReading>(script, environment, [
    directory.path,
  ]);
  const { url, token } = await server.next<{ url: string; token: string }>();
  const window = BenchProcess.start<object, WindowReading>('../bots/live/window-process.ts', {}, [
    url,
    token,
    path,
    'fills',
  ]);
  await window.next<string>();
  await sleep(WARM_UP_MS);
  await server.ask<object>({ do: 'begin' });
  await sleep(seconds * 1_000);
  const { decided, ...reading } = await server.ask({ do: 'read' });
  await sleep(DRAIN_MS);
  const seen = await window.ask({});
  await window.stop();
  await server.stop();
  const bareFsyncMs = await measureBareFsync(directory.path, FSYNCS);
  const fills = fillsOf(decided, seen, path);
  directory.remove();
  return { ...reading, fills, bareFsyncMs };
}

/** Each fill of the stretch from its decision to when the window heard of it. */
function fillsOf(
  decided: LiveReading['decided'],
  { heard, doubled, notOnDisk }: WindowReading,
  path: string,
): object {
  const times = new Map(heard);
  const decidedToHeardMs = new Histogram();
  let notHeard = 0;
  for (const [id, ms] of decided) {
    const heardMs = times.get(id);
    if (heardMs === undefined) notHeard += 1;
    else decidedToHeardMs.add(heardMs - ms);
  }
  const ids = new Set(decided.map(([id]) => id));
  return {
    ...{ decided: decided.length, notHeard, doubled, heardBeforeOnDisk: notOnDisk },
    decidedToHeardMs: decidedToHeardMs.read(),
    ...stepsOf(path, ids),
  };
}

/** How long each fill waited until it was on disk, and from there until it was published. */
function stepsOf(path: string, ids: ReadonlySet<string>): Record<string, Percentiles> {
  const database = new Database(path, { readonly: true });
  const hasTrails = database
    .prepare("SELECT 1 FROM sqlite_master WHERE name = 'fill_trails'")
    .get();
  const rows = hasTrails
    ? database
        .prepare<[], { id: string; telling: string }>(
          'SELECT fill_id AS id, telling FROM fill_trails WHERE telling IS NOT NULL',
        )
        .all()
    : [];
  database.close();
  const [written, told] = [new Histogram(), new Histogram()];
  for (const { id, telling } of rows) {
    if (!ids.has(id)) continue;
    const { writtenAfterMs, toldAfterMs } = JSON.parse(telling);
    written.add(writtenAfterMs);
    told.add(toldAfterMs);
  }
  return hasTrails ? { decidedToDiskMs: written.read(), diskToToldMs: told.read() } : {};
}
