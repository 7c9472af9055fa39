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

/**
 * A busy page makes some ten megabytes of garbage a second: what of it comes between a collection and the
 * reading counts as held. The least of so many readings has the least of it.
 */
const READINGS = 8;

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
    const readings: number[] = [];
    while (readings.length < READINGS) readings.push(await this.#heapBytes());
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
    const timers = await this.#page.evaluate(() => window.countTimers());
    return {
      heapBytes: Math.min(...readings),
      ...{ nodes: metric('Nodes'), listeners: metric('JSEventListeners') },
      ...{ documents: metric('Documents'), ...timers },
    };
  }

  async #heapBytes(): Promise<number> {
    // What a first collection lets go of can hold something itself. All three are asked for at once, so
    // that the page does as little as can be between them.
    const [, , { usedSize }] = await Promise.all([
      this.#session.send('HeapProfiler.collectGarbage'),
      this.#session.send('HeapProfiler.collectGarbage'),
      this.#session.send('Runtime.getHeapUsage'),
    ]);
    return usedSize;
  }
}
