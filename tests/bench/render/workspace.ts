import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { buildPage } from '../../e2e/pages/build-page.ts';
import { buildScreen } from '../../e2e/shells.ts';
import { IDS_A_MS } from './market/busy-instrument.ts';
import { type BusyMonitor, startBusyMonitor } from './market/start-busy-monitor.ts';
import { type NaivePage, type OpenWorkspace, openNaive, openOurs } from './page/open-workspace.ts';
import { type PageCost, PageCostMeter } from './page/page-cost.ts';
import { installPaintProbe, type PaintReading } from './page/paint-probe.ts';
import { cpuTimeMs } from './page/process-time.ts';
import { median, percentile, type RenderScenario } from './scenario.ts';

const MARKET = { instrumentCount: 50, tradesPerSecond: 5_000, botCount: 9 };
const ROUNDS = 3;
const SETTLE_MS = 5_000;
const MEASURE_MS = 12_000;
const WAYS = ['ours', 'naive'] as const;
type Way = (typeof WAYS)[number];

/** What has to hold (ours, in all rounds together). */
const TARGETS = { longTasks: 0, busy: 0.5, drawnP95Ms: 50, cpuOfNaive: 1 / 3 };

interface Round extends PageCost {
  readonly longTasks: number;
  readonly longestTaskMs: number;
  readonly trades: number;
  readonly drawnP50Ms: number;
  readonly drawnP95Ms: number;
  /** A frame later: it is on screen by then. */
  readonly shownP95Ms: number;
  readonly monitorCpu: number;
}

/**
 * 5,000 trades a second over 50 instruments, from a monitor in a process of its own, with all that is
 * open in the first layout; beside it the naive way on the same channels, round by round.
 */
export const measureWorkspace: RenderScenario = async (browser) => {
  await buildScreen();
  const naive = await buildPage('tests/bench/render/naive/naive-workspace.tsx');
  const monitor = await startBusyMonitor(MARKET);
  const rounds: Record<Way, Round[]> = { ours: [], naive: [] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const way of WAYS) rounds[way].push(await measure(browser, monitor, way, naive));
    }
  } finally {
    await monitor.stop();
  }
  const summary = { ours: summarise(rounds.ours), naive: summarise(rounds.naive) };
  const cpuOfNaive = summary.ours.rendererCpu / summary.naive.rendererCpu;
  tell(summary, cpuOfNaive);
  return {
    ...{ market: MARKET, targets: TARGETS, loadAverage: loadavg()[0] },
    holds: holds(summary.ours, cpuOfNaive),
    ...{ cpuOfNaive: Number(cpuOfNaive.toFixed(3)), ...summary, rounds },
  };
};

async function measure(
  browser: Browser,
  monitor: BusyMonitor,
  way: Way,
  naive: NaivePage,
): Promise<Round> {
  const prepare = (context: OpenWorkspace['context']) =>
    context.addInitScript(installPaintProbe, IDS_A_MS);
  const { context, page } =
    way === 'ours'
      ? await openOurs(browser, monitor, prepare)
      : await openNaive(browser, monitor, { ...naive, prepare });
  try {
    await sleep(SETTLE_MS);
    const endProfile = await profile(page, way);
    const monitorBefore = cpuTimeMs(monitor.pid);
    const meter = await PageCostMeter.begin(page);
    await page.evaluate(() => window.paintProbe.begin());
    await sleep(MEASURE_MS);
    const painted = await page.evaluate(() => window.paintProbe.read());
    const cost = await meter.end();
    const monitorMs = cpuTimeMs(monitor.pid) - monitorBefore;
    await endProfile?.();
    return roundOf(cost, painted, monitorMs);
  } finally {
    await context.close();
  }
}

function roundOf(cost: PageCost, painted: PaintReading, monitorMs: number): Round {
  const { drawnMs, shownMs, longTasksMs } = painted;
  return {
    ...cost,
    longTasks: longTasksMs.length,
    longestTaskMs: Math.round(Math.max(0, ...longTasksMs)),
    trades: drawnMs.length,
    drawnP50Ms: Math.round(percentile(drawnMs, 0.5)),
    drawnP95Ms: Math.round(percentile(drawnMs, 0.95)),
    shownP95Ms: Math.round(percentile(shownMs, 0.95)),
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

/** The result in short, for whoever waits for it; the document goes to standard output. */
function tell({ ours, naive }: Record<Way, Round>, cpuOfNaive: number): void {
  const rows: readonly (readonly [string, keyof Round])[] = [
    ['long tasks (> 50 ms), all rounds', 'longTasks'],
    ['longest task, ms', 'longestTaskMs'],
    ['main thread busy', 'busy'],
    ['trades drawn (1,200 are due)', 'trades'],
    ['feed to drawn p95, ms', 'drawnP95Ms'],
    ['feed to next frame p95, ms', 'shownP95Ms'],
    ['CPU of the renderer', 'rendererCpu'],
  ];
  console.error(`${''.padEnd(34)}${'ours'.padStart(10)}${'naive'.padStart(10)}`);
  for (const [label, name] of rows) {
    const figures = [ours[name], naive[name]].map((value) => String(value).padStart(10));
    console.error(label.padEnd(34) + figures.join(''));
  }
  console.error(`${'… ours of the naive way’s'.padEnd(34)}${cpuOfNaive.toFixed(2).padStart(10)}`);
}
