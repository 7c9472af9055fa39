import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import type { Answer, DerivRequest } from './connection.ts';
import { unanswered } from './failures.ts';
import { type Asking, pastCandles, pastTicks } from './history.ts';
import type { Parsed } from './parse.ts';

const MINUTE_MS = 60_000;
/** A minute's beginning. */
const NOW = 1_700_000_040_000;
const at = (time: number) => time as EpochMs;

/** Deriv with a tick each `everySeconds` from `firstSecond` on; fails from the given question on. */
class Archive implements Asking {
  readonly questions: DerivRequest[] = [];
  readonly #firstSecond: number;
  readonly #everySeconds: number;
  readonly #failsAt: number;

  constructor(firstSecond: number, everySeconds: number, failsAt = Number.POSITIVE_INFINITY) {
    this.#firstSecond = firstSecond;
    this.#everySeconds = everySeconds;
    this.#failsAt = failsAt;
  }

  async request<T>(
    question: DerivRequest,
    read: (content: unknown) => Parsed<T>,
  ): Promise<Answer<T>> {
    this.questions.push(question);
    if (this.questions.length >= this.#failsAt) return { ok: false, error: unanswered('Gone.') };
    const parsed = read(
      question['style'] === 'candles' ? this.#candles(question) : this.#ticks(question),
    );
    if (!parsed.ok) throw new Error(parsed.reason);
    return { ok: true, value: parsed.value };
  }

  #times(question: DerivRequest, everySeconds: number): number[] {
    const [start, end] = [Number(question['start']), Number(question['end'])];
    const first = Math.ceil(Math.max(start, this.#firstSecond) / everySeconds) * everySeconds;
    const count = Math.max(0, Math.floor((end - first) / everySeconds) + 1);
    return Array.from({ length: Math.min(count, Number(question['count'])) }, (_, index) => {
      return first + index * everySeconds;
    });
  }

  #ticks(question: DerivRequest) {
    const times = this.#times(question, this.#everySeconds);
    return { history: { times, prices: times.map(() => 5) } };
  }

  #candles(question: DerivRequest) {
    const times = this.#times(question, Number(question['granularity']));
    return { candles: times.map((epoch) => ({ epoch, open: 1, high: 1, low: 1, close: 1 })) };
  }
}

describe('pastCandles', () => {
  it('pages back through a long stretch, and gives each candle once, oldest first', async () => {
    const archive = new Archive(0, 1);
    const from = NOW - 10_000 * MINUTE_MS;
    const candles = await pastCandles(archive, 'R_50', '1m', [at(from), at(NOW)]);
    expect(archive.questions.length).toBe(3);
    expect(candles.map(({ openTime }) => openTime)).toEqual(
      Array.from({ length: 10_000 }, (_, index) => from + index * MINUTE_MS),
    );
    expect(archive.questions[0]).toEqual({
      ticks_history: 'R_50',
      start: (NOW - 4_800 * MINUTE_MS) / 1_000,
      end: NOW / 1_000 - 1,
      count: 5_000,
      style: 'candles',
      granularity: 60,
    });
  });

  it('leaves out the candle in progress, and what began before the stretch', async () => {
    const candles = await pastCandles(new Archive(0, 1), 'R_50', '1m', [
      at(NOW - 2 * MINUTE_MS + 1),
      at(NOW + MINUTE_MS - 1),
    ]);
    expect(candles.map(({ openTime }) => openTime)).toEqual([NOW - MINUTE_MS]);
  });

  it('stops where there is nothing further back', async () => {
    const archive = new Archive(NOW / 1_000 - 6_000 * 60, 1);
    const candles = await pastCandles(archive, 'R_50', '1m', [at(0), at(NOW)]);
    expect(candles.length).toBe(6_000);
    expect(archive.questions.length).toBe(3);
  });

  it('gives the newer part where a question is not answered', async () => {
    const candles = await pastCandles(new Archive(0, 1, 2), 'R_50', '1m', [at(0), at(NOW)]);
    expect(candles.length).toBe(4_800);
    expect(candles.at(-1)?.openTime).toBe(NOW - MINUTE_MS);
  });
});

describe('pastTicks', () => {
  it('gives every tick of a stretch of several pages once, both ends included', async () => {
    const archive = new Archive(0, 1);
    const answer = await pastTicks(archive, 'R_50', at(NOW - 10_000_000), at(NOW));
    if (!answer.ok) throw new Error(answer.error.failure.message);
    expect(answer.value.isWhole).toBe(true);
    expect(answer.value.ticks.map(({ eventTime }) => eventTime)).toEqual(
      Array.from({ length: 10_001 }, (_, index) => NOW - 10_000_000 + index * 1_000),
    );
    expect(archive.questions.length).toBe(3);
  });

  it('keeps to the stretch where it does not begin at a whole second', async () => {
    const answer = await pastTicks(new Archive(0, 1), 'R_50', at(NOW + 1), at(NOW + 1_999));
    expect(answer).toMatchObject({ value: { ticks: [{ eventTime: NOW + 1_000 }] } });
  });

  it('is not whole where a later question fails, and fails where the first one does', async () => {
    const from = at(NOW - 10_000_000);
    const half = await pastTicks(new Archive(0, 1, 2), 'R_50', from, at(NOW));
    expect(half).toMatchObject({ ok: true, value: { isWhole: false } });
    expect(half.ok && half.value.ticks.length).toBe(4_800);
    const none = await pastTicks(new Archive(0, 1, 1), 'R_50', from, at(NOW));
    expect(none).toMatchObject({ ok: false, error: { kind: 'unanswered' } });
  });

  it('gives up the older part of weeks, and is not whole then', async () => {
    const archive = new Archive(0, 2);
    const answer = await pastTicks(archive, 'R_50', at(NOW - 30 * 86_400_000), at(NOW));
    expect(archive.questions.length).toBe(91);
    expect(answer).toMatchObject({ ok: true, value: { isWhole: false } });
  });
});
