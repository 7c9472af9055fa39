import { wallClockMs } from './wall-clock.ts';

export interface FeedOptions {
  /** Items a second, in all. */
  readonly rate: number;
  /** Publishes item number `index`, which was due at `dueMs` of the wall clock. */
  readonly publish: (index: number, dueMs: number) => void;
}

const MS_A_SECOND = 1_000;

/**
 * Publishes at a constant rate whatever the server does: what it is late for it gets at once, with
 * the time at which it was due. So a server that cannot keep up shows it in its freshness.
 */
export function startFeed({ rate, publish }: FeedOptions): () => void {
  const startMs = wallClockMs();
  let published = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((wallClockMs() - startMs) * rate) / MS_A_SECOND);
    while (published < due) {
      publish(published, startMs + (published * MS_A_SECOND) / rate);
      published += 1;
    }
  }, 1);
  return () => clearInterval(timer);
}
