import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { MarketHours } from './feed.ts';

const LEAST_STALE_MS = 10_000;
const USUAL_GAPS = 3;
const REMEMBERED_GAPS = 64;

export type GapEvent = Extract<MarketEvent, { kind: 'gap' }>;

/** A stretch without events that has come to its end. */
export interface EndedGap {
  /** By our clock. */
  readonly gap: GapEvent;
  /** The exchange's clock at the events on both sides; null where they carried none. */
  readonly lastEventTime: EpochMs | null;
  readonly nextEventTime: EpochMs | null;
}

/** What is known of one instrument of a feed: when it was heard of, and how often that is usual. */
export class InstrumentWatch {
  readonly id: InstrumentId;
  /** The exchange's clock at the last event, ours where it sends none. */
  lastEventTime: EpochMs | null = null;
  isStale = false;
  /** While its market sleeps: until when, as far as the exchange says. Null while it is open. */
  closed: { readonly untilTime: EpochMs | null } | null = null;
  /** Our wall clock at the last event, or when waiting for one began. */
  #heardTime: EpochMs;
  /** By the feed's own stamps, which in a replay are those of the recording. */
  #lastReceivedTime: EpochMs | null = null;
  /** As `lastEventTime`, without ours where the exchange sends none. */
  #lastExchangeTime: EpochMs | null = null;
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

  /** A market that opens is waited for afresh: its sleep is nobody's usual gap. */
  setHours(hours: MarketHours, now: EpochMs): void {
    const wasClosed = this.closed !== null;
    this.closed = hours.isOpen ? null : { untilTime: hours.untilTime };
    if (this.closed) this.isStale = false;
    else if (wasClosed) this.startWaiting(now);
  }

  /** Notes an event. Returns the gap that it ends, if there is one. */
  hear(now: EpochMs, eventTime: EpochMs | null, receivedTime: EpochMs): EndedGap | null {
    if (now > this.#heardTime && !this.#isFirst) this.#remember(now - this.#heardTime);
    this.#heardTime = now;
    this.#isFirst = false;
    this.isStale = false;
    const gap = this.#endGap(receivedTime);
    const lastEventTime = this.#lastExchangeTime;
    this.#lastReceivedTime = receivedTime;
    this.#lastExchangeTime = eventTime ?? this.#lastExchangeTime;
    this.lastEventTime = eventTime ?? this.lastEventTime ?? receivedTime;
    return gap && { gap, lastEventTime, nextEventTime: eventTime };
  }

  /** Rule F3. Returns whether that is news. */
  checkStale(now: EpochMs): boolean {
    if (this.closed) return false;
    const staleAfterMs = Math.max(LEAST_STALE_MS, USUAL_GAPS * this.#usualGapMs());
    const wasStale = this.isStale;
    this.isStale = now - this.#heardTime > staleAfterMs;
    return this.isStale !== wasStale;
  }

  /** None where time went back, as when a replay begins again. */
  #endGap(toTime: EpochMs): GapEvent | null {
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
