import { type Failure, fail, type Result, succeed } from '#contract/errors.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { unlessAborted } from './end-of-run.ts';
import type { Feed, Rejection } from './feed.ts';
import { type FeedSpec, parseFeedSpec } from './feed-spec.ts';
import type { FeedTiming } from './latency-meter.ts';
import { SupervisedFeed, type Wanted } from './supervised-feed.ts';

/** How often silence is looked for and counters are told; changes of state are told at once. */
const CHECK_MS = 1_000;
const RECONNECT_WHEN_STALE_MS = 30_000;
/** Whoever asks is told something by then, whatever an exchange takes. */
const ANSWER_TIMEOUT_MS = 8_000;

interface FeedListeners {
  readonly onEvents: (events: readonly MarketEvent[]) => void;
  /** All feeds, complete each time: at once when a state changes, else each second. */
  readonly onStatus: (statuses: readonly FeedStatus[]) => void;
  /** All instruments in the watchlist's order, whenever they change. */
  readonly onInstruments: (instruments: readonly Instrument[]) => void;
  /** A feed, or what loads its past, threw: to be logged. The supervisor goes on. */
  readonly onCrash: (feedId: string, error: unknown) => void;
  /** What a feed carried the last time is not there any more: a sentence each, for the user. */
  readonly onMissing?: (spec: string, reasons: readonly string[]) => void;
  /** A sample of what the parser refused (rule F5), to be logged. */
  readonly onRejected: (feedId: string, rejection: Rejection) => void;
  /** A sample of the gaps that stay gaps, to be logged. */
  readonly onBackfillFailed: (feedId: string, failure: Failure) => void;
  /** How long an event took from its receipt to its turn; not of recordings. Milliseconds. */
  readonly onIntake?: (latencyMs: number) => void;
}

export interface FeedSupervisorOptions {
  readonly clock: TimerClock;
  readonly createFeed: (spec: FeedSpec) => Feed;
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number;
  /** Awaited before a feed starts or is restarted, not when it reconnects: time to load a past. */
  readonly beforeStart?: (feed: Feed, instruments: readonly Instrument[]) => Promise<void>;
  /** When an instrument was last recorded: what came since then, and before the first event, is a gap. */
  readonly recordedUntil?: (id: InstrumentId) => EpochMs | null;
  /** A connection whose instruments have all been stale for so long is made anew; 30 s. */
  readonly reconnectWhenStaleMs?: number;
  readonly listeners: FeedListeners;
}

/** Rule F3: keeps every feed running, and knows of each how it is. */
export class FeedSupervisor {
  readonly #options: FeedSupervisorOptions;
  /** In the order in which they were added. */
  readonly #feeds = new Map<string, SupervisedFeed>();
  /** Who carries an instrument: the first that knew to have it. */
  readonly #carriers = new Map<InstrumentId, SupervisedFeed>();
  readonly #stopChecking: () => void;
  readonly #restarts = new Map<string, Promise<Result<FeedStatus>>>();
  #nextNumber = 1;
  #isDisposed = false;

  constructor(options: FeedSupervisorOptions) {
    this.#options = options;
    this.#stopChecking = options.clock.setInterval(() => this.#check(), CHECK_MS);
  }

  /**
   * Starts a feed. One that can never work is refused with one sentence; one whose exchange cannot
   * be reached, or does not answer in time, is taken, shown as it is, and tried until it can.
   */
  async add(specText: string): Promise<Result<FeedStatus>> {
    const examined = await this.#examine(specText);
    if (!examined.ok) return examined;
    const feed = examined.value;
    const conflict = this.#conflictOf(feed);
    if (conflict) return conflict;
    this.#feeds.set(feed.id, feed);
    return this.#begin(feed);
  }

  /**
   * Puts another feed in the place of one. Where the other one can never work, the one goes on
   * undisturbed. What both carry stays in the watchlist all the time, and has a gap.
   */
  async change(feedId: string, specText: string): Promise<Result<FeedStatus>> {
    const examined = await this.#examine(specText);
    if (!examined.ok) return examined;
    const former = this.#feeds.get(feedId);
    if (!former) return unknownFeed(feedId);
    const feed = examined.value;
    const conflict = this.#conflictOf(feed, former);
    if (conflict) return conflict;
    for (const { id } of this.#carriedBy(former)) this.#carriers.delete(id);
    for (const { id } of feed.instruments) this.#carriers.set(id, feed);
    const inOrder = [...this.#feeds.values()].map((one) => (one === former ? feed : one));
    this.#feeds.clear();
    for (const one of inOrder) this.#feeds.set(one.id, one);
    await former.stop('the feed was changed');
    return this.#begin(feed);
  }

  /**
   * Starts a feed that is to be there whether it works or not: it is in the list when this returns. Of one that worked
   * before `whatIsLeft` is enough: what an exchange has delisted takes nothing else with it. Resolves after its first
   * try, with the reason where it can never work.
   */
  async keep(specText: string, wants: Wanted = 'all'): Promise<Result<FeedStatus>> {
    const supervised = this.#create(specText, wants);
    if (!supervised.ok) return supervised;
    const feed = supervised.value;
    this.#feeds.set(feed.id, feed);
    await feed.start();
    const status = feed.status();
    const { state } = status;
    return state.kind === 'failed' ? fail('unavailable', state.reason) : succeed(status);
  }

  /** Stops a feed and forgets it. */
  async remove(feedId: string): Promise<Result<null>> {
    const supervised = this.#feeds.get(feedId);
    if (!supervised) return unknownFeed(feedId);
    this.#feeds.delete(feedId);
    for (const { id } of this.#carriedBy(supervised)) this.#carriers.delete(id);
    await supervised.stop('the feed was removed');
    this.#options.listeners.onInstruments(this.instruments());
    this.#tellStatus();
    return succeed(null);
  }

  /** Begins anew, whatever the state: a live feed connects again, a replay plays from its start. */
  restart(feedId: string): Promise<Result<FeedStatus>> {
    const underWay = this.#restarts.get(feedId);
    if (underWay) return underWay;
    const restart = this.#restart(feedId).finally(() => this.#restarts.delete(feedId));
    this.#restarts.set(feedId, restart);
    return restart;
  }

  /** After sleep or a network change: every feed of an exchange connects anew, at once. */
  resume(): void {
    for (const supervised of this.#feeds.values()) supervised.resume();
  }

  statuses(): FeedStatus[] {
    return [...this.#feeds.values()].map((supervised) => supervised.status());
  }

  /** In the watchlist's order: first come, first. */
  instruments(): Instrument[] {
    return [...this.#feeds.values()].flatMap((supervised) => this.#carriedBy(supervised));
  }

  /**
   * Closed candles of the past from the exchange, oldest first; none where it keeps none, cannot say
   * or takes too long.
   */
  async history(
    id: InstrumentId,
    interval: CandleInterval,
    fromTime: EpochMs,
    toTime: EpochMs,
  ): Promise<readonly Candle[]> {
    const carrier = this.#carriers.get(id);
    const asked = carrier?.feed.history?.(id, interval, fromTime, toTime);
    if (!carrier || !asked) return [];
    try {
      return (await this.#withinTime(asked, ANSWER_TIMEOUT_MS)) ?? [];
    } catch (error) {
      this.#options.listeners.onCrash(carrier.id, error);
      return [];
    }
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#stopChecking();
    const stopping = [...this.#feeds.values()].map((feed) => feed.stop('Tapedeck is closing'));
    await Promise.all(stopping);
    this.#feeds.clear();
  }

  /** A feed that is worth starting: it may work, as far as its exchange says in time. */
  async #examine(specText: string): Promise<Result<SupervisedFeed>> {
    const supervised = this.#create(specText);
    if (!supervised.ok) return supervised;
    const feed = supervised.value;
    const loaded = await this.#withinTime(feed.loadInstruments(), ANSWER_TIMEOUT_MS);
    if (loaded && !loaded.ok && !feed.isWorthRetrying(loaded.error)) return loaded;
    return this.#isDisposed ? closing() : supervised;
  }

  async #begin(feed: SupervisedFeed): Promise<Result<FeedStatus>> {
    await this.#withinTime(feed.start(), ANSWER_TIMEOUT_MS);
    return this.#feeds.get(feed.id) === feed ? succeed(feed.status()) : unknownFeed(feed.id);
  }

  async #restart(feedId: string): Promise<Result<FeedStatus>> {
    const supervised = this.#feeds.get(feedId);
    if (!supervised) return unknownFeed(feedId);
    await supervised.stop('the feed was restarted');
    if (this.#isDisposed || this.#feeds.get(feedId) !== supervised) return unknownFeed(feedId);
    await supervised.start();
    return succeed(supervised.status());
  }

  /** Before a feed runs: what it carries joins the watchlist, with a past where there is one. */
  async #prepare(supervised: SupervisedFeed): Promise<Result<void>> {
    const conflict = this.#conflictOf(supervised);
    if (conflict) return conflict;
    for (const { id } of supervised.instruments) this.#carriers.set(id, supervised);
    try {
      await this.#options.beforeStart?.(supervised.feed, supervised.instruments);
    } catch (error) {
      this.#options.listeners.onCrash(supervised.id, error);
    }
    // What was removed while its past was loading does not start.
    if (this.#isDisposed || this.#feeds.get(supervised.id) !== supervised) return closing();
    this.#options.listeners.onInstruments(this.instruments());
    return succeed(undefined);
  }

  #create(specText: string, wants: Wanted = 'all'): Result<SupervisedFeed> {
    const spec = parseFeedSpec(specText);
    if (!spec.ok) return spec;
    const { clock, random, listeners, createFeed, reconnectWhenStaleMs } = this.#options;
    const feed = createFeed(spec.value);
    const supervised: SupervisedFeed = new SupervisedFeed({
      ...{ id: `${feed.exchange}-${this.#nextNumber++}`, spec: specText.trim(), feed },
      ...{ clock, random, wants, timing: timingOf(spec.value) },
      reconnectWhenStaleMs: reconnectWhenStaleMs ?? RECONNECT_WHEN_STALE_MS,
      prepare: () => this.#prepare(supervised),
      recordedUntil: (id) => this.#options.recordedUntil?.(id) ?? null,
      onEvents: (events) => {
        if (!this.#isDisposed) listeners.onEvents(events);
      },
      onStateChange: () => this.#tellStatus(),
      onCrash: listeners.onCrash,
      onMissing: listeners.onMissing ?? (() => undefined),
      onRejected: listeners.onRejected,
      onBackfillFailed: listeners.onBackfillFailed,
      onIntake: listeners.onIntake ?? null,
    });
    return succeed(supervised);
  }

  /** Null where it takes longer; it goes on all the same. */
  async #withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T | null> {
    const deadline = new AbortController();
    const cancel = this.#options.clock.setTimeout(() => deadline.abort(), timeoutMs);
    try {
      return await unlessAborted(work, deadline.signal);
    } finally {
      cancel();
    }
  }

  /** Two feeds with one instrument would mix two streams into one. */
  #conflictOf(feed: SupervisedFeed, except?: SupervisedFeed) {
    for (const { id } of feed.instruments) {
      const carrier = this.#carriers.get(id);
      if (carrier && carrier !== feed && carrier !== except) {
        return fail('conflict', `${id} is already carried by the feed ${carrier.spec}.`);
      }
    }
    return undefined;
  }

  #carriedBy(feed: SupervisedFeed): readonly Instrument[] {
    return feed.instruments.filter(({ id }) => this.#carriers.get(id) === feed);
  }

  #check(): void {
    if (this.#feeds.size === 0) return;
    for (const supervised of this.#feeds.values()) supervised.checkStaleness();
    this.#tellStatus();
  }

  #tellStatus(): void {
    if (!this.#isDisposed) this.#options.listeners.onStatus(this.statuses());
  }
}

/** Whose clock a feed's events carry. */
function timingOf({ kind }: FeedSpec): FeedTiming {
  if (kind === 'demo') return 'ours';
  return kind === 'replay' || kind === 'replayTape' ? 'recorded' : 'exchange';
}

const closing = () => fail('unavailable', 'Tapedeck is closing.');
const unknownFeed = (feedId: string) => fail('unknown_feed', `There is no feed ${feedId}.`);
