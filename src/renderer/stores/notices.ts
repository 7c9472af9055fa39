import { createStore } from 'zustand/vanilla';
import type { Failure, Result } from '#contract/errors.ts';
import type { Clock } from '#domain/clock.ts';
import { translator } from '../i18n/i18n.ts';

/** Something that was done or found, in a sentence, and how it is taken back where it can be. */
export interface Notice {
  /** In the language of the moment. */
  readonly text: () => string;
  readonly undo?: () => Promise<Result<unknown>> | undefined;
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
  #steps: readonly { readonly notice: Notice; readonly time: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get canUndo(): boolean {
    return this.#newest() !== undefined && !this.store.getState().isUndoing;
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

  /** Takes the newest step back; one that is refused can be tried again. */
  async undo(): Promise<void> {
    const step = this.#newest();
    if (step === undefined || this.store.getState().isUndoing) return;
    this.store.setState({ isUndoing: true, failure: null });
    const reply = await step.notice.undo?.();
    this.store.setState({ isUndoing: false });
    if (reply !== undefined && !reply.ok) {
      this.store.setState({ shown: step.notice, failure: reply.error });
      return;
    }
    this.#steps = this.#steps.filter((one) => one !== step);
    const text = () => translator('common')('undone', { what: step.notice.text() });
    this.say({ text });
  }

  #newest() {
    const newest = this.#steps.at(-1);
    const isRecent = newest !== undefined && this.#clock.now() - newest.time <= UNDONE_WITHIN_MS;
    return isRecent ? newest : undefined;
  }
}
