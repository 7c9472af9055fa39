import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import type { Answer, DerivRequest } from './connection.ts';
import { unanswered } from './failures.ts';
import type { Asking } from './history.ts';
import type { Parsed } from './parse.ts';
import { sampleClock } from './server-clock.ts';

const WAY_MS = 30;

/** Answers by a clock that is so much ahead, cut to seconds; each way takes 30 ms. */
class Exchange implements Asking {
  questions = 0;
  readonly #clock: FakeClock;
  readonly #aheadMs: number;

  constructor(clock: FakeClock, aheadMs: number) {
    this.#clock = clock;
    this.#aheadMs = aheadMs;
  }

  async request<T>(
    _question: DerivRequest,
    read: (content: unknown) => Parsed<T>,
  ): Promise<Answer<T>> {
    this.questions++;
    this.#clock.advance(WAY_MS);
    const time = Math.floor((this.#clock.now() + this.#aheadMs) / 1_000);
    this.#clock.advance(WAY_MS);
    const parsed = read({ time });
    return parsed.ok ? parsed : { ok: false, error: unanswered(parsed.reason) };
  }
}

async function sampled(clock: FakeClock, asking: Asking, signal = new AbortController().signal) {
  let isDone = false;
  const sample = sampleClock(asking, clock, signal).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await nextTurn();
    clock.advance(50);
  }
  return sample;
}

describe('sampleClock', () => {
  it.each([0, 1, 499, 640, 999, -7_300, 90_250])(
    'holds an offset of %i ms within a trip of 300 ms',
    async (aheadMs) => {
      const clock = new FakeClock(1_700_000_000_377);
      const sample = await sampled(clock, new Exchange(clock, aheadMs));
      if (!sample) throw new Error('no sample');
      const { sentTime, exchangeTime, receivedTime } = sample;
      expect(receivedTime - sentTime).toBeLessThanOrEqual(300);
      expect(exchangeTime - aheadMs).toBeGreaterThanOrEqual(sentTime);
      expect(exchangeTime - aheadMs).toBeLessThanOrEqual(receivedTime);
      // A whole second would read as a clock that is cut.
      expect(exchangeTime % 1_000).not.toBe(0);
    },
  );

  it('gives none where the clock stands, or does not answer', async () => {
    const clock = new FakeClock();
    const standing = {
      request: async <T>(_: DerivRequest, read: (content: unknown) => Parsed<T>) =>
        read({ time: 5 }) as Answer<T>,
    };
    expect(await sampled(clock, standing)).toBeNull();
    const silent = { request: async () => ({ ok: false, error: unanswered('Gone.') }) as const };
    expect(await sampled(clock, silent)).toBeNull();
    expect(clock.pendingTimers).toBe(0);
  });

  it('stops when the connection ends', async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    abort.abort();
    const exchange = new Exchange(clock, 0);
    expect(await sampled(clock, exchange, abort.signal)).toBeNull();
    expect(exchange.questions).toBe(0);
  });
});
