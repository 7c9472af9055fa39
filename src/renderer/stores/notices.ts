import { createStore } from 'zustand/vanilla';
import type { Failure, Result } from '#contract/errors.ts';
import type { Clock } from '#domain/clock.ts';
import { translator } from '../i18n/i18n.ts';

/** Something that was done or found, in a sentence, and how it is taken back where it can be. */
export interface Notice {
  /** In the language of the moment. */
  readonly text: () => string;
  readonly undo?: () => Promise<Result<unknown>> | undefined;
  /** The drawings have this step among their own. */
  readonly isOfDrawing?: boolean;
  /** Whether it was taken back by another way: then there is nothing left to do. */
  readonly isUndone?: () => boolean;
}

export interface NoticesState {
  /** Null while there is nothing to say. */
  readonly shown: Notice | null;
  readonly isUndoing: boolean;
  /** Why the last undoing was refused. */
  readonly failure: Failure | null;
}

const MOST_STEPS = 20;
/** What was done longer ago is no longer what one means by undoing. */
const UNDONE_WITHIN_MS = 5 * 60_000;

/**
 * What the user is told in passing, and the steps that he can take back: by the button beside the notice,
 * or by the key for it, the newest first.
 */
export class Notices {
  readonly store = createStore<NoticesState>(() => ({
    ...{ shown: null, isUndoing: false, failure: null },
  }));
  readonly #clock: Clock;
  readonly #underWay = new Set<Promise<unknown>>();
  #steps: readonly { readonly notice: Notice; readonly time: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get canUndo(): boolean {
    const isThere = this.#newest() !== undefined || this.#underWay.size > 0;
    return isThere && !this.store.getState().isUndoing;
  }

  /** Whether something that can be taken back was done after that moment, or is being done. */
  hasNewerThan(time: number): boolean {
    const newest = this.#steps.findLast(({ notice }) => notice.isOfDrawing !== true);
    const isNewer = newest !== undefined && this.#isRecent(newest) && newest.time > time;
    return isNewer || this.#underWay.size > 0;
  }

  /**
   * Says what came of something, by its answer; null where there is nothing to say. An undoing that is asked
   * for meanwhile waits for it: it is what the user did last.
   */
  async sayOf<T>(work: Promise<T>, noticeOf: (answer: T) => Notice | null): Promise<T> {
    const told = work.then((answer) => {
      const notice = noticeOf(answer);
      if (notice !== null) this.say(notice);
      return answer;
    });
    this.#underWay.add(told);
    try {
      return await told;
    } finally {
      this.#underWay.delete(told);
    }
  }

  say(notice: Notice): void {
    if (notice.undo) {
      this.#steps = [...this.#steps, { notice, time: this.#clock.now() }].slice(-MOST_STEPS);
    }
    this.store.setState({ shown: notice, failure: null });
  }

  /** What it tells of can still be undone by the key. */
  dismiss(): void {
    this.store.setState({ shown: null, failure: null });
  }

  /** Takes this step back, else the newest; one that is refused can be tried again. */
  async undo(meant?: Notice): Promise<void> {
    if (meant?.isUndone?.()) this.dismiss();
    if (meant?.isUndone?.() || !this.canUndo) return;
    this.store.setState({ isUndoing: true, failure: null });
    if (meant === undefined) await Promise.allSettled(this.#underWay);
    const step = this.#steps.find(({ notice }) => notice === meant) ?? this.#newest();
    const reply = await step?.notice.undo?.();
    this.store.setState({ isUndoing: false });
    if (step === undefined) return;
    if (reply !== undefined && !reply.ok) {
      this.store.setState({ shown: step.notice, failure: reply.error });
      return;
    }
    this.#steps = this.#steps.filter((one) => one !== step);
    const text = () => translator('common')('undone', { what: step.notice.text() });
    this.say({ text });
  }

  #newest() {
    const newest = this.#steps.findLast(({ notice }) => !notice.isUndone?.());
    return newest !== undefined && this.#isRecent(newest) ? newest : undefined;
  }

  #isRecent({ time }: { readonly time: number }): boolean {
    return this.#clock.now() - time <= UNDONE_WITHIN_MS;
  }
}
