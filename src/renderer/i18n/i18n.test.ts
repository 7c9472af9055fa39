import { afterEach, describe, expect, it, vi } from 'vitest';
import { speak, translator } from './i18n.ts';

const bots = (count: number) => translator('balances')('bots', { count });

afterEach(() => {
  vi.restoreAllMocks();
});

describe('numbers in texts', () => {
  it('are written as the language writes them', async () => {
    await speak('en');
    expect(bots(1_234_567)).toBe('1,234,567 bots');
  });

  it('make no formatter each, whatever the figures', async () => {
    await speak('en');
    bots(0);
    const made = vi.spyOn(Intl, 'NumberFormat');
    for (let count = 0; count < 100; count++) bots(count);
    expect(made).not.toHaveBeenCalled();
  });
});
