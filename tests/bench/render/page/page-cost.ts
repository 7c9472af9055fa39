import type { CDPSession, Page } from 'playwright-core';
import { browserProcesses, cpuTimeMs } from './process-time.ts';

const MS_A_SECOND = 1_000;

/** What a stretch of a page's life took, as shares of one core. */
export interface PageCost {
  readonly seconds: number;
  /** Of the main thread. */
  readonly busy: number;
  readonly script: number;
  readonly style: number;
  readonly layout: number;
  /** Of the page's process, all its threads. */
  readonly rendererCpu: number;
  /** Of the process that composes the picture. */
  readonly gpuCpu: number;
}

/** Measures from its making until `end`. */
export class PageCostMeter {
  readonly #session: CDPSession;
  readonly #before: ReadonlyMap<string, number>;
  readonly #processes: readonly { readonly kind: string; readonly pid: number; cpuMs: number }[];
  readonly #begunMs = performance.now();

  private constructor(
    session: CDPSession,
    before: ReadonlyMap<string, number>,
    processes: readonly { readonly kind: string; readonly pid: number; cpuMs: number }[],
  ) {
    this.#session = session;
    this.#before = before;
    this.#processes = processes;
  }

  static async begin(page: Page): Promise<PageCostMeter> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const browser = page.context().browser();
    const processes = browser === null ? [] : await browserProcesses(browser);
    const timed = processes.map((one) => ({ ...one, cpuMs: cpuTimeMs(one.pid) }));
    return new PageCostMeter(session, await metricsOf(session), timed);
  }

  async end(): Promise<PageCost> {
    const elapsedMs = performance.now() - this.#begunMs;
    const after = await metricsOf(this.#session);
    const share = (name: string): number =>
      round((((after.get(name) ?? 0) - (this.#before.get(name) ?? 0)) * MS_A_SECOND) / elapsedMs);
    const cpu = (kind: string): number => {
      const shares = this.#processes
        .filter((one) => one.kind === kind)
        .map(({ pid, cpuMs }) => (cpuTimeMs(pid) - cpuMs) / elapsedMs);
      // A spare renderer does nothing: the busiest is the page's.
      return round(Math.max(0, ...shares));
    };
    await this.#session.detach();
    return {
      seconds: round(elapsedMs / MS_A_SECOND),
      ...{ busy: share('TaskDuration'), script: share('ScriptDuration') },
      ...{ style: share('RecalcStyleDuration'), layout: share('LayoutDuration') },
      ...{ rendererCpu: cpu('renderer'), gpuCpu: cpu('GPU') },
    };
  }
}

async function metricsOf(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;
