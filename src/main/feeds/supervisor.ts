import { fail, type Result, succeed } from '#contract/errors.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Feed, Rejection } from './feed.ts';
import { type FeedSpec, parseFeedSpec } from './feed-spec.ts';
import { SupervisedFeed } from './supervised-feed.ts';

/** How often silence is looked for and counters are told; changes of state are told at once. */
const CHECK_MS = 1_000;

interface FeedListeners {
  readonly onEvents: (events: readonly MarketEvent[]) => void;
  /** All feeds, complete each time: at once when a state changes, else each second. */
  readonly onStatus: (statuses: readonly FeedStatus[]) => void;
  /** All instruments in the watchlist's order, whenever they change. */
  readonly onInstruments: (instruments: readonly Instrument[]) => void;
  /** A feed, or what loads its past, threw: to be logged. The supervisor goes on. */
  readonly onCrash: (feedId: string, error: unknown) => void;
  /** A sample of what the parser refused (rule F5), to be logged. */
  readonly onRejected: (feedId: string, rejection: Rejection) => void;
}

export interface FeedSupervisorOptions {
  readonly clock: TimerClock;
  readonly createFeed: (spec: FeedSpec) => Feed;
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number;
  /** Awaited before a feed starts or is restarted, not when it reconnects: time to load a past. */
  readonly beforeStart?: (feed: Feed, instruments: readonly Instrument[]) => Promise<void>;
  readonly listeners: FeedListeners;
}

/** Rule F3: keeps every feed running, and knows of each how it is. */
export class FeedSupervisor {
  readonly #options: FeedSupervisorOptions;
  /** In the order in which they were added. */
  readonly #feeds = new Map<string, SupervisedFeed>();
  readonly #stopChecking: () => void;
  readonly #restarts = new Map<string, Promise<Result<FeedStatus>>>();
  #nextNumber = 1;
  #isDisposed = false;

  constructor(options: FeedSupervisorOptions) {
    this.#options = options;
    this.#stopChecking = options.clock.setInterval(() => this.#check(), CHECK_MS);
  }

  /** Starts a feed; says in one sentence why where that cannot be. */
  async add(specText: string): Promise<Result<FeedStatus>> {
    const spec = parseFeedSpec(specText);
    if (!spec.ok) return spec;
    const feed = this.#options.createFeed(spec.value);
    const instruments = await feed.instruments();
    if (!instruments.ok) return instruments;
    if (this.#isDisposed) return fail('unavailable', 'Tapedeck is closing.');
    const conflict = this.#conflictOf(instruments.value);
    if (conflict) return conflict;
    const supervised = this.#supervise(specText.trim(), feed, instruments.value);
    this.#feeds.set(supervised.id, supervised);
    return this.#start(supervised, () => {
      this.#options.listeners.onInstruments(this.instruments());
    });
  }

  /** Stops a feed and forgets it. */
  async remove(feedId: string): Promise<Result<null>> {
    const supervised = this.#feeds.get(feedId);
    if (!supervised) return unknownFeed(feedId);
    this.#feeds.delete(feedId);
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

  /** After sleep or a network change: reconnects at once what waits to. */
  resume(): void {
    for (const supervised of this.#feeds.values()) supervised.resume();
  }

  statuses(): FeedStatus[] {
    return [...this.#feeds.values()].map((supervised) => supervised.status());
  }

  /** In the watchlist's order: first come, first. */
  instruments(): Instrument[] {
    return [...this.#feeds.values()].flatMap((supervised) => supervised.instruments);
  }

  /** Closed candles of the past from the exchange, oldest first; none where it keeps none. */
  async history(
    id: InstrumentId,
    interval: CandleInterval,
    fromTime: EpochMs,
    toTime: EpochMs,
  ): Promise<readonly Candle[]> {
    const carrier = this.#carrierOf(id);
    return (await carrier?.feed.history?.(id, interval, fromTime, toTime)) ?? [];
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#stopChecking();
    const stopping = [...this.#feeds.values()].map((feed) => feed.stop('Tapedeck is closing'));
    await Promise.all(stopping);
    this.#feeds.clear();
  }

  async #restart(feedId: string): Promise<Result<FeedStatus>> {
    const supervised = this.#feeds.get(feedId);
    if (!supervised) return unknownFeed(feedId);
    await supervised.stop('the feed was restarted');
    return this.#start(supervised, () => undefined);
  }

  /** What was removed while its past was loading does not start. */
  async #start(supervised: SupervisedFeed, beforeEvents: () => void): Promise<Result<FeedStatus>> {
    try {
      await this.#options.beforeStart?.(supervised.feed, supervised.instruments);
    } catch (error) {
      this.#options.listeners.onCrash(supervised.id, error);
    }
    if (this.#isDisposed || this.#feeds.get(supervised.id) !== supervised) {
      return unknownFeed(supervised.id);
    }
    beforeEvents();
    supervised.start();
    return succeed(supervised.status());
  }

  #supervise(spec: string, feed: Feed, instruments: readonly Instrument[]): SupervisedFeed {
    const { clock, random, listeners } = this.#options;
    return new SupervisedFeed({
      id: `${feed.exchange}-${this.#nextNumber++}`,
      spec,
      feed,
      instruments,
      clock,
      random,
      onEvents: (events) => {
        if (!this.#isDisposed) listeners.onEvents(events);
      },
      onStateChange: () => this.#tellStatus(),
      onCrash: listeners.onCrash,
      onRejected: listeners.onRejected,
    });
  }

  /** Two feeds with one instrument would mix two streams into one. */
  #conflictOf(instruments: readonly Instrument[]) {
    for (const { id } of instruments) {
      const carrier = this.#carrierOf(id);
      if (carrier) {
        return fail('conflict', `${id} is already carried by the feed ${carrier.status().spec}.`);
      }
    }
    return undefined;
  }

  #carrierOf(id: InstrumentId): SupervisedFeed | undefined {
    return [...this.#feeds.values()].find(({ instruments }) =>
      instruments.some((instrument) => instrument.id === id),
    );
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

const unknownFeed = (feedId: string) => fail('unknown_feed', `There is no feed ${feedId}.`);
