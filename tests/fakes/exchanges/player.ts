import { setTimeout as sleep } from 'node:timers/promises';
import type { PlayOptions } from './fake-exchange.ts';

export interface TimedFrame {
  /** Epoch ms of the recording. */
  readonly time: number;
}

/** Frames between two looks at the sockets when playing at full speed. */
const BATCH = 100;
const FULL_BYTES = 256 * 1024;
const LONGEST_SLEEP_MS = 50;

/** Hands the frames of a recording over at a pace. */
export class Player<F extends TimedFrame> {
  readonly frames: readonly F[];
  readonly #onFrame: (frame: F) => void;
  /** Bytes that wait at the fullest socket: a fast player must not run away from its listeners. */
  readonly #bufferedBytes: () => number;
  #position = 0;
  #isClosed = false;

  constructor(frames: readonly F[], onFrame: (frame: F) => void, bufferedBytes: () => number) {
    this.frames = frames;
    this.#onFrame = onFrame;
    this.#bufferedBytes = bufferedBytes;
  }

  async play({ speed, untilFrame = this.frames.length }: PlayOptions): Promise<void> {
    const end = Math.min(untilFrame, this.frames.length);
    await (speed === 'max' ? this.#rush(end) : this.#pace(end, speed));
  }

  close(): void {
    this.#isClosed = true;
  }

  async #rush(end: number): Promise<void> {
    while (this.#position < end && !this.#isClosed) {
      this.#emitUntil(Math.min(end, this.#position + BATCH));
      do await sleep(0);
      while (this.#bufferedBytes() > FULL_BYTES && !this.#isClosed);
    }
  }

  async #pace(end: number, speed: number): Promise<void> {
    const first = this.frames[this.#position];
    if (!first) return;
    const startedAt = performance.now();
    while (this.#position < end && !this.#isClosed) {
      const now = first.time + (performance.now() - startedAt) * speed;
      let due = this.#position;
      while (due < end && (this.frames[due]?.time ?? Number.POSITIVE_INFINITY) <= now) due++;
      this.#emitUntil(due);
      const next = due < end ? this.frames[due] : undefined;
      if (next) await sleep(Math.min(Math.ceil((next.time - now) / speed), LONGEST_SLEEP_MS));
    }
  }

  #emitUntil(end: number): void {
    while (this.#position < end) {
      const frame = this.frames[this.#position++];
      if (frame) this.#onFrame(frame);
    }
  }
}
