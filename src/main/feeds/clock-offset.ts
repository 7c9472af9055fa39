import type { ClockSample } from './feed.ts';

/** How another clock stands against ours, milliseconds. */
export interface ClockOffset {
  /** The exchange's clock minus ours. */
  readonly offsetMs: number;
  /** The offset is off by no more than this, either way. */
  readonly uncertaintyMs: number;
}

/** As many as NTP's clock filter keeps. */
const MOST_SAMPLES = 8;
/** What two oscillators drift apart in a millisecond at most: 15 ppm. */
const DRIFT = 15e-6;
const SECOND_MS = 1_000;

/**
 * How far the exchange's clock is from ours, as NTP knows it (RFC 5905, sections 8 and 10): the
 * answer was written somewhere within the round trip, so the offset is that from the trip's middle,
 * give or take half of the trip. Of the last samples the one that is known best is believed; an old
 * one is known less well, since clocks drift.
 */
export class ClockOffsetEstimator {
  #samples: ClockSample[] = [];

  add(sample: ClockSample): void {
    if (sample.receivedTime < sample.sentTime) return;
    const news = offsetOf(sample, false);
    // One of two that exclude each other is wrong: a clock was set since the older one was taken.
    const agreeing = this.#samples.filter((known) => {
      const { offsetMs, uncertaintyMs } = offsetOf(known, false);
      const apartMs = Math.abs(offsetMs - news.offsetMs);
      return apartMs <= uncertaintyMs + news.uncertaintyMs + SECOND_MS;
    });
    this.#samples = [...agreeing, sample].slice(-MOST_SAMPLES);
  }

  /** Null until a sample came. */
  estimate(now: number): ClockOffset | null {
    // A clock that tells whole seconds only, as some do, has been running since it struck.
    const isCut = this.#samples.every(({ exchangeTime }) => exchangeTime % SECOND_MS === 0);
    let best: ClockOffset | null = null;
    for (const sample of this.#samples) {
      const { offsetMs, uncertaintyMs } = offsetOf(sample, isCut);
      const aged = uncertaintyMs + DRIFT * Math.max(0, now - sample.receivedTime);
      if (!best || aged <= best.uncertaintyMs) best = { offsetMs, uncertaintyMs: aged };
    }
    return best;
  }
}

function offsetOf({ sentTime, exchangeTime, receivedTime }: ClockSample, isCut: boolean) {
  const cutMs = isCut ? SECOND_MS / 2 : 0;
  return {
    offsetMs: exchangeTime + cutMs - (sentTime + receivedTime) / 2,
    uncertaintyMs: (receivedTime - sentTime) / 2 + cutMs,
  };
}
