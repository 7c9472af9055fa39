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
  /** Something that was watched, or had been, was missed; not merely the time before the first event. */
  readonly isOutage: boolean;
  /** The exchange's clock at the events on both sides; null where they carried none. */
  readonly lastEventTime: EpochMs | null;
  readonly nextEventTime: EpochMs | null;
}

/** What is not known of the time before a feed's first event. */
export interface UnknownPast {
  /** When this instrument was last recorded; null where it never was. */
  readonly recordedUntil: EpochMs | null;
  /**
   * The exchange's candles tell of all before this time, and it can be asked about what came after;
   * null where it cannot be asked.
   */
  readonly toldUntil: EpochMs | null;
}

const NOT_RUNNING = 'Tapedeck was not running';
const NOT_YET_HEARD = 'before the first event';

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
  /** That clock when it was last looked at. */
  #seenTime: EpochMs;
  /** By the feed's own stamps, which in a replay are those of the recording. */
  #lastReceivedTime: EpochMs | null = null;
  /** As `lastEventTime`, without ours where the exchange sends none. */
  #lastExchangeTime: EpochMs | null = null;
  /** Why the stretch since the last event is unknown; null while nothing is. */
  #gapReason: string | null = null;
  /** Until the first event ever. */
  #unknownPast: UnknownPast | null = null;
  readonly #gapsMs: number[] = [];
  #nextGap = 0;
  #isFirst = true;

  constructor(id: InstrumentId, now: EpochMs) {
    this.id = id;
    this.#heardTime = now;
    this.#seenTime = now;
  }

  /** Silence since this time. */
  get silentSince(): EpochMs {
    return this.#heardTime;
  }

  /** Before the first connection: what lies before its first event is missing, too. */
  missPast(past: UnknownPast): void {
    if (this.#lastReceivedTime === null) this.#unknownPast = past;
  }

  /** A connection begins: silence counts from now, and the outage is nobody's usual gap. */
  startWaiting(now: EpochMs): void {
    this.#heardTime = now;
    this.#seenTime = now;
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

  /** Notes an event. Returns the gaps that it ends, by time: hardly ever one, at the start two. */
  hear(now: EpochMs, eventTime: EpochMs | null, receivedTime: EpochMs): readonly EndedGap[] {
    if (now > this.#heardTime && !this.#isFirst) this.#remember(now - this.#heardTime);
    this.#heardTime = now;
    this.#seenTime = now;
    this.#isFirst = false;
    this.isStale = false;
    const gaps = this.#unknownPast
      ? this.#endPast(this.#unknownPast, eventTime, receivedTime)
      : this.#endGap(eventTime, receivedTime);
    this.#unknownPast = null;
    this.#lastReceivedTime = receivedTime;
    this.#lastExchangeTime = eventTime ?? this.#lastExchangeTime;
    this.lastEventTime = eventTime ?? this.lastEventTime ?? receivedTime;
    return gaps;
  }

  /** Rule F3. Returns whether that is news. */
  checkStale(now: EpochMs): boolean {
    if (this.closed) return false;
    this.#followClock(now);
    const staleAfterMs = Math.max(LEAST_STALE_MS, USUAL_GAPS * this.#usualGapMs());
    const wasStale = this.isStale;
    this.isStale = now - this.#heardTime > staleAfterMs;
    return this.isStale !== wasStale;
  }

  /** A clock that was set back must not hide a silence until it has made up for that. */
  #followClock(now: EpochMs): void {
    const setBackMs = this.#seenTime - now;
    this.#seenTime = now;
    if (setBackMs > 0) this.#heardTime = (this.#heardTime - setBackMs) as EpochMs;
  }

  /** None where time went back, as when a replay begins again. */
  #endGap(nextEventTime: EpochMs | null, toTime: EpochMs): readonly EndedGap[] {
    const reason = this.#gapReason;
    const fromTime = this.#lastReceivedTime;
    this.#gapReason = null;
    if (reason === null || fromTime === null || toTime <= fromTime) return [];
    const gap = this.#gap(fromTime, toTime, reason);
    return [{ gap, isOutage: true, lastEventTime: this.#lastExchangeTime, nextEventTime }];
  }

  /** In two: what the candles do not tell of is the more urgent to be asked about, and the shorter. */
  #endPast(
    { recordedUntil, toldUntil }: UnknownPast,
    nextEventTime: EpochMs | null,
    toTime: EpochMs,
  ): readonly EndedGap[] {
    const ended: EndedGap[] = [];
    const endTime = toldUntil ?? toTime;
    if (recordedUntil !== null && recordedUntil < endTime) {
      const gap = this.#gap(recordedUntil, endTime, NOT_RUNNING);
      const edges = { lastEventTime: recordedUntil, nextEventTime: toldUntil ?? nextEventTime };
      ended.push({ gap, isOutage: true, ...edges });
    }
    const fromTime = Math.max(recordedUntil ?? 0, endTime) as EpochMs;
    if (fromTime < toTime) {
      const isOutage = fromTime === recordedUntil;
      const gap = this.#gap(fromTime, toTime, isOutage ? NOT_RUNNING : NOT_YET_HEARD);
      ended.push({ gap, isOutage, lastEventTime: fromTime, nextEventTime });
    }
    return ended;
  }

  #gap(fromTime: EpochMs, toTime: EpochMs, reason: string): GapEvent {
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
