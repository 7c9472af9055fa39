import { describe, expect, it } from 'vitest';
import type { FrameSource } from './frame-batcher.ts';
import { spacedFrames } from './spaced-frames.ts';

const PERIOD_MS = 33;

/** Frames that come at times that the test says. */
class TimedFrames implements FrameSource {
  #callback: ((time: number) => void) | null = null;

  request(callback: (time: number) => void): () => void {
    this.#callback = callback;
    return () => {
      if (this.#callback === callback) this.#callback = null;
    };
  }
  onVisibilityChange(): void {
    // They never stop.
  }
  at(time: number): void {
    const callback = this.#callback;
    this.#callback = null;
    callback?.(time);
  }
  get isAsked(): boolean {
    return this.#callback !== null;
  }
}

function setUp() {
  const source = new TimedFrames();
  const frames = spacedFrames(source, PERIOD_MS);
  const times: number[] = [];
  return { source, frames, times, ask: () => frames.request((time) => times.push(time)) };
}

describe('spacedFrames', () => {
  it('gives the very next frame after a pause', () => {
    const { source, times, ask } = setUp();
    ask();
    source.at(1_000);
    ask();
    source.at(1_500);
    expect(times).toEqual([1_000, 1_500]);
  });

  it('gives every second of sixty frames a second while it is asked for all', () => {
    const { source, times, ask } = setUp();
    ask();
    for (let frame = 0; frame < 6; frame++) {
      const given = times.length;
      // Frames are never quite on time.
      source.at(1_000 + frame * (1_000 / 60) + (frame % 2));
      if (times.length > given) ask();
    }
    expect(times.map(Math.round)).toEqual([1_000, 1_033, 1_067]);
  });

  it('lets go of the frame that it waits for', () => {
    const { source, times, ask } = setUp();
    ask();
    source.at(1_000);
    const cancel = ask();
    source.at(1_016);
    expect(source.isAsked).toBe(true);
    cancel();
    expect(source.isAsked).toBe(false);
    source.at(1_033);
    expect(times).toEqual([1_000]);
  });
});
