import { systemClock } from '../client/system-clock.ts';
import { FrameBatcher, type FrameSource } from './frame-batcher.ts';
import { FrameBeat } from './frame-beat.ts';

const HIDDEN_PERIOD_MS = 1_000;
/** Figures that change more often are not read. */
const BEAT_MS = 1_000 / 30;
const CALM_BEATS = 3;

type Frames = Pick<FrameSource, 'request'>;

const animationFrames: Frames = {
  request(callback) {
    const frame = requestAnimationFrame(callback);
    return () => cancelAnimationFrame(frame);
  },
};

/** A slow timer takes their place while the page is hidden (no frames come then). */
const orSlowly = (frames: Frames): FrameSource => ({
  request: (callback) =>
    document.hidden
      ? systemClock.setTimeout(() => callback(performance.now()), HIDDEN_PERIOD_MS)
      : frames.request(callback),
  onVisibilityChange(listener) {
    globalThis.document?.addEventListener('visibilitychange', listener);
  },
});

const beat = new FrameBeat(
  { now: () => performance.now(), setTimeout: systemClock.setTimeout, frames: animationFrames },
  BEAT_MS,
);

/** For what follows the hand: in every frame. */
export const frameBatcher = new FrameBatcher(orSlowly(animationFrames));

/** For what is read as it runs, tape and book: thirty times a second. */
export const dataBatcher = new FrameBatcher(orSlowly(beat.each(1)));

/**
 * For what is looked over and is heavy to draw, stores and charts: ten times a second, in the same
 * frames. A market that is quieter than that is drawn as soon as by the other.
 */
export const calmBatcher = new FrameBatcher(orSlowly(beat.each(CALM_BEATS)));
