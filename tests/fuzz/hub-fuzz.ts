import { type FuzzedHub, startFuzzedHub } from './fuzzed-hub.ts';
import {
  bytesLane,
  eventLane,
  frameLane,
  httpLane,
  type Lane,
  pollLane,
  tokenLane,
} from './lanes.ts';
import { Observations } from './observations.ts';
import { SeededRandom } from './random.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** How many inputs in all; a few more are sent, to fill turns. */
  readonly count: number;
  readonly mode: 'default' | 'unlimited';
  /** How old the hub is at least when its memory is measured first: a young one grows by itself. */
  readonly warmUpMs: number;
  /** How long to wait for the hub to give up those who vanished. */
  readonly settleMs: number;
}

export interface FuzzReport extends FuzzOptions {
  readonly inputs: Readonly<Record<string, number>>;
  readonly total: number;
  /** As clients were told, and as the hub counted them: by code. */
  readonly refusals: Readonly<Record<string, { readonly told: number; readonly counted: number }>>;
  /** Connections ended without a word, and how many of such the hub has counted. */
  readonly cutOff: { readonly seen: number; readonly counted: number };
  readonly closings: Readonly<Record<string, number>>;
  readonly httpStatuses: Readonly<Record<string, number>>;
  /**
   * Bytes held after collecting garbage, and the share by which they grew. A hub remembers what its
   * feeds bring, so that one of the same age that nobody bothers may grow as well: the control.
   */
  readonly memory: {
    readonly before: number;
    readonly after: number;
    readonly controlBefore: number;
    readonly controlAfter: number;
    readonly growth: number;
    readonly controlGrowth: number;
  };
  readonly canaryFlowed: boolean;
  readonly crash: string | null;
  /** What should not have been: empty where all is well. */
  readonly complaints: readonly string[];
  readonly seconds: number;
}

/** Share of the inputs, and how many clients send them. */
const LANES = [
  { name: 'events', run: eventLane, share: 0.56, clients: 4 },
  { name: 'frames', run: frameLane, share: 0.16, clients: 2 },
  { name: 'tokens', run: tokenLane, share: 0.08, clients: 2 },
  { name: 'http', run: httpLane, share: 0.1, clients: 3 },
  { name: 'polls', run: pollLane, share: 0.07, clients: 2 },
  { name: 'bytes', run: bytesLane, share: 0.03, clients: 2 },
] as const;
/** Before memory is measured for the first time: code is compiled and caches are filled. */
const WARM_UP_SHARE = 0.2;
const POLL_MS = 500;
const FEW_READINGS = 4;
/** The owner's connection, which watches. */
const OWN_CONNECTIONS = 1;

/** Sends malformed input of every kind to a real hub (rule H6), and reports what came of it. */
export async function fuzzHub(options: FuzzOptions): Promise<FuzzReport> {
  const began = performance.now();
  const [hub, control] = await Promise.all([
    startFuzzedHub(options.mode),
    startFuzzedHub(options.mode),
  ]);
  try {
    const seen = new Observations(hub.botId);
    const countedBefore = await hub.counted();
    const warmUp = Math.ceil(options.count * WARM_UP_SHARE);
    await runLanes(hub, seen, { ...options, count: warmUp });
    await pause(began + options.warmUpMs - performance.now());
    const before = await restingBytes(hub, options.settleMs);
    const controlBefore = await restingBytes(control, 0);
    const rest = { ...options, seed: options.seed + 1, count: options.count - warmUp };
    await runLanes(hub, seen, rest);
    const after = hub.exit() === null ? await restingBytes(hub, options.settleMs, before) : 0;
    const controlAfter = await restingBytes(control, 0);
    const countedAfter = hub.exit() === null ? await hub.counted() : countedBefore;
    const codes = [...new Set([...seen.refusals.keys(), ...countedAfter.keys()])].toSorted();
    return {
      ...options,
      inputs: Object.fromEntries(seen.inputs),
      total: seen.total,
      refusals: Object.fromEntries(
        codes.map((code) => {
          const counted = (countedAfter.get(code) ?? 0) - (countedBefore.get(code) ?? 0);
          return [code, { told: seen.refusals.get(code) ?? 0, counted }];
        }),
      ),
      cutOff: {
        seen: seen.cutOff,
        counted: wordlessEnds(countedAfter) - wordlessEnds(countedBefore),
      },
      closings: Object.fromEntries(seen.closings),
      httpStatuses: Object.fromEntries(seen.httpStatuses),
      memory: {
        ...{ before, after, controlBefore, controlAfter },
        growth: (after - before) / before,
        controlGrowth: (controlAfter - controlBefore) / controlBefore,
      },
      canaryFlowed: hub.canaryFlows(),
      crash: hub.exit(),
      complaints: seen.complaints,
      seconds: (performance.now() - began) / 1_000,
    };
  } finally {
    await Promise.all([hub.stop(), control.stop()]);
  }
}

/** What ends a connection below the protocol that has words for it. */
const wordlessEnds = (counted: ReadonlyMap<string, number>): number =>
  (counted.get('malformed_packet') ?? 0) + (counted.get('message_too_large') ?? 0);

async function runLanes(hub: FuzzedHub, seen: Observations, options: FuzzOptions): Promise<void> {
  const { seed, count } = options;
  const runs = LANES.flatMap(({ name, run, share, clients }, laneIndex) =>
    Array.from({ length: clients }, async (_, index) => {
      // A user of its own, so that the limit of connections a user is not in the way.
      const token = await hub.tokenOf(`mallory-${name}-${index}`);
      const random = new SeededRandom(seed * 1_000 + laneIndex * 10 + index);
      const lane: Lane = { hub, random, seen, targets: { botId: hub.botId, token } };
      await run(lane, Math.ceil((count * share) / clients)).catch((error: unknown) => {
        seen.complain(`${name}: ${hub.exit() ?? error}`);
      });
    }),
  );
  await Promise.all(runs);
}

/**
 * The least that is held once everyone has left: of a few readings, or of all until it is no more
 * than `former`, for as long as settling may take (the longest rate limit remembers for a minute).
 */
async function restingBytes(hub: FuzzedHub, settleMs: number, former?: number): Promise<number> {
  const deadline = performance.now() + settleMs;
  const isTime = () => performance.now() < deadline;
  while ((await hub.activeConnections()) > OWN_CONNECTIONS && isTime()) await pause();
  let least = await hub.heldBytes();
  const isSettled = (readings: number) =>
    former === undefined || !isTime() ? readings >= FEW_READINGS : least <= former;
  for (let readings = 1; !isSettled(readings); readings += 1) {
    await pause();
    least = Math.min(least, await hub.heldBytes());
  }
  return least;
}

const pause = (durationMs = POLL_MS) =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, durationMs)));

/** Why a report is not what it should be; empty where it is. */
export function faultsOf(report: FuzzReport, maximalGrowth: number): string[] {
  const { complaints, crash, canaryFlowed, memory, refusals, cutOff } = report;
  const uncounted = Object.entries(refusals)
    .filter(([, { told, counted }]) => told > counted)
    .map(([code, { told, counted }]) => `${code}: told ${told} times, counted ${counted}`);
  return [
    ...complaints,
    ...uncounted,
    ...(cutOff.seen <= cutOff.counted
      ? []
      : [`cut off ${cutOff.seen} times, counted ${cutOff.counted}`]),
    ...(crash === null ? [] : [`the hub ${crash}`]),
    ...(canaryFlowed ? [] : ['the canary’s data did not flow, so that nothing could leak']),
    ...(memory.growth <= maximalGrowth
      ? []
      : [`memory grew by ${(memory.growth * 100).toFixed(1)} %`]),
  ];
}
