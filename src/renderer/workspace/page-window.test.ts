import { describe, expect, it } from 'vitest';
import { claimPageWindow, type PageLocks } from './page-window.ts';

/** A browser: names that its pages hold, until they are gone. */
class FakeLocks {
  readonly #held = new Set<string>();
  readonly waits: number[] = [];

  /** The locks of one page, and its end. */
  page(): PageLocks & { close: () => void } {
    const own = new Set<string>();
    return {
      hold: async (name, waitMs) => {
        this.waits.push(waitMs);
        if (this.#held.has(name)) return false;
        this.#held.add(name);
        own.add(name);
        return true;
      },
      close: () => {
        for (const name of own) this.#held.delete(name);
      },
    };
  }
}

class FakeTab {
  readonly values = new Map<string, string>();
  read = (key: string) => this.values.get(key) ?? null;
  write = (key: string, value: string) => void this.values.set(key, value);
}

function browser() {
  const locks = new FakeLocks();
  let made = 0;
  const load = async (tab: FakeTab, search = '') => {
    const page = locks.page();
    const createId = () => `n${++made}`;
    const window = await claimPageWindow({ locks: page, tab, search, createId });
    return { window, close: page.close };
  };
  return { locks, load };
}

describe('which window a page is', () => {
  it('is the first one where there is none, and again after a reload', async () => {
    const { load, locks } = browser();
    const tab = new FakeTab();
    const first = await load(tab);
    first.close();
    const again = await load(tab);
    expect([first.window, again.window]).toEqual([
      { id: null, layoutName: null },
      { id: null, layoutName: null },
    ]);
    expect(locks.waits).toEqual([0, 1_000]);
  });

  it('is one of its own in a second tab, which stays that one when the first is gone', async () => {
    const { load } = browser();
    const first = await load(new FakeTab());
    const tab = new FakeTab();
    const second = await load(tab);
    expect(second.window).toEqual({ id: 'n1', layoutName: null, copiedFrom: { id: null } });
    first.close();
    second.close();
    expect((await load(tab)).window).toEqual({ id: 'n1', layoutName: null });
    expect((await load(new FakeTab())).window.id).toBeNull();
  });

  it('is the one that its address names, with the layout that it begins with', async () => {
    const { load } = browser();
    const { window } = await load(new FakeTab(), '?window=k3&layout=Night');
    expect(window).toEqual({ id: 'k3', layoutName: 'Night' });
    const other = await load(new FakeTab(), '?window=k3&layout=Night');
    expect(other.window).toMatchObject({ id: 'n1', copiedFrom: { id: 'k3' } });
  });

  it('is another one in a tab that the browser made as a double of it', async () => {
    const { load } = browser();
    const tab = new FakeTab();
    await load(tab);
    const double = new FakeTab();
    for (const [key, value] of tab.values) double.write(key, value);
    expect((await load(double)).window).toMatchObject({ id: 'n1', copiedFrom: { id: null } });
  });
});
