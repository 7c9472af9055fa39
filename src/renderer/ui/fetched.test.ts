import { beforeEach, describe, expect, it, vi } from 'vitest';

/** Which code there is to fetch is a page's own: each test has one of its own. */
let page: typeof import('./fetched.ts');
const atOnce = () => Promise.resolve();

beforeEach(async () => {
  vi.resetModules();
  page = await import('./fetched.ts');
});

describe('code that comes at leisure', () => {
  it('is fetched once, one after the other, and what brings more with it has that fetched as well', async () => {
    const fetched: string[] = [];
    const load = (name: string) => () => Promise.resolve(fetched.push(name));
    const first = page.fetchLater(load('first'));
    page.fetchLater(async () => page.fetchLater(load('brought')));
    page.fetchLater(load('last'));
    await first();
    await page.fetchTheRest(atOnce);
    await page.fetchTheRest(atOnce);
    expect(fetched).toEqual(['first', 'last', 'brought']);
  });

  it('does not hold up the others when it cannot be had, and says so to whoever needs it', async () => {
    const gone = page.fetchLater(() => Promise.reject(new Error('gone')));
    const fetched = vi.fn(atOnce);
    page.fetchLater(fetched);
    await page.fetchTheRest(atOnce);
    expect(fetched).toHaveBeenCalledOnce();
    await expect(gone()).rejects.toBeInstanceOf(page.FetchFailure);
  });

  it('is not asked for while whoever serves it is gone', async () => {
    const back = Promise.withResolvers<void>();
    page.fetchOnly(() => back.promise);
    const load = vi.fn(() => Promise.resolve('code'));
    const code = page.fetchLater(load)();
    await Promise.resolve();
    expect(load).not.toHaveBeenCalled();
    back.resolve();
    expect(await code).toBe('code');
  });
});
