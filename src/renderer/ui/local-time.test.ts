import { describe, expect, it } from 'vitest';
import { fromLocalInput, toLocalInput } from './local-time.ts';

describe('times of an input', () => {
  it('come back as they were, to the second', () => {
    const time = Date.UTC(2024, 7, 8, 23, 54, 14);
    expect(fromLocalInput(toLocalInput(time))).toBe(time);
    expect(fromLocalInput(toLocalInput(time + 999))).toBe(time);
  });

  it('are none where nothing is written', () => {
    expect(fromLocalInput('')).toBeNull();
    expect(fromLocalInput('yesterday')).toBeNull();
  });
});
