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

  it('have as many decimals as the text asks for', async () => {
    await speak('en');
    const movedTo = (price: number) => translator('orders')('said.moved', { order: 'it', price });
    expect([movedTo(0.000_008_09), movedTo(1.736_8), movedTo(142_307_000)]).toEqual([
      'it: order moved to 0.00000809',
      'it: order moved to 1.7368',
      'it: order moved to 142,307,000',
    ]);
    expect(bots(1_234.567_8)).toBe('1,234.568 bots');
  });

  it('make no formatter each, whatever the figures', async () => {
    await speak('en');
    bots(0);
    const made = vi.spyOn(Intl, 'NumberFormat');
    for (let count = 0; count < 100; count++) bots(count);
    expect(made).not.toHaveBeenCalled();
  });
});
