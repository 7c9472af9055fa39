import type { ServerKind } from './clients/dialects.ts';
import { benchDisconnects } from './disconnects.ts';
import { run as benchPublish } from './publish-records.ts';
import { type RoundOptions, type RoundResult, round, runRound } from './round.ts';
import { benchSlowReader } from './slow-reader.ts';

export interface BenchOptions {
  /** Of a round, as each scenario has it if not given. */
  readonly seconds?: number;
  readonly rounds: number;
  /** Forced disconnects. */
  readonly disconnects: number;
}

const SECONDS = 10;
/** As long as its rule says. */
const SLOW_READER_SECONDS = 60;

type Compared = Omit<RoundOptions, 'kind' | 'seconds'>;

const KINDS: readonly ServerKind[] = ['naive', 'plainWs', 'hub'];
const PRICES = { of: 'prices', batch: false, compact: false } as const;

/** Each server in turn, again and again, so that what else the machine does falls on all of them. */
async function compare(compared: Compared, { seconds = SECONDS, rounds }: BenchOptions) {
  const results: RoundResult[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    for (const kind of KINDS) results.push(await runRound({ ...compared, kind, seconds }));
  }
  const median = (kind: ServerKind, read: (result: RoundResult) => number) =>
    medianOf(results.filter((result) => result.kind === kind).map(read));
  const summary = Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      {
        cpu: median(kind, ({ cpu }) => cpu),
        rssMb: median(kind, ({ rssMb }) => rssMb),
        p50: median(kind, ({ p50 }) => p50),
        p95: median(kind, ({ p95 }) => p95),
        p99: median(kind, ({ p99 }) => p99),
        framesPerSecond: median(kind, ({ framesPerSecond }) => framesPerSecond),
        itemsPerSecond: median(kind, ({ itemsPerSecond }) => itemsPerSecond),
        dropped: results
          .filter((result) => result.kind === kind)
          .reduce((sum, { dropped }) => sum + dropped, 0),
      },
    ]),
  );
  const hubCpu = median('hub', ({ cpu }) => cpu);
  return {
    summary,
    cpuRatio: {
      hubToNaive: round(hubCpu / median('naive', ({ cpu }) => cpu)),
      hubToPlainWs: round(hubCpu / median('plainWs', ({ cpu }) => cpu)),
    },
    results,
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const batch = (rate: number): Compared => ({
  connections: 1_000,
  wanted: { ...PRICES, each: 5, batch: true },
  feed: 'prices',
  rate,
});

const HIGHEST_FRESHNESS_MS = 100;
const STEP = 1.5;
/** Beyond what any server of the three needs to show. */
const HIGHEST_RATE = 200_000;

/** The highest input rate at which p95 stays within bounds: rising steps until it does not. */
class RateSearch {
  readonly #kind: ServerKind;
  readonly #tried: { rate: number; p95: number; cpu: number }[] = [];
  #highest = 0;
  #rate: number;
  #isOver = false;

  constructor(kind: ServerKind) {
    this.#kind = kind;
    this.#rate = kind === 'hub' ? 1_000 : 100;
  }

  get isOver(): boolean {
    return this.#isOver || this.#rate >= HIGHEST_RATE;
  }

  get found() {
    return { highest: this.#highest, tried: this.#tried };
  }

  async step(seconds: number): Promise<void> {
    const rate = this.#rate;
    const result = await runRound({ ...batch(rate), kind: this.#kind, seconds });
    this.#tried.push({ rate, p95: result.p95, cpu: result.cpu });
    const isKeptUp = result.publishedPerSecond > rate * 0.9 && result.framesPerSecond > 0;
    this.#isOver = result.p95 > HIGHEST_FRESHNESS_MS || !isKeptUp || result.dropped > 0;
    if (this.#isOver) return;
    this.#highest = rate;
    this.#rate = Math.round(rate * STEP);
  }
}

/** Step by step of each server in turn. */
async function highestRates(seconds: number) {
  const all = {
    naive: new RateSearch('naive'),
    plainWs: new RateSearch('plainWs'),
    hub: new RateSearch('hub'),
  };
  for (;;) {
    const open = Object.values(all).filter(({ isOver }) => !isOver);
    if (open.length === 0) break;
    for (const search of open) await search.step(seconds);
  }
  const [naive, plainWs, hub] = [all.naive.found, all.plainWs.found, all.hub.found];
  return {
    ...{ naive, plainWs, hub },
    hubToNaive: round(hub.highest / naive.highest),
    hubToPlainWs: round(hub.highest / plainWs.highest),
  };
}

async function batchScenario(options: BenchOptions) {
  const at200 = await compare(batch(200), options);
  const at2000 = await compare(batch(2_000), options);
  return { at200, at2000, search: await highestRates(options.seconds ?? SECONDS) };
}

const FILLS: Compared = {
  connections: 2_000,
  wanted: { of: 'fills', each: 1, batch: false, compact: false },
  feed: 'fills',
  rate: 2_000,
};

export const SCENARIOS: Readonly<Record<string, (options: BenchOptions) => Promise<object>>> = {
  'symbols-10k': (options) =>
    compare(
      { connections: 10_000, wanted: { ...PRICES, each: 1 }, feed: 'prices', rate: 100 },
      options,
    ),
  'batch-1k': batchScenario,
  'fills-2000': (options) => compare(FILLS, options),
  disconnects: ({ disconnects }) => benchDisconnects(disconnects),
  'slow-reader': ({ seconds = SLOW_READER_SECONDS }) => benchSlowReader(seconds),
  publish: benchPublish,
};
