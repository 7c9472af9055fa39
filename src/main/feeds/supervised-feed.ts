import type { FeedStatus } from '#contract/model.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { FeedState } from '#domain/feed.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { backoffMs } from './backoff.ts';
import { timesOf } from './event-times.ts';
import type { Feed, FeedEnd, FeedSink, Rejection } from './feed.ts';
import { InstrumentWatch } from './instrument-watch.ts';
import { sleep } from './sleep.ts';
import { TradeRate } from './trade-rate.ts';

const MOST_SAMPLES = 20;
/** A connection that lasts so long was a good one: the next failure starts again at a short delay. */
const GOOD_CONNECTION_MS = 10_000;

export interface SupervisedFeedOptions {
  readonly id: string;
  readonly spec: string;
  readonly feed: Feed;
  readonly instruments: readonly Instrument[];
  readonly clock: TimerClock;
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number;
  readonly onEvents: (events: readonly MarketEvent[]) => void;
  readonly onStateChange: () => void;
  /** A feed threw: a bug. The feed is tried again like after any failure. */
  readonly onCrash: (feedId: string, error: unknown) => void;
  /** The first of what the parser refused: as many as are kept for the status. */
  readonly onRejected: (feedId: string, rejection: Rejection) => void;
}

/** One feed under supervision: runs it, runs it again when it fails, and knows how it is. */
export class SupervisedFeed {
  readonly id: string;
  readonly instruments: readonly Instrument[];
  readonly feed: Feed;
  readonly #options: SupervisedFeedOptions;
  readonly #watches: ReadonlyMap<InstrumentId, InstrumentWatch>;
  readonly #tradeRate = new TradeRate();
  readonly #rejectedSamples: Rejection[] = [];
  #rejected = 0;
  #reconnects = 0;
  #lagMs: number | null = null;
  #state: FeedState = { kind: 'connecting', attempt: 1, nextTryTime: null };
  #attempt = 1;
  #liveSince: EpochMs | null = null;
  /** Since it was started: whether the next connection is a reconnection. */
  #wasLive = false;
  #isStarted = false;
  #abort = new AbortController();
  /** Aborting it ends the wait for the next try; null while there is none. */
  #waiting: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: SupervisedFeedOptions) {
    this.#options = options;
    this.id = options.id;
    this.feed = options.feed;
    this.instruments = options.instruments;
    const now = options.clock.now();
    this.#watches = new Map(
      options.instruments.map(({ id }) => [id, new InstrumentWatch(id, now)]),
    );
  }

  /** Starts running; does nothing where it already does. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#wasLive = false;
    this.#attempt = 1;
    this.#abort = new AbortController();
    this.#running = this.#runForever(this.#abort.signal);
  }

  /** Resolves when nothing runs any more; consumers are told that the books are gone. */
  async stop(reason: string): Promise<void> {
    if (this.#isStarted) {
      this.#isStarted = false;
      this.#abort.abort();
      this.#loseConnection(reason);
      this.#setState({ kind: 'connecting', attempt: 1, nextTryTime: null });
    }
    await this.#running;
  }

  /** After sleep or a network change: what waits for its next try does so now, and from a short delay. */
  resume(): void {
    this.#attempt = 1;
    this.#waiting?.abort();
  }

  /** Looks for silence. Returns whether a state changed. */
  checkStaleness(): boolean {
    if (this.#state.kind !== 'live' && this.#state.kind !== 'stale') return false;
    const now = this.#now();
    let changed = false;
    for (const watch of this.#watches.values()) changed = watch.checkStale(now) || changed;
    if (changed) this.#state = this.#liveOrStale();
    return changed;
  }

  status(): FeedStatus {
    return {
      id: this.id,
      exchange: this.feed.exchange,
      spec: this.#options.spec,
      state: this.#state,
      instruments: [...this.#watches.values()].map((watch) => ({
        id: watch.id,
        state: this.#instrumentState(watch),
        lastEventTime: watch.lastEventTime,
      })),
      lagMs: this.#lagMs,
      tradesPerMinute: this.#tradeRate.perMinute(this.#now()),
      reconnects: this.#reconnects,
      rejected: this.#rejected,
      rejectedSamples: [...this.#rejectedSamples],
    };
  }

  /** Rule F3: never gives up, unless trying again cannot help. */
  async #runForever(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#setState({ kind: 'connecting', attempt: this.#attempt, nextTryTime: null });
      const end = await this.#runOnce(signal);
      if (signal.aborted || end.kind === 'aborted') return;
      if (end.kind === 'ended') {
        this.#setState({ kind: 'ended' });
        return;
      }
      this.#loseConnection(end.failure.message);
      if (end.isFinal) {
        this.#setState({ kind: 'failed', reason: end.failure.message });
        return;
      }
      await this.#waitToRetry(end.failure.message, signal);
    }
  }

  async #runOnce(signal: AbortSignal): Promise<FeedEnd> {
    try {
      return await this.feed.run(this.#sink(signal), signal);
    } catch (error) {
      this.#options.onCrash(this.id, error);
      const message = 'The feed stopped on an internal error.';
      return { kind: 'failed', failure: { code: 'internal', message }, isFinal: false };
    }
  }

  /** What a run that was stopped still has to say is not heard. */
  #sink(signal: AbortSignal): FeedSink {
    return {
      onEvents: (events) => {
        if (!signal.aborted) this.#onEvents(events);
      },
      onState: (state) => {
        if (!signal.aborted) this.#onState(state);
      },
      onRejected: (rejection) => {
        if (signal.aborted) return;
        this.#rejected++;
        if (this.#rejectedSamples.length >= MOST_SAMPLES) return;
        this.#rejectedSamples.push(rejection);
        this.#options.onRejected(this.id, rejection);
      },
      onMarketHours: () => undefined,
      onClockSample: () => undefined,
    };
  }

  #onState(state: FeedState): void {
    if (state.kind === 'live') this.#goLive();
    else if (state.kind === 'disconnected') this.#loseConnection(state.reason);
    if (state.kind === 'disconnected' || state.kind === 'connecting') this.#setState(state);
  }

  #onEvents(events: readonly MarketEvent[]): void {
    if (this.#liveSince === null) this.#goLive();
    const now = this.#now();
    let wasStale = false;
    const passedOn: MarketEvent[] = [];
    for (const event of events) {
      const watch = this.#watches.get(instrumentOf(event));
      if (watch && event.kind !== 'gap' && event.kind !== 'bookLost') {
        wasStale ||= watch.isStale;
        const gap = this.#note(watch, event, now);
        if (gap) passedOn.push(gap);
      }
      passedOn.push(event);
    }
    this.#options.onEvents(passedOn);
    if (wasStale) this.#setState(this.#liveOrStale());
  }

  #note(watch: InstrumentWatch, event: MarketEvent, now: EpochMs): MarketEvent | null {
    const { eventTime, receivedTime } = timesOf(event);
    if (event.kind === 'trade') this.#tradeRate.add(now);
    if (eventTime !== null) this.#lagMs = receivedTime - eventTime;
    return watch.hear(now, eventTime, receivedTime);
  }

  #goLive(): void {
    if (this.#liveSince !== null) return;
    const now = this.#now();
    this.#liveSince = now;
    if (this.#wasLive) this.#reconnects++;
    this.#wasLive = true;
    for (const watch of this.#watches.values()) watch.startWaiting(now);
    this.#setState({ kind: 'live' });
  }

  /** From here on nothing is known: the books are lost, and a gap begins. */
  #loseConnection(reason: string): void {
    const now = this.#now();
    const liveSince = this.#liveSince;
    if (liveSince === null) return;
    this.#liveSince = null;
    if (now - liveSince >= GOOD_CONNECTION_MS) this.#attempt = 1;
    const lost: MarketEvent[] = [];
    for (const watch of this.#watches.values()) {
      watch.disconnect(reason);
      lost.push({ kind: 'bookLost', instrumentId: watch.id, reason, receivedTime: now });
    }
    this.#options.onEvents(lost);
  }

  async #waitToRetry(reason: string, signal: AbortSignal): Promise<void> {
    const delayMs = backoffMs(this.#attempt++, this.#options.random);
    const nextTryTime = (this.#now() + delayMs) as EpochMs;
    this.#waiting = new AbortController();
    this.#setState({ kind: 'disconnected', reason, nextTryTime });
    await sleep(this.#options.clock, delayMs, AbortSignal.any([signal, this.#waiting.signal]));
    this.#waiting = null;
  }

  /** A feed is stale when all of its instruments are: since the last of them fell silent. */
  #liveOrStale(): FeedState {
    const watches = [...this.#watches.values()];
    if (watches.length === 0 || watches.some(({ isStale }) => !isStale)) return { kind: 'live' };
    const sinceTime = Math.max(...watches.map(({ silentSince }) => silentSince)) as EpochMs;
    return { kind: 'stale', sinceTime };
  }

  #instrumentState(watch: InstrumentWatch): FeedState {
    if (this.#state.kind !== 'live' && this.#state.kind !== 'stale') return this.#state;
    return watch.isStale ? { kind: 'stale', sinceTime: watch.silentSince } : { kind: 'live' };
  }

  #setState(state: FeedState): void {
    this.#state = state;
    this.#options.onStateChange();
  }

  #now(): EpochMs {
    return this.#options.clock.now();
  }
}
