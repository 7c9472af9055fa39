import { FrameBatcher, type FrameSource } from './frame-batcher.ts';
import { spacedFrames } from './spaced-frames.ts';

const HIDDEN_PERIOD_MS = 1_000;

/** Animation frames, or a slow timer while the page is hidden (no frames come then). */
const pageFrames: FrameSource = {
  request(callback) {
    if (document.hidden) {
      const timer = setTimeout(() => callback(performance.now()), HIDDEN_PERIOD_MS);
      return () => clearTimeout(timer);
    }
    const frame = requestAnimationFrame(callback);
    return () => cancelAnimationFrame(frame);
  },
  onVisibilityChange(listener) {
    globalThis.document?.addEventListener('visibilitychange', listener);
  },
};

/** The page's own batcher: for what is light to draw, and for what follows the hand. */
export const frameBatcher = new FrameBatcher(pageFrames);

/** Prices that change more often are not read; charts and lists would cost the page half its time. */
const DATA_PERIOD_MS = 1_000 / 30;

/**
 * Of the same frames thirty a second, for what follows the market and is heavy to draw: stores,
 * charts, books. A market that is quieter than that is drawn as soon as by the other.
 */
export const dataBatcher = new FrameBatcher(spacedFrames(pageFrames, DATA_PERIOD_MS));
