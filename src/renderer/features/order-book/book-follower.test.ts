import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { BookFollower, type BookPush } from './book-follower.ts';

const push = (changes: Partial<BookPush>): BookPush => ({
  kind: 'delta',
  bids: [],
  asks: [],
  sequence: 1,
  timestamp: 1 as BookPush['timestamp'],
  ...changes,
});
const snapshot = push({ kind: 'snapshot', bids: [[99, 1]], asks: [[101, 1]] });

const follower = () => new BookFollower('demo:BTC/USD' as InstrumentId);

describe('BookFollower', () => {
  it('follows a snapshot with deltas', () => {
    const it = follower();
    expect(it.state).toBe('loading');
    it.apply(snapshot);
    it.apply(
      push({
        bids: [
          [99, 0],
          [98, 3],
        ] as const,
        sequence: 2,
      }),
    );
    expect(it.state).toBe('ready');
    expect(it.book.best('buy')).toEqual([98, 3]);
  });

  it('shows nothing of a lost book until the next snapshot', () => {
    const it = follower();
    it.apply(snapshot);
    it.apply(push({ kind: 'lost', sequence: null }));
    expect(it.state).toBe('lost');
    expect(it.book.best('buy')).toBeUndefined();
    it.apply(push({ bids: [[98, 3]], sequence: 3 }));
    expect(it.state).toBe('lost');
    it.apply(snapshot);
    expect(it.state).toBe('ready');
  });

  it('drops deltas that come before any snapshot', () => {
    const it = follower();
    it.apply(push({ bids: [[98, 3]] }));
    expect(it.state).toBe('loading');
  });

  it('does not call a book good whose sides cross', () => {
    const it = follower();
    it.apply(snapshot);
    it.apply(push({ bids: [[101, 1]], sequence: 2 }));
    expect(it.state).toBe('crossed');
    it.apply(push({ bids: [[101, 0]], sequence: 3 }));
    expect(it.state).toBe('ready');
  });
});
