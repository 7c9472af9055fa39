import { systemClock } from '../client/system-clock.ts';
import { FrameBatcher, type FrameSource } from './frame-batcher.ts';
import { FrameBeat } from './frame-beat.ts';
import { BEAT_MS, CALM_BEATS, OVERVIEW_BEATS } from './paces.ts';

const HIDDEN_PERIOD_MS = 1_000;

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

/**
 * For what is looked over and is heavy to draw, stores and charts: ten times a second, in the same
 * frames. A market that is quieter than that is drawn at once.
 */
export const calmBatcher = new FrameBatcher(orSlowly(beat.each(CALM_BEATS)));

const calmDataFrames = beat.each(CALM_BEATS);
let dataFrames: Frames = animationFrames;

/** For what is read as it runs, tape and book: in the next frame. What is drawn there must be light. */
export const dataBatcher = new FrameBatcher(
  orSlowly({ request: (callback) => dataFrames.request(callback) }),
);

/** What is read as it runs is drawn with what is looked over, and costs a frame that is drawn anyway. */
export function calmData(isCalm: boolean): void {
  dataFrames = isCalm ? calmDataFrames : animationFrames;
}

/** For the prices of all that is listed, of which most change at any time: five times a second. */
export const overviewBatcher = new FrameBatcher(orSlowly(beat.each(OVERVIEW_BEATS)));
