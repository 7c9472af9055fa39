import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';

/** Longer than a hub that does its work leaves a question open. */
const SILENT_AFTER_MS = 5_000;

/**
 * Notices that the hub has fallen silent though the connection stands: it hangs, or the network has gone
 * without a word. A connection itself breaks only a minute later, and until then all would look live.
 */
export class SilenceWatch {
  readonly #clock: TimerClock;
  /** Told of each beginning, with when the hub was last heard, and of each end (null). */
  readonly #onSilence: (sinceTime: EpochMs | null) => void;
  #heardTime: EpochMs;
  #isSilent = false;

  constructor(clock: TimerClock, onSilence: (sinceTime: EpochMs | null) => void) {
    this.#clock = clock;
    this.#onSilence = onSilence;
    this.#heardTime = clock.now();
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Anything came from the hub; or the connection ended, which says enough. */
  heard(): void {
    this.#heardTime = this.#clock.now();
    if (!this.#isSilent) return;
    this.#isSilent = false;
    this.#onSilence(null);
  }

  /** A question is open until the returned function is called. Only then is silence one. */
  asked(): () => void {
    let cancel: (() => void) | null = null;
    const wait = (delayMs: number) => {
      cancel = this.#clock.setTimeout(() => {
        const quietMs = Math.max(0, this.#clock.now() - this.#heardTime);
        if (quietMs >= SILENT_AFTER_MS) this.#begin();
        wait(quietMs >= SILENT_AFTER_MS ? SILENT_AFTER_MS : SILENT_AFTER_MS - quietMs);
      }, delayMs);
    };
    wait(SILENT_AFTER_MS);
    return () => cancel?.();
  }

  #begin(): void {
    if (this.#isSilent) return;
    this.#isSilent = true;
    this.#onSilence(this.#heardTime);
  }
}
