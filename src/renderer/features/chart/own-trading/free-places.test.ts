import { describe, expect, it } from 'vitest';
import { FreePlaces } from './free-places.ts';

describe('texts that are written from left to right', () => {
  it('stand beside or above one another, and never over one another', () => {
    const places = new FreePlaces(10);
    expect([
      places.take(100, 50, 12),
      places.take(108, 55, 12),
      places.take(108, 61, 12),
      places.take(112, 50, 12),
      places.take(116, 58, 12),
    ]).toEqual([true, false, true, true, false]);
  });

  it('are not kept from a place by one that was not written', () => {
    const places = new FreePlaces(10);
    expect([places.take(0, 0, 20), places.take(15, 0, 20), places.take(25, 0, 20)]).toEqual([
      ...[true, false, true],
    ]);
  });
});
