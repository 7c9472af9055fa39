import { describe, expect, it } from 'vitest';
import { sparklinePath } from './sparkline-path.ts';

describe('sparklinePath', () => {
  it('fits the prices into the box, the highest on top', () => {
    expect(sparklinePath([10, 30, 20], 40, 20)).toBe('0.0,20.0 20.0,0.0 40.0,10.0');
  });

  it('draws a flat line through the middle, and none of a single price', () => {
    expect(sparklinePath([5, 5], 40, 20)).toBe('0.0,10.0 40.0,10.0');
    expect(sparklinePath([5], 40, 20)).toBe('');
  });
});
