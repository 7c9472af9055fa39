import { beforeEach, describe, expect, it } from 'vitest';
import type { Push } from '#contract/pushes.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { ChannelHandler } from '../../client/channel-subscription.ts';
import { type BookPhase, BookSession } from './book-session.ts';

const instrument = {
  id: 'demo:BTC/USD',
  priceIncrement: 0.01,
  sizeIncrement: 0.001,
} as unknown as Instrument;

const bookPush = (kind: string, bids: unknown[], asks: unknown[]): Push =>
  ({
    event: 'orderbook:update',
    payload: { kind, bids, asks, sequence: kind === 'lost' ? null : 1, timestamp: 1 },
  }) as unknown as Push;
const snapshot = bookPush('snapshot', [[99, 1]], [[101, 1]]);

describe('BookSession', () => {
  let handler: ChannelHandler;
  let work: Map<string, () => void>;
  /** The best bid of each book that was drawn; null where there was none. */
  let pictures: (number | null)[];
  let phases: BookPhase[];
  let isSubscribed: boolean;
  let session: BookSession;

  beforeEach(() => {
    work = new Map();
    pictures = [];
    phases = [];
    session = new BookSession({
      client: {
        subscribe: (_channel, given) => {
          handler = given;
          isSubscribed = true;
          return () => {
            isSubscribed = false;
          };
        },
      },
      frames: {
        schedule: (key, callback) => work.set(key, callback),
        cancel: (key) => work.delete(key),
      },
      frameKey: 'book',
      view: { draw: (book) => pictures.push(book?.best('buy')?.[0] ?? null) },
      instrument,
      onPhase: (phase) => phases.push(phase),
    });
  });

  function frame(): void {
    const batch = [...work.values()];
    work.clear();
    for (const callback of batch) callback();
  }
  const bestBid = () => pictures.at(-1);

  it('draws the book once a frame, however many changes there are', () => {
    handler.onPush(snapshot);
    handler.onPush(bookPush('delta', [[99.5, 2]], []));
    handler.onPush(bookPush('delta', [[99.6, 2]], []));
    const before = pictures.length;
    frame();
    expect(pictures.length).toBe(before + 1);
    expect(bestBid()).toBe(99.6);
    expect(phases.map((phase) => phase.kind)).toEqual(['loading', 'ready']);
  });

  it.each<[string, () => void]>([
    ['is lost', () => handler.onPush(bookPush('lost', [], []))],
    ['has a gap', () => handler.onPush({ event: 'gap', payload: {} } as unknown as Push)],
    ['begins anew', () => handler.onReset?.()],
    ['crosses', () => handler.onPush(bookPush('delta', [[105, 1]], []))],
    ['is cut off', () => session.setCutOff(true)],
  ])('shows no level of a book that %s', (_why, happens) => {
    handler.onPush(snapshot);
    frame();
    expect(bestBid()).toBe(99);
    happens();
    frame();
    expect(pictures.at(-1)).toBeNull();
    expect(phases.at(-1)?.kind).toBe('distrusted');
  });

  it('shows the book again with the next snapshot', () => {
    handler.onPush(snapshot);
    handler.onPush(bookPush('lost', [], []));
    frame();
    handler.onPush(bookPush('snapshot', [[98, 1]], [[102, 1]]));
    frame();
    expect(bestBid()).toBe(98);
    expect(phases.at(-1)?.kind).toBe('ready');
  });

  it('says why the hub refused, and leaves nothing behind', () => {
    handler.onRefused?.({ code: 'unknown_instrument', message: 'No such instrument' });
    frame();
    expect(phases.at(-1)).toEqual({ kind: 'failed', message: 'No such instrument' });
    handler.onPush(snapshot);
    session.dispose();
    expect(isSubscribed).toBe(false);
    expect(work.size).toBe(0);
    expect(pictures.at(-1)).toBeNull();
  });
});
