import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';

const LEAST_STALE_MS = 10_000;
const USUAL_GAPS = 3;
const REMEMBERED_GAPS = 64;

/** What is known of one instrument of a feed: when it was heard of, and how often that is usual. */
export class InstrumentWatch {
  readonly id: InstrumentId;
  /** The exchange's clock at the last event, ours where it sends none. */
  lastEventTime: EpochMs | null = null;
  isStale = false;
  /** Our wall clock at the last event, or when waiting for one began. */
  #heardTime: EpochMs;
  /** By the feed's own stamps, which in a replay are those of the recording. */
  #lastReceivedTime: EpochMs | null = null;
  /** Why the stretch since the last event is unknown; null while nothing is. */
  #gapReason: string | null = null;
  readonly #gapsMs: number[] = [];
  #nextGap = 0;
  #isFirst = true;

  constructor(id: InstrumentId, now: EpochMs) {
    this.id = id;
    this.#heardTime = now;
  }

  /** Silence since this time. */
  get silentSince(): EpochMs {
    return this.#heardTime;
  }

  /** A connection begins: silence counts from now, and the outage is nobody's usual gap. */
  startWaiting(now: EpochMs): void {
    this.#heardTime = now;
    this.isStale = false;
    this.#isFirst = true;
  }

  /** The connection broke: what happens until the next event will be missing. */
  disconnect(reason: string): void {
    if (this.#lastReceivedTime !== null) this.#gapReason ??= reason;
  }

  /** Notes an event. Returns the gap that it ends, if there is one. */
  hear(
    now: EpochMs,
    eventTime: EpochMs | null,
    receivedTime: EpochMs,
  ): Extract<MarketEvent, { kind: 'gap' }> | null {
    if (now > this.#heardTime && !this.#isFirst) this.#remember(now - this.#heardTime);
    this.#heardTime = now;
    this.#isFirst = false;
    this.isStale = false;
    const gap = this.#endGap(receivedTime);
    this.#lastReceivedTime = receivedTime;
    this.lastEventTime = eventTime ?? this.lastEventTime ?? receivedTime;
    return gap;
  }

  /** Rule F3. Returns whether that is news. */
  checkStale(now: EpochMs): boolean {
    const staleAfterMs = Math.max(LEAST_STALE_MS, USUAL_GAPS * this.#usualGapMs());
    const wasStale = this.isStale;
    this.isStale = now - this.#heardTime > staleAfterMs;
    return this.isStale !== wasStale;
  }

  /** None where time went back, as when a replay begins again. */
  #endGap(toTime: EpochMs): Extract<MarketEvent, { kind: 'gap' }> | null {
    const reason = this.#gapReason;
    const fromTime = this.#lastReceivedTime;
    this.#gapReason = null;
    if (reason === null || fromTime === null || toTime <= fromTime) return null;
    return { kind: 'gap', instrumentId: this.id, fromTime, toTime, reason };
  }

  #remember(gapMs: number): void {
    this.#gapsMs[this.#nextGap] = gapMs;
    this.#nextGap = (this.#nextGap + 1) % REMEMBERED_GAPS;
  }

  /** The median: one long silence does not make the next one usual. */
  #usualGapMs(): number {
    const sorted = this.#gapsMs.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  }
}
