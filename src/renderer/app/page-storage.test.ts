import { afterEach, describe, expect, it, vi } from 'vitest';
import { openPageStorage } from './page-storage.ts';

describe('the page’s storage', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('tells once that nothing is kept where it is full, or blocked', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const blocked = {
      get localStorage(): Storage {
        throw new DOMException('denied', 'SecurityError');
      },
    };
    for (const window of [{ localStorage: full }, blocked]) {
      vi.stubGlobal('window', window);
      let told = 0;
      const storage = openPageStorage(() => {
        told += 1;
      });
      expect(storage.read('a')).toBeNull();
      expect(told).toBe(0);
      storage.write('a', '1');
      storage.write('b', '2');
      expect(told).toBe(1);
    }
  });
});
