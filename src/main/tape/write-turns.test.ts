import { describe, expect, it } from 'vitest';
import { TURNS, WriteTurns } from './write-turns.ts';

describe('the turns of a period', () => {
  it('let one alone wait for the last', () => {
    const turns = new WriteTurns<string>();
    turns.add('a');
    turns.add('a');
    expect(turns.advance(TURNS - 2)).toEqual([]);
    expect(turns.isEmpty).toBe(false);
    expect(turns.advance(1)).toEqual(['a']);
    expect(turns.isEmpty).toBe(true);
    expect(turns.advance(TURNS)).toEqual([]);
  });

  it('share what there is, and each is due within the period, over and over', () => {
    const turns = new WriteTurns<number>();
    const items = Array.from({ length: 50 }, (_, index) => index);
    const since = new Map(items.map((item) => [item, 0]));
    for (let turn = 1; turn <= 10 * TURNS; turn += 1) {
      for (const item of items) turns.add(item);
      const due = turns.advance(1);
      expect(due.length).toBeLessThanOrEqual(Math.ceil(50 / (TURNS - 1)));
      for (const item of due) since.set(item, turn);
      for (const time of since.values()) expect(turn - time).toBeLessThan(TURNS);
    }
  });

  it('catch up when some were missed', () => {
    const turns = new WriteTurns<string>();
    for (const item of ['a', 'b', 'c']) turns.add(item);
    expect([...turns.advance(100)].sort()).toEqual(['a', 'b', 'c']);
    turns.add('d');
    turns.clear();
    expect(turns.advance(TURNS)).toEqual([]);
  });
});
