import { setTimeout as sleep } from 'node:timers/promises';
import type { MonitorReading } from '../bench/render/market/busy-monitor.ts';
import { type BusyMonitor, startBusyMonitor } from '../bench/render/market/start-busy-monitor.ts';
import { openOurs } from '../bench/render/page/open-workspace.ts';
import { buildScreen, launchChromium } from '../e2e/shells.ts';
import { type Growth, growthOf } from './growth.ts';
import { PageCensus, type PageCount } from './page-census.ts';
import { installTimerCensus } from './timer-census.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly tradesPerSecond: number;
  /** Until what is kept is as much as is ever kept: tape, fills, histories. */
  readonly warmUpMinutes: number;
}

interface Sample {
  readonly minute: number;
  readonly page: PageCount;
  readonly monitor: MonitorReading;
}

interface SoakResult extends SoakOptions {
  readonly holds: boolean;
  readonly growth: Readonly<Record<string, Growth>>;
  readonly samples: readonly Sample[];
}

const MINUTE_MS = 60_000;
const INSTRUMENTS = 50;
const BOTS = 9;
const MOST_HEAP_GROWTH = 0.05;

const growths = (samples: readonly Sample[]) => {
  const of = (figure: (sample: Sample) => number) => growthOf(samples.map(figure));
  return {
    pageHeap: of(({ page }) => page.heapBytes),
    monitorHeap: of(({ monitor }) => monitor.heapBytes),
    listeners: of(({ page }) => page.listeners),
    timeouts: of(({ page }) => page.timeouts),
    intervals: of(({ page }) => page.intervals),
    frames: of(({ page }) => page.frames),
    documents: of(({ page }) => page.documents),
    nodes: of(({ page }) => page.nodes),
  };
};

/** The monitor's heap swings with its blocks and histories: only what stands out of that is growth. */
const holds = (growth: ReturnType<typeof growths>): boolean =>
  growth.pageHeap.share <= MOST_HEAP_GROWTH &&
  !(growth.monitorHeap.share > MOST_HEAP_GROWTH && growth.monitorHeap.isClear) &&
  ![growth.listeners, growth.timeouts, growth.intervals, growth.frames].some(
    ({ isClear }) => isClear,
  );

/** The screen in its first layout on a busy market, for as long as it is told. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  await buildScreen();
  const { tradesPerSecond } = options;
  const market = { instrumentCount: INSTRUMENTS, tradesPerSecond, botCount: BOTS };
  const monitor = await startBusyMonitor(market);
  const browser = await launchChromium();
  try {
    const { page } = await openOurs(browser, monitor, (context) =>
      context.addInitScript(installTimerCensus),
    );
    await sleep(options.warmUpMinutes * MINUTE_MS);
    const samples = await watch(await PageCensus.of(page), monitor, options.minutes);
    const growth = growths(samples);
    return { ...options, holds: holds(growth), growth, samples };
  } finally {
    await browser.close();
    await monitor.stop();
  }
}

/** A sample at the start, each minute, and at the end. */
async function watch(
  census: PageCensus,
  monitor: BusyMonitor,
  minutes: number,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const begunMs = performance.now();
  for (let minute = 0; ; minute = Math.min(minutes, minute + 1)) {
    await sleep(Math.max(0, begunMs + minute * MINUTE_MS - performance.now()));
    const sample = { minute, page: await census.count(), monitor: await monitor.read() };
    samples.push(sample);
    console.error(JSON.stringify(sample));
    if (minute >= minutes) return samples;
  }
}
