import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import type { ClockSample } from '../feed.ts';
import { sleep } from '../sleep.ts';
import type { Asking } from './history.ts';
import { readTime } from './parse.ts';

const BETWEEN_MS = 100;
/** Enough to see a second end, whatever its phase, with answers that take up to a tenth of one. */
const MOST_QUESTIONS = 12;

/**
 * The sample is told for a moment so much after the second began: a whole second would read as a clock
 * that is cut to seconds, which this one is no more.
 */
const PAST_THE_SECOND_MS = 1;

/**
 * Deriv's clock is told in whole seconds. So it is asked until the second changes: the change happened
 * between the last question answered with the old second and the first answer with the new one.
 * Null where it was not seen.
 */
export async function sampleClock(
  asking: Asking,
  clock: TimerClock,
  signal: AbortSignal,
): Promise<ClockSample | null> {
  let before: { readonly sentTime: EpochMs; readonly second: EpochMs } | null = null;
  for (let question = 0; question < MOST_QUESTIONS && !signal.aborted; question++) {
    if (before) await sleep(clock, BETWEEN_MS, signal);
    const sentTime = clock.now();
    const answer = await asking.request({ time: 1 }, readTime);
    if (!answer.ok) return null;
    const second = answer.value;
    if (before && second === before.second + 1_000) {
      return {
        sentTime: later(before.sentTime),
        exchangeTime: later(second),
        receivedTime: later(clock.now()),
      };
    }
    before = { sentTime, second };
  }
  return null;
}

const later = (time: EpochMs): EpochMs => (time + PAST_THE_SECOND_MS) as EpochMs;
