import { describe, expect, it } from 'vitest';
import { roomOf } from './label-room.ts';

const PANE = 1_000;

describe('the room right of the newest bar', () => {
  it('is what it always was while labels are short', () => {
    expect([0, 30, 48].map((widest) => roomOf(widest, PANE))).toEqual([72, 72, 72]);
  });

  it('is wider than the widest label, in steps, so that bars do not move with each digit', () => {
    const widths = [49, 72, 73, 96, 97];
    expect(widths.map((widest) => roomOf(widest, PANE))).toEqual([96, 96, 120, 120, 144]);
  });

  it('leaves most of the pane to the bars, however long a label is', () => {
    expect(roomOf(5_000, PANE)).toBe(400);
    expect(roomOf(5_000, 100)).toBe(72);
  });
});
