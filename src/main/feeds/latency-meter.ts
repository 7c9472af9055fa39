import type { EpochMs } from '#domain/units.ts';
import { type ClockOffset, ClockOffsetEstimator } from './clock-offset.ts';
import type { ClockSample } from './feed.ts';

/**
 * Whose clock stamps a feed's events: ours (the demo), an exchange's, or that of a recording, where
 * being late means nothing.
 */
export type FeedTiming = 'ours' | 'exchange' | 'recorded';

export interface LatencyReading {
  /** Median of the last events, milliseconds, not negative. Null where it is not known. */
  readonly lagMs: number | null;
  /** The exchange's clock minus ours; null where it was not measured: the lag is a lower bound. */
  readonly clockOffsetMs: number | null;
  readonly clockUncertaintyMs: number | null;
}

const UNKNOWN: LatencyReading = { lagMs: null, clockOffsetMs: null, clockUncertaintyMs: null };
const EVENTS = 101;
const BASELINE_BUCKETS = 60;
const BUCKET_MS = 10_000;
/** An event that is so much older than its connection is a past that was sent along. */
const PAST_MARGIN_MS = 1_000;

/**
 * How late events come, although two clocks disagree. With a measured offset the lag is what is left
 * of `received - event` when the offset is taken out. Without one the quickest event of the last ten
 * minutes is taken to have needed no time at all, so that the lag is the least that it can be.
 */
export class LatencyMeter {
  readonly #timing: FeedTiming;
  readonly #offset = new ClockOffsetEstimator();
  readonly #baseline = new RecentMinimum();
  /** `received - event` of the last events, and when each was received. */
  readonly #rawMs = new Float64Array(EVENTS);
  readonly #receivedTimes = new Float64Array(EVENTS);
  #count = 0;
  #connectedTime = 0;

  constructor(timing: FeedTiming) {
    this.#timing = timing;
  }

  startConnection(now: EpochMs): void {
    this.#connectedTime = now;
    this.#count = 0;
  }

  addSample(sample: ClockSample): void {
    this.#offset.add(sample);
  }

  hear(eventTime: EpochMs, receivedTime: EpochMs): void {
    const rawMs = receivedTime - eventTime;
    const index = this.#count++ % EVENTS;
    this.#rawMs[index] = rawMs;
    this.#receivedTimes[index] = receivedTime;
    this.#baseline.add(receivedTime, rawMs);
  }

  /** The best guess of the exchange's clock minus ours, milliseconds: 0 where nothing is known. */
  offsetMs(now: EpochMs): number {
    if (this.#timing === 'ours') return 0;
    return this.#measured(now)?.offsetMs ?? -(this.#baseline.value(now) ?? 0);
  }

  read(now: EpochMs): LatencyReading {
    if (this.#timing === 'recorded') return UNKNOWN;
    const lagMs = this.#medianLagMs(this.offsetMs(now));
    // Nothing comes before it happens: what is below zero is the offset's own uncertainty.
    const lag = lagMs === null ? null : Math.max(0, lagMs);
    if (this.#timing === 'ours') return { lagMs: lag, clockOffsetMs: 0, clockUncertaintyMs: 0 };
    const offset = this.#measured(now);
    return {
      lagMs: lag,
      clockOffsetMs: offset?.offsetMs ?? null,
      clockUncertaintyMs: offset?.uncertaintyMs ?? null,
    };
  }

  /** Null where events contradict it: the clock was set since, or stamps the events not at all. */
  #measured(now: EpochMs): ClockOffset | null {
    const offset = this.#offset.estimate(now);
    const lagMs = offset && this.#medianLagMs(offset.offsetMs);
    return offset && lagMs !== null && lagMs + offset.uncertaintyMs < 0 ? null : offset;
  }

  #medianLagMs(offsetMs: number): number | null {
    const lags: number[] = [];
    for (let i = 0; i < Math.min(EVENTS, this.#count); i++) {
      const lag = (this.#rawMs[i] ?? 0) + offsetMs;
      const happenedTime = (this.#receivedTimes[i] ?? 0) - lag;
      if (happenedTime >= this.#connectedTime - PAST_MARGIN_MS) lags.push(lag);
    }
    return lags.sort((a, b) => a - b)[Math.floor(lags.length / 2)] ?? null;
  }
}

/** The smallest value of the last ten minutes, at a grain of ten seconds. */
class RecentMinimum {
  readonly #minima = new Float64Array(BASELINE_BUCKETS).fill(Number.POSITIVE_INFINITY);
  #bucket = 0;

  add(time: number, value: number): void {
    this.#advance(time);
    const index = this.#bucket % BASELINE_BUCKETS;
    if (value < (this.#minima[index] ?? 0)) this.#minima[index] = value;
  }

  value(time: number): number | null {
    this.#advance(time);
    const least = Math.min(...this.#minima);
    return Number.isFinite(least) ? least : null;
  }

  /** Empties the buckets of the time that has passed. A clock set back changes nothing. */
  #advance(time: number): void {
    const bucket = Math.floor(time / BUCKET_MS);
    if (bucket <= this.#bucket) return;
    const passed = Math.min(BASELINE_BUCKETS, bucket - this.#bucket);
    for (let i = 0; i < passed; i++) {
      this.#minima[(bucket - i) % BASELINE_BUCKETS] = Number.POSITIVE_INFINITY;
    }
    this.#bucket = bucket;
  }
}
