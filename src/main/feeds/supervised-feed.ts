import { type Failure, fail, type Result, succeed } from '#contract/errors.ts';
import type { FeedStatus } from '#contract/model.ts';
import { candleOpenTime } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { FeedState } from '#domain/feed.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { type MarketEvent, receivedTimeOf } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { BackfillQueue, type FilledStretch } from './backfill-queue.ts';
import { backoffMs } from './backoff.ts';
import { endOfRun, unlessAborted } from './end-of-run.ts';
import type { Feed, FeedEnd, FeedSink, Rejection } from './feed.ts';
import { FeedJournal } from './feed-journal.ts';
import type { FeedTiming } from './latency-meter.ts';
import type { Remaining } from './remaining-instruments.ts';
import { SilenceLimit } from './silence-limit.ts';
import { sinkUntil } from './sink-until.ts';
import { sleep } from './sleep.ts';

/** A connection that lasts so long was a good one: the next failure starts again at a short delay. */
const GOOD_CONNECTION_MS = 10_000;
/** A younger run is not begun anew: the machine woke and its network changed, both at once. */
const NEW_RUN_MS = 5_000;
/** A connection that has not come about by then never will. */
const CONNECT_TIMEOUT_MS = 60_000;

/** What a feed is to be worth: all that it names, or what its exchange still has of it. */
export type Wanted = 'all' | 'whatIsLeft';

export interface SupervisedFeedOptions {
  readonly id: string;
  readonly spec: string;
  readonly feed: Feed;
  readonly timing: FeedTiming;
  /** See `FeedSupervisor.keep`. */
  readonly wants: Wanted;
  readonly clock: TimerClock;
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number;
  /** A connection whose instruments have all been stale for so long is made anew. */
  readonly reconnectWhenStaleMs: number;
  /** Before a run that is not a reconnection, with what it will carry: may refuse, may take time. */
  readonly prepare: (instruments: readonly Instrument[]) => Promise<Result<void>>;
  /** When an instrument was last recorded; null where it never was. */
  readonly recordedUntil: (id: InstrumentId) => EpochMs | null;
  readonly onEvents: (events: readonly MarketEvent[]) => void;
  readonly onStateChange: () => void;
  /** A feed threw: a bug. The feed is tried again like after any failure. */
  readonly onCrash: (feedId: string, error: unknown) => void;
  /** What it carried the last time is not there any more: a sentence each. */
  readonly onMissing: (spec: string, reasons: readonly string[]) => void;
  /** The first of what the parser refused: as many as are kept for the status. */
  readonly onRejected: (feedId: string, rejection: Rejection) => void;
  /** A sample of the gaps that stay gaps, because the exchange could not tell what was missed. */
  readonly onBackfillFailed: (feedId: string, failure: Failure) => void;
  /** How long an event took from its receipt to its turn; not of recordings. Milliseconds. */
  readonly onIntake: ((latencyMs: number) => void) | null;
}

/** One feed under supervision: runs it, runs it again when it fails, and knows how it is. */
export class SupervisedFeed {
  readonly id: string;
  readonly spec: string;
  readonly feed: Feed;
  readonly #options: SupervisedFeedOptions;
  readonly #backfills: BackfillQueue;
  readonly #silence: SilenceLimit;
  /** None until the exchange has said what there is. */
  #instruments: readonly Instrument[] | null = null;
  #loading: Promise<Result<void>> | null = null;
  #journal: FeedJournal;
  #reconnects = 0;
  #state: FeedState = { kind: 'connecting', attempt: 1, nextTryTime: null };
  #attempt = 1;
  #liveSince: EpochMs | null = null;
  /** Since it was started: whether the next connection is a reconnection. */
  #wasLive = false;
  #isStarted = false;
  #abort = new AbortController();
  /** Aborting it ends this run alone: the next one follows at once. Null between runs. */
  #run: { readonly abort: AbortController; readonly startTime: EpochMs } | null = null;
  /** Aborting it ends the wait for the next try; null while there is none. */
  #waiting: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();
  readonly #sink: FeedSink = {
    onEvents: (events) => this.#onEvents(events),
    onState: (state) => this.#onState(state),
    onRejected: (rejection) => {
      if (this.#journal.onRejected(rejection)) this.#options.onRejected(this.id, rejection);
    },
    onMarketHours: (id, hours) => {
      this.#journal.onMarketHours(id, hours, this.#now());
      if (this.#isConnected()) this.#setState(this.#journal.connectedState());
    },
    onClockSample: (sample) => this.#journal.onClockSample(sample),
  };

  constructor(options: SupervisedFeedOptions) {
    this.#options = options;
    this.id = options.id;
    this.spec = options.spec;
    this.feed = options.feed;
    this.#journal = new FeedJournal([], options.timing, options.clock.now());
    this.#silence = new SilenceLimit(options.reconnectWhenStaleMs);
    this.#backfills = new BackfillQueue({
      clock: options.clock,
      random: options.random,
      onFilled: (filled) => this.#onFilled(filled),
      onFailed: (failure) => options.onBackfillFailed(this.id, failure),
      onCrash: (error) => options.onCrash(this.id, error),
    });
  }

  get instruments(): readonly Instrument[] {
    return this.#instruments ?? [];
  }

  /** Asks the feed what it carries, once; a failure may be asked about again. */
  loadInstruments(): Promise<Result<void>> {
    if (this.#instruments) return Promise.resolve(succeed(undefined));
    this.#loading ??= this.#askInstruments().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** Whether the exchange, or our own bug, may be gone the next time: a wrong request stays wrong. */
  isWorthRetrying({ code }: Failure): boolean {
    const isPassing = code === 'unavailable' || code === 'rate_limited' || code === 'internal';
    return isPassing && this.#options.timing === 'exchange';
  }

  /** Starts, where it does not run. Resolves when the first try has come to a run or to nothing. */
  start(): Promise<void> {
    if (this.#isStarted) return Promise.resolve();
    this.#isStarted = true;
    this.#wasLive = false;
    this.#attempt = 1;
    this.#abort = new AbortController();
    this.#journal.startOver();
    return new Promise((onTried) => {
      this.#running = this.#runForever(this.#abort.signal, onTried).finally(onTried);
    });
  }

  /** Resolves when nothing runs any more; consumers are told that the books are gone. */
  async stop(reason: string): Promise<void> {
    if (this.#isStarted) {
      this.#isStarted = false;
      this.#abort.abort();
      this.#backfills.clear();
      this.#loseConnection(reason);
      this.#setState({ kind: 'connecting', attempt: 1, nextTryTime: null });
    }
    await this.#running;
  }

  /**
   * After sleep or a network change: what waits for its next try does so now, and what is connected
   * connects anew, since its sockets are dead more often than not and would not say so.
   */
  resume(): void {
    this.#attempt = 1;
    if (this.#waiting) this.#waiting.abort();
    else this.#reconnect('the machine slept, or its network changed');
  }

  /** Looks for silence, and ends a connection that has been silent for too long. */
  checkStaleness(): void {
    const now = this.#now();
    const startTime = this.#run?.startTime ?? now;
    const isLate = Math.abs(now - startTime) >= CONNECT_TIMEOUT_MS;
    if (this.#state.kind === 'connecting' && isLate) {
      this.#reconnect('the exchange does not answer', 1);
    }
    if (!this.#isConnected()) return;
    if (this.#journal.checkStaleness(now)) this.#state = this.#journal.connectedState();
    if (this.#silence.isReached(this.#state.kind === 'stale', now)) {
      this.#reconnect('nothing came for too long', 1);
    }
  }

  status(): FeedStatus {
    return {
      id: this.id,
      exchange: this.feed.exchange,
      spec: this.spec,
      state: this.#state,
      ...this.#journal.status(this.#now(), this.#isConnected(), this.#state),
      reconnects: this.#reconnects,
    };
  }

  /** Rule F3: never gives up, unless trying again cannot help. */
  async #runForever(signal: AbortSignal, onTried: () => void): Promise<void> {
    if (!(await this.#prepare(signal, onTried))) return;
    while (!signal.aborted) {
      this.#setState({ kind: 'connecting', attempt: this.#attempt, nextTryTime: null });
      const abort = new AbortController();
      this.#run = { abort, startTime: this.#now() };
      const ending = this.#runOnce(AbortSignal.any([signal, abort.signal]));
      onTried();
      const end = await ending;
      this.#run = null;
      if (signal.aborted) return;
      if (abort.signal.aborted) continue;
      if (end.kind === 'aborted') return;
      if (!(await this.#retryAfter(end, signal))) return;
    }
  }

  /** Learns what the feed carries, as often as it takes. False where it cannot be. */
  async #prepare(signal: AbortSignal, onTried: () => void): Promise<boolean> {
    while (!signal.aborted) {
      this.#setState({ kind: 'connecting', attempt: this.#attempt, nextTryTime: null });
      const loaded = await unlessAborted(this.loadInstruments(), signal);
      const minute = candleOpenTime(this.#now(), '1m');
      const ready = loaded?.ok
        ? await unlessAborted(this.#options.prepare(this.instruments), signal)
        : loaded;
      if (signal.aborted || !ready) return false;
      if (ready.ok) {
        this.#missPast(minute);
        return true;
      }
      if (!this.isWorthRetrying(ready.error)) {
        this.#setState({ kind: 'failed', reason: ready.error.message });
        return false;
      }
      const waited = this.#waitToRetry(ready.error.message, signal);
      onTried();
      await waited;
    }
    return false;
  }

  /** Of an exchange, whose market went on while nobody watched; of others nothing was missed. */
  #missPast(minute: EpochMs): void {
    if (this.#options.timing !== 'exchange') return;
    const toldUntil = this.feed.backfill ? minute : null;
    for (const { id } of this.instruments) {
      this.#journal.missPast(id, { recordedUntil: this.#options.recordedUntil(id), toldUntil });
    }
  }

  async #askInstruments(): Promise<Result<void>> {
    try {
      const loaded = await this.#askWhatThereIs();
      if (!loaded.ok) return loaded;
      const { instruments, missing } = loaded.value;
      this.#instruments = instruments;
      this.#journal = new FeedJournal(instruments, this.#options.timing, this.#now());
      for (const reason of missing) this.#sink.onRejected({ line: null, reason });
      if (missing.length > 0) this.#options.onMissing(this.spec, missing);
      return succeed(undefined);
    } catch (error) {
      this.#options.onCrash(this.id, error);
      return fail('internal', 'The feed stopped on an internal error.');
    }
  }

  async #askWhatThereIs(): Promise<Result<Remaining>> {
    if (this.#options.wants === 'whatIsLeft' && this.feed.remaining) return this.feed.remaining();
    const loaded = await this.feed.instruments();
    return loaded.ok ? succeed({ instruments: loaded.value, missing: [] }) : loaded;
  }

  async #runOnce(signal: AbortSignal): Promise<FeedEnd> {
    try {
      const run = this.feed.run(sinkUntil(signal, this.#sink), signal);
      return await endOfRun(run, signal, this.#options.clock);
    } catch (error) {
      this.#options.onCrash(this.id, error);
      const message = 'The feed stopped on an internal error.';
      return { kind: 'failed', failure: { code: 'internal', message }, isFinal: false };
    }
  }

  /** False where there is nothing to try again. */
  async #retryAfter(end: FeedEnd, signal: AbortSignal): Promise<boolean> {
    if (end.kind !== 'failed') {
      this.#setState({ kind: 'ended' });
      return false;
    }
    const { message } = end.failure;
    this.#loseConnection(message);
    if (end.isFinal) {
      this.#setState({ kind: 'failed', reason: message });
      return false;
    }
    await this.#waitToRetry(message, signal);
    return true;
  }

  #onState(state: FeedState): void {
    if (state.kind === 'live') this.#goLive();
    else if (state.kind === 'disconnected') this.#loseConnection(state.reason);
    if (state.kind === 'disconnected' || state.kind === 'connecting') this.#setState(state);
  }

  #onEvents(events: readonly MarketEvent[]): void {
    if (this.#liveSince === null) this.#goLive();
    const now = this.#now();
    this.#noteIntake(events, now);
    const heard = this.#journal.hear(events, now, (trade) => this.#backfills.notice(trade));
    for (const rejection of heard.rejections) this.#sink.onRejected(rejection);
    this.#silence.onHeard(now);
    this.#options.onEvents(heard.events);
    if (this.feed.backfill) {
      for (const stretch of heard.stretches) this.#backfills.add(this.feed, stretch);
    }
    if (heard.wasStale) this.#setState(this.#journal.connectedState());
  }

  #noteIntake(events: readonly MarketEvent[], now: EpochMs): void {
    const { onIntake, timing } = this.#options;
    if (!onIntake || timing === 'recorded') return;
    for (const event of events) {
      const receivedTime = receivedTimeOf(event);
      if (receivedTime !== null) onIntake(Math.max(0, now - receivedTime));
    }
  }

  #onFilled({ stretch, trades, isComplete }: FilledStretch): void {
    const { instrumentId, fromTime, toTime } = stretch.gap;
    if (isComplete) this.#journal.onBackfilled(stretch.gap);
    if (trades.length === 0 && !isComplete) return;
    this.#options.onEvents([
      { kind: 'backfill', instrumentId, fromTime, toTime, trades, isComplete },
    ]);
  }

  #goLive(): void {
    if (this.#liveSince !== null) return;
    const now = this.#now();
    this.#liveSince = now;
    if (this.#wasLive) this.#reconnects++;
    this.#wasLive = true;
    this.#journal.startConnection(now);
    this.#silence.startConnection(now);
    this.#setState(this.#journal.connectedState());
  }

  /** Ends what runs, to run again at once. Nothing of a recording, or of ours, hangs on a socket. */
  #reconnect(reason: string, failures = 0): void {
    const run = this.#run;
    if (this.#options.timing !== 'exchange' || !run || run.abort.signal.aborted) return;
    // Before its start lies what a clock that was set back shows.
    if (Math.abs(this.#now() - run.startTime) < NEW_RUN_MS) return;
    run.abort.abort();
    this.#loseConnection(reason);
    this.#attempt += failures;
    this.#setState({ kind: 'connecting', attempt: this.#attempt, nextTryTime: null });
  }

  /** From here on nothing is known: the books are lost, and a gap begins. */
  #loseConnection(reason: string): void {
    const now = this.#now();
    const liveSince = this.#liveSince;
    if (liveSince === null) return;
    this.#liveSince = null;
    if (now - liveSince >= GOOD_CONNECTION_MS) this.#attempt = 1;
    this.#options.onEvents(this.#journal.loseConnection(reason, now));
  }

  async #waitToRetry(reason: string, signal: AbortSignal): Promise<void> {
    const delayMs = backoffMs(this.#attempt++, this.#options.random);
    const nextTryTime = (this.#now() + delayMs) as EpochMs;
    this.#waiting = new AbortController();
    this.#setState({ kind: 'disconnected', reason, nextTryTime });
    await sleep(this.#options.clock, delayMs, AbortSignal.any([signal, this.#waiting.signal]));
    this.#waiting = null;
  }

  #isConnected(): boolean {
    const { kind } = this.#state;
    return kind === 'live' || kind === 'stale' || kind === 'closed';
  }

  #setState(state: FeedState): void {
    this.#state = state;
    this.#options.onStateChange();
  }

  #now(): EpochMs {
    return this.#options.clock.now();
  }
}
