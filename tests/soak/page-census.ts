import type { CDPSession, Page } from 'playwright-core';
import type { TimerCount } from './timer-census.ts';

/** What a page holds on to, after a collection of its garbage. */
export interface PageCount extends TimerCount {
  readonly heapBytes: number;
  /** Elements, texts and other nodes, those outside of the document included. */
  readonly nodes: number;
  readonly listeners: number;
  readonly documents: number;
}

export class PageCensus {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async of(page: Page): Promise<PageCensus> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await session.send('HeapProfiler.enable');
    return new PageCensus(page, session);
  }

  async count(): Promise<PageCount> {
    // What a first collection lets go of can hold something itself.
    await this.#session.send('HeapProfiler.collectGarbage');
    await this.#session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#session.send('Runtime.getHeapUsage');
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
    const timers = await this.#page.evaluate(() => window.countTimers());
    return {
      heapBytes: usedSize,
      ...{ nodes: metric('Nodes'), listeners: metric('JSEventListeners') },
      ...{ documents: metric('Documents'), ...timers },
    };
  }
}
