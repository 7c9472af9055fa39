import type { FrameSource } from './frame-batcher.ts';

/** A frame comes a little sooner or later than it should; so much sooner it is still the one meant. */
const SLACK_MS = 4;

/**
 * The frames of a source, but none sooner than `periodMs` after the one before: after a pause the
 * next one comes at once.
 */
export function spacedFrames(source: FrameSource, periodMs: number): FrameSource {
  let lastTime = Number.NEGATIVE_INFINITY;
  return {
    request(callback) {
      const turn = (time: number): void => {
        if (time - lastTime < periodMs - SLACK_MS) {
          cancel = source.request(turn);
          return;
        }
        lastTime = time;
        callback(time);
      };
      let cancel = source.request(turn);
      return () => cancel();
    },
    onVisibilityChange: (listener) => source.onVisibilityChange(listener),
  };
}
