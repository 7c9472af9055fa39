import type { Result } from '#contract/errors.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Answer, DerivConnection } from './connection.ts';
import type { Asking } from './history.ts';

/** Questions come in rows: the past of one instrument after the other. */
const KEPT_MS = 1_000;

/** A connection for questions alone, for as long as they come. */
export class QuestionLine {
  readonly #clock: TimerClock;
  readonly #dial: () => Promise<Result<DerivConnection>>;
  #dialled: Promise<Result<DerivConnection>> | null = null;
  #questions = 0;
  #cancelClosing: (() => void) | null = null;

  constructor(clock: TimerClock, dial: () => Promise<Result<DerivConnection>>) {
    this.#clock = clock;
    this.#dial = dial;
  }

  async ask<T>(question: (asking: Asking) => Promise<Answer<T>>): Promise<Result<T>> {
    this.#questions++;
    this.#keep();
    this.#dialled ??= this.#connect();
    try {
      const dialled = await this.#dialled;
      return dialled.ok ? resultOf(await question(dialled.value)) : dialled;
    } finally {
      this.#questions--;
      this.#closeSoon();
    }
  }

  /** Once the last question is answered; resolves at once where one is still open. */
  async close(): Promise<void> {
    this.#keep();
    const dialled = this.#dialled;
    if (!dialled || this.#questions > 0) return;
    this.#dialled = null;
    const connection = await dialled;
    if (connection.ok) await connection.value.close();
  }

  async #connect(): Promise<Result<DerivConnection>> {
    const dialled = await this.#dial();
    if (!dialled.ok) this.#dialled = null;
    else void dialled.value.ended.then(() => this.#forget(dialled));
    return dialled;
  }

  async #forget(ended: Result<DerivConnection>): Promise<void> {
    if ((await this.#dialled) === ended) this.#dialled = null;
  }

  #closeSoon(): void {
    if (this.#questions > 0 || !this.#dialled) return;
    this.#cancelClosing = this.#clock.setTimeout(() => void this.close(), KEPT_MS);
  }

  #keep(): void {
    this.#cancelClosing?.();
    this.#cancelClosing = null;
  }
}

export const resultOf = <T>(answer: Answer<T>): Result<T> =>
  answer.ok ? answer : { ok: false, error: answer.error.failure };
