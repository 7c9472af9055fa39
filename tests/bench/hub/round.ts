import { setTimeout as sleep } from 'node:timers/promises';
import { BenchProcess } from './bench-process.ts';
import type { ClientCommand, ClientReading } from './clients/client-process.ts';
import type { ServerKind, Wanted } from './clients/dialects.ts';
import { type Person, peopleOf } from './people.ts';
import type { FeedKind, ServerCommand, ServerReading } from './servers/server-process.ts';

export interface RoundOptions {
  readonly kind: ServerKind;
  readonly connections: number;
  readonly wanted: Wanted;
  readonly feed: FeedKind;
  /** Items a second, in all. */
  readonly rate: number;
  readonly seconds: number;
}

export interface RoundResult {
  readonly kind: ServerKind;
  /** Share of one core while measuring. */
  readonly cpu: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly framesPerSecond: number;
  readonly itemsPerSecond: number;
  readonly publishedPerSecond: number;
  readonly dropped: number;
  readonly fills: ClientReading['fills'];
  readonly extra: Readonly<Record<string, number>>;
}

const WARM_UP_MS = 2_000;
const MS_A_SECOND = 1_000;
const BYTES_A_MB = 1_048_576;
const SCRIPTS: Readonly<Record<ServerKind, string>> = {
  naive: 'servers/naive.ts',
  plainWs: 'servers/plain-ws.ts',
  hub: 'servers/tapedeck.ts',
};

export type ServerProcess = BenchProcess<ServerCommand, ServerReading>;
export type ClientProcess = BenchProcess<ClientCommand, ClientReading>;

/** Where clients get in. */
interface Door {
  readonly port: number;
  readonly token: string;
}

export async function startServer(kind: ServerKind): Promise<Door & { server: ServerProcess }> {
  const profile = process.env['BENCH_PROFILE'];
  const environment = profile ? { BENCH_PROFILE: profile } : {};
  const server: ServerProcess = BenchProcess.start(SCRIPTS[kind], environment);
  return { server, ...(await server.next<Door>()) };
}

export async function startClients(
  options: Pick<RoundOptions, 'kind' | 'connections' | 'wanted'> & Door,
  people?: readonly (Person & { readonly token: string })[],
): Promise<ClientProcess> {
  const clients: ClientProcess = BenchProcess.start('clients/client-process.ts');
  const { kind, wanted, port, token } = options;
  const connections = people?.length ?? options.connections;
  const connect = { kind, port, token, connections, wanted, ...(people && { people }) };
  await clients.ask({ do: 'connect', ...connect });
  return clients;
}

/** Who follows whose fills, each with a token of his own; nobody in particular in other scenarios. */
async function admit(server: ServerProcess, { wanted, connections }: RoundOptions) {
  if (wanted.of !== 'fills') return undefined;
  const people = peopleOf(connections);
  const { tokens } = await server.ask<{ tokens: readonly string[] }>({ do: 'issue', people });
  return people.map((person, index) => ({ ...person, token: tokens[index] ?? '' }));
}

/**
 * One server in a process of its own, its clients in another, measured for some seconds. A peer that
 * dies of the load (its queue has filled its memory) has a result, too: it kept up with nothing.
 */
export async function runRound(options: RoundOptions): Promise<RoundResult> {
  try {
    return await measureRound(options);
  } catch (error) {
    if (options.kind === 'hub') throw error;
    console.error(`${options.kind} died at ${options.rate}/s: ${error}`);
    return deadRound(options);
  }
}

const NO_FILLS: ClientReading['fills'] = {
  received: 0,
  broken: 0,
  foreign: 0,
  refused: 0,
  admitted: 0,
  streams: 0,
  lowestSequence: 0,
  highestSequence: 0,
};

const deadRound = ({ kind, connections }: RoundOptions): RoundResult => ({
  kind,
  cpu: 1,
  rssMb: Number.POSITIVE_INFINITY,
  heapMb: Number.POSITIVE_INFINITY,
  p50: Number.POSITIVE_INFINITY,
  p95: Number.POSITIVE_INFINITY,
  p99: Number.POSITIVE_INFINITY,
  framesPerSecond: 0,
  itemsPerSecond: 0,
  publishedPerSecond: 0,
  dropped: connections,
  fills: NO_FILLS,
  extra: { died: 1 },
});

async function measureRound(options: RoundOptions): Promise<RoundResult> {
  const { server, ...door } = await startServer(options.kind);
  const people = await admit(server, options);
  const clients = await startClients({ ...options, ...door }, people);
  try {
    const { feed, rate, connections } = options;
    await server.ask({ do: 'feed', kind: feed, rate, bots: connections });
    await sleep(WARM_UP_MS);
    const measured = await measure(server, clients, options.seconds);
    await server.ask({ do: 'stopFeed' });
    await sleep(MS_A_SECOND);
    const { fills } = await clients.ask({ do: 'read' });
    return { kind: options.kind, ...measured, fills };
  } finally {
    await clients.stop();
    await server.stop();
  }
}

export async function measure(
  server: ServerProcess,
  clients: ClientProcess,
  seconds: number,
): Promise<Omit<RoundResult, 'kind' | 'fills'>> {
  await clients.ask({ do: 'reset' });
  const before = await server.ask({ do: 'read' });
  const begunMs = performance.now();
  await sleep(seconds * MS_A_SECOND);
  const received = await clients.ask({ do: 'read' });
  const elapsedMs = performance.now() - begunMs;
  const after = await server.ask({ do: 'read' });
  const perSecond = (count: number) => Math.round((count / elapsedMs) * MS_A_SECOND);
  return {
    cpu: round((after.cpuMs - before.cpuMs) / (performance.now() - begunMs)),
    rssMb: Math.round(after.rssBytes / BYTES_A_MB),
    heapMb: Math.round(after.heapBytes / BYTES_A_MB),
    p50: received.freshness.p50,
    p95: received.freshness.p95,
    p99: received.freshness.p99,
    framesPerSecond: perSecond(received.frames),
    itemsPerSecond: perSecond(received.freshness.count),
    publishedPerSecond: perSecond(after.published - before.published),
    dropped: received.dropped,
    extra: after.extra,
  };
}

export const round = (value: number): number => Math.round(value * 1_000) / 1_000;
