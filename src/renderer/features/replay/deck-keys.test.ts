import { describe, expect, it } from 'vitest';
import { speedAfter } from './deck-keys.ts';

describe('the speeds of a deck', () => {
  it('go up and down the list, from between its steps as well, and stop at its ends', () => {
    expect(speedAfter(1, 1)).toBe(2);
    expect(speedAfter(3, 1)).toBe(5);
    expect(speedAfter(3, -1)).toBe(2);
    expect(speedAfter(1_000, 1)).toBe('max');
    expect(speedAfter('max', 1)).toBe('max');
    expect(speedAfter('max', -1)).toBe(1_000);
    expect(speedAfter(0.1, -1)).toBe(0.1);
  });
});
