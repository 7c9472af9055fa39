import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryDirectory } from '../../support/serve-process.ts';
import type { PublishCommand, PublishReport } from './publish-clients.ts';
import type { PublishServerReady } from './publish-server.ts';

/**
 * `bot:publish`: records a second that 10 connections get acknowledged, each on disk with
 * synchronous=FULL, beside a Socket.IO server that gives every record its own transaction.
 */
type Kind = 'naive' | 'hub';
const CONNECTIONS = 10;
/** Wanted are 10,000: offered is a little more, since what is answered last counts its wait, too. */
const OFFERED_RATE = 10_200;
const IN_FLIGHT = 40;
/** Until the code of both is compiled for speed; answered one by one, so that nothing is left over. */
const WARM_UP = { rate: null, inFlight: IN_FLIGHT };
const WARM_UP_SECONDS = 5;
const MICROSECONDS = 1_000_000;

export interface PublishBenchOptions {
  readonly seconds?: number;
  readonly rounds?: number;
}

type Load = Pick<PublishCommand, 'rate' | 'inFlight'>;

const start = (script: string, ...args: string[]) => fork(join(import.meta.dirname, script), args);

async function measure(kind: Kind, load: Load, seconds: number) {
  const directory = temporaryDirectory();
  const server = start('publish-server.ts', kind, directory.path);
  const [ready] = (await once(server, 'message')) as [PublishServerReady];
  const clients = start('publish-clients.ts');
  await once(clients, 'message');
  const cpuTime = async (): Promise<number> => {
    server.send('cpu');
    const [{ user, system }] = (await once(server, 'message')) as [NodeJS.CpuUsage];
    return (user + system) / MICROSECONDS;
  };
  const ask = async (run: string, forSeconds: number, of: Load): Promise<PublishReport> => {
    clients.send({ ...ready, ...of, run, connections: CONNECTIONS, seconds: forSeconds });
    return (await once(clients, 'message'))[0] as PublishReport;
  };
  await ask('warm', WARM_UP_SECONDS, WARM_UP);
  const before = await cpuTime();
  const report = await ask('bench', seconds, load);
  const cpu = (await cpuTime()) - before;
  const ended = Promise.all([once(server, 'exit'), once(clients, 'exit')]);
  clients.disconnect();
  server.disconnect();
  await ended;
  directory.remove();
  return summaryOf(report, cpu);
}

function summaryOf({ latencies, ...report }: PublishReport, cpu: number) {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) => round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN);
  return {
    ...report,
    acknowledgedPerSecond: Math.round(report.acknowledged / report.seconds),
    ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    cpu: round(cpu / report.seconds),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** One load on both servers in turn, again and again. */
async function compare(load: Load, seconds: number, rounds: number) {
  const results: Record<Kind, Awaited<ReturnType<typeof measure>>[]> = { naive: [], hub: [] };
  for (let turn = 0; turn < rounds; turn += 1) {
    results.naive.push(await measure('naive', load, seconds));
    results.hub.push(await measure('hub', load, seconds));
  }
  const rate = (kind: Kind) =>
    median(results[kind].map(({ acknowledgedPerSecond }) => acknowledgedPerSecond));
  return {
    acknowledgedPerSecond: { naive: rate('naive'), hub: rate('hub') },
    p95: {
      naive: median(results.naive.map(({ p95 }) => p95)),
      hub: median(results.hub.map(({ p95 }) => p95)),
    },
    hubToNaive: round(rate('hub') / rate('naive')),
    results,
  };
}

export async function run({ seconds = 10, rounds = 3 }: PublishBenchOptions = {}): Promise<object> {
  return {
    connections: CONNECTIONS,
    paced: {
      rate: OFFERED_RATE,
      ...(await compare({ rate: OFFERED_RATE, inFlight: 0 }, seconds, rounds)),
    },
    saturated: await compare({ rate: null, inFlight: IN_FLIGHT }, seconds, rounds),
  };
}
