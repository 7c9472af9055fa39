import type { Page } from 'playwright-core';

/** The page's tasks of more than 50 ms, as the browser tells of them. */
export class LongTasks {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async watch(page: Page): Promise<LongTasks> {
    await page.evaluate(() => {
      const told = window as unknown as { longTasks: number[] };
      told.longTasks = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) told.longTasks.push(duration);
      }).observe({ entryTypes: ['longtask'] });
    });
    return new LongTasks(page);
  }

  async read(): Promise<{ readonly count: number; readonly longestMs: number }> {
    const all = await this.#page.evaluate(
      () => (window as unknown as { longTasks: number[] }).longTasks,
    );
    return { count: all.length, longestMs: Math.round(Math.max(0, ...all)) };
  }
}
