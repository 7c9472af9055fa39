import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { buildPage } from '../../e2e/pages/build-page.ts';
import { buildScreen } from '../../e2e/shells.ts';
import { IDS_A_MS } from './market/busy-instrument.ts';
import { type BusyMonitor, startBusyMonitor } from './market/start-busy-monitor.ts';
import type { NaiveTerms } from './naive/naive-hub.ts';
import { startTradeByTradeServer } from './naive/start-trade-by-trade-server.ts';
import { type NaivePage, type OpenWorkspace, openNaive, openOurs } from './page/open-workspace.ts';
import { type PageCost, PageCostMeter } from './page/page-cost.ts';
import { installPaintProbe, type PaintReading } from './page/paint-probe.ts';
import { cpuTimeMs } from './page/process-time.ts';
import { median, percentile, type RenderScenario } from './scenario.ts';

const MARKET = { instrumentCount: 50, tradesPerSecond: 5_000, botCount: 9 };
const ROUNDS = 3;
const SETTLE_MS = 4_000;
const MEASURE_MS = 10_000;
/**
 * `calm` is ours with tape and book at the pace of all else. The naive way hears of each trade by itself, as from a server that one would try first; `batched` is
 * the same page over our hub, which tells of several at once; `conflated` on the prices that it sends.
 */
const WAYS = ['ours', 'calm', 'naive', 'batched', 'conflated'] as const;
type Way = (typeof WAYS)[number];

/** What has to hold (ours, in all rounds together). */
const TARGETS = { longTasks: 0, busy: 0.5, drawnP95Ms: 50, cpuOfNaive: 1 / 3 };

interface Round extends PageCost {
  readonly longTasks: number;
  readonly longestTaskMs: number;
  /** Those that came to stand in the tape's rows: ours has only those in sight. */
  readonly trades: number;
  readonly drawnP50Ms: number;
  readonly drawnP95Ms: number;
  /** A frame later: it is on screen by then. */
  readonly shownP95Ms: number;
  /** Of the page's process and the one that composes its picture, share of a core. */
  readonly cpu: number;
  /** Seconds of the market that went by on the tape, a second: less than 1 falls behind. */
  readonly marketPace: number;
  /** The CPU for a second of the market: who falls behind does less. */
  readonly cpuOfMarket: number;
  /** Trades a second that arrived for the watchlist; our page has the hub's prices instead. */
  readonly ticks: number;
  readonly monitorCpu: number;
}

/**
 * 5,000 trades a second over 50 instruments, from a monitor in a process of its own, with all that is
 * open in the first layout; beside it the naive ways on the same hub, round by round.
 */
export const measureWorkspace: RenderScenario = async (browser) => {
  await buildScreen();
  const naive = await buildPage('tests/bench/render/naive/naive-workspace.tsx');
  const monitor = await startBusyMonitor(MARKET);
  const rounds: Record<Way, Round[]> = {
    ...{ ours: [], calm: [], naive: [], batched: [], conflated: [] },
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const way of WAYS) rounds[way].push(await measure(browser, monitor, way, naive));
    }
  } finally {
    await monitor.stop();
  }
  const summary = {
    ours: summarise(rounds.ours),
    calm: summarise(rounds.calm),
    naive: summarise(rounds.naive),
    batched: summarise(rounds.batched),
    conflated: summarise(rounds.conflated),
  };
  const ratios = ratiosOf(summary);
  tell(summary, ratios);
  return {
    ...{ market: MARKET, targets: TARGETS, loadAverage: loadavg()[0] },
    holds: holds(summary.ours, ratios['ours of naive']),
    ...{ ratios, ...summary, rounds },
  };
};

async function measure(
  browser: Browser,
  monitor: BusyMonitor,
  way: Way,
  naive: NaivePage,
): Promise<Round> {
  const prepare = async (context: OpenWorkspace['context']) => {
    await context.addInitScript(installPaintProbe, IDS_A_MS);
    if (way === 'calm') {
      await context.addInitScript(() =>
        localStorage.setItem('tapedeck:preferences', JSON.stringify({ pace: 'calm' })),
      );
    }
  };
  if (way === 'ours' || way === 'calm') {
    return measurePage(await openOurs(browser, monitor, prepare), monitor, way);
  }
  const server = way === 'naive' ? await startTradeByTradeServer(monitor) : null;
  try {
    const terms: NaiveTerms = {
      ...{ url: server?.url ?? monitor.url, token: monitor.token },
      prices: way === 'conflated' ? 'ofTickers' : 'ofTrades',
      candles: way === 'naive' ? 'ofTrades' : 'ofHub',
    };
    const opened = await openNaive(browser, monitor, { ...naive, terms, prepare });
    return await measurePage(opened, monitor, way);
  } finally {
    await server?.stop();
  }
}

async function measurePage(
  { context, page }: OpenWorkspace,
  monitor: BusyMonitor,
  way: Way,
): Promise<Round> {
  try {
    await sleep(SETTLE_MS);
    const endProfile = await profile(page, way);
    const monitorBefore = cpuTimeMs(monitor.pid);
    const meter = await PageCostMeter.begin(page);
    await page.evaluate(() => {
      window.paintProbe.begin();
      window.naiveTicks = 0;
    });
    await sleep(MEASURE_MS);
    const painted = await page.evaluate(() => window.paintProbe.read());
    const ticks = await page.evaluate(() => window.naiveTicks);
    const cost = await meter.end();
    const monitorMs = cpuTimeMs(monitor.pid) - monitorBefore;
    await endProfile?.();
    return { ...roundOf(cost, painted, monitorMs), ticks: Math.round(ticks / cost.seconds) };
  } finally {
    await context.close();
  }
}

type Unticked = Omit<Round, 'ticks'>;

function roundOf(cost: PageCost, painted: PaintReading, monitorMs: number): Unticked {
  const { drawnMs, shownMs, longTasksMs, marketMs } = painted;
  const cpu = cost.rendererCpu + cost.gpuCpu;
  const marketPace = marketMs / (cost.seconds * 1_000);
  return {
    ...cost,
    longTasks: longTasksMs.length,
    longestTaskMs: Math.round(Math.max(0, ...longTasksMs)),
    trades: drawnMs.length,
    drawnP50Ms: Math.round(percentile(drawnMs, 0.5)),
    drawnP95Ms: Math.round(percentile(drawnMs, 0.95)),
    shownP95Ms: Math.round(percentile(shownMs, 0.95)),
    cpu: Number(cpu.toFixed(3)),
    marketPace: Number(marketPace.toFixed(3)),
    cpuOfMarket: Number((cpu / marketPace).toFixed(3)),
    monitorCpu: Number((monitorMs / (cost.seconds * 1_000)).toFixed(3)),
  };
}

/** With `BENCH_PROFILE=FOLDER`: where the page's time goes, for Chromium's own viewer. */
async function profile(page: Page, way: Way): Promise<(() => Promise<void>) | null> {
  const folder = process.env['BENCH_PROFILE'];
  if (folder === undefined) return null;
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.start');
  return async () => {
    const { profile: taken } = await session.send('Profiler.stop');
    await writeFile(join(folder, `${way}.cpuprofile`), JSON.stringify(taken));
  };
}

/** Medians of the rounds; the long tasks of all of them. */
function summarise(rounds: readonly Round[]): Round {
  const names = Object.keys(rounds[0] ?? {}) as (keyof Round)[];
  const medians = Object.fromEntries(
    names.map((name) => [name, median(rounds.map((one) => one[name]))]),
  ) as unknown as Round;
  return {
    ...medians,
    longTasks: rounds.reduce((sum, { longTasks }) => sum + longTasks, 0),
    longestTaskMs: Math.max(...rounds.map(({ longestTaskMs }) => longestTaskMs)),
  };
}

const holds = (ours: Round, cpuOfNaive: number) => ({
  longTasks: ours.longTasks <= TARGETS.longTasks,
  busy: ours.busy <= TARGETS.busy,
  drawnP95Ms: ours.drawnP95Ms <= TARGETS.drawnP95Ms,
  cpuOfNaive: cpuOfNaive <= TARGETS.cpuOfNaive,
});

const CHEAPER = ['ours', 'calm'] as const;
const DEARER = ['naive', 'batched', 'conflated'] as const;
type Ratio = `${(typeof CHEAPER)[number]} of ${(typeof DEARER)[number]}`;

/** What ours takes of the others' CPU for a second of the market that was shown. */
function ratiosOf(summary: Record<Way, Round>): Record<Ratio, number> {
  const ratios = CHEAPER.flatMap((way) =>
    DEARER.map((other) => {
      const ratio = summary[way].cpuOfMarket / summary[other].cpuOfMarket;
      return [`${way} of ${other}`, Number(ratio.toFixed(3))] as const;
    }),
  );
  return Object.fromEntries(ratios) as Record<Ratio, number>;
}

/** The result in short, for whoever waits for it; the document goes to standard output. */
function tell(summary: Record<Way, Round>, ratios: Record<Ratio, number>): void {
  const rows: readonly (readonly [string, keyof Round])[] = [
    ['long tasks (> 50 ms), all rounds', 'longTasks'],
    ['longest task, ms', 'longestTaskMs'],
    ['main thread busy', 'busy'],
    ['trades in rows (1,000 are due)', 'trades'],
    ['seconds of market a second', 'marketPace'],
    ['trades/s for the watchlist', 'ticks'],
    ['feed to drawn p95, ms', 'drawnP95Ms'],
    ['feed to next frame p95, ms', 'shownP95Ms'],
    ['CPU of the renderer', 'rendererCpu'],
    ['CPU of the composing process', 'gpuCpu'],
    ['CPU of both, a second of market', 'cpuOfMarket'],
  ];
  console.error(''.padEnd(34) + WAYS.map((way) => way.padStart(10)).join(''));
  for (const [label, name] of rows) {
    const figures = WAYS.map((way) => String(summary[way][name]).padStart(10));
    console.error(label.padEnd(34) + figures.join(''));
  }
  for (const [name, ratio] of Object.entries(ratios)) {
    console.error(`CPU, ${name}`.padEnd(34) + ratio.toFixed(2).padStart(10));
  }
}
