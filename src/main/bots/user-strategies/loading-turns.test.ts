import { describe, expect, it } from 'vitest';
import { LoadingTurns } from './loading-turns.ts';

describe('threads that come up', () => {
  it('do so a few at a time, in the order in which they came', () => {
    const turns = new LoadingTurns();
    const begun: string[] = [];
    const [endA = () => undefined] = ['a', 'b', 'c', 'd'].map((name) =>
      turns.take(() => begun.push(name)),
    );
    expect(begun).toEqual(['a', 'b']);
    endA();
    endA();
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('leave the line where they end before it is their turn', () => {
    const turns = new LoadingTurns();
    const begun: string[] = [];
    const ends = ['a', 'b', 'c', 'd'].map((name) => turns.take(() => begun.push(name)));
    ends[2]?.();
    ends[0]?.();
    expect(begun).toEqual(['a', 'b', 'd']);
  });
});
