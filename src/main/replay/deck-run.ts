import { type Result, succeed } from '#contract/errors.ts';
import type { ReplaySpeed } from '#contract/replay-requests.ts';
import { type CandleInterval, candleOpenTime, INTERVAL_MS } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { DeckClock } from './deck-clock.ts';
import type { DeckStage, StagedBot } from './deck-stage.ts';
import { EventMerger } from './event-merger.ts';
import { isSamePlace, type Place, takeUntil } from './place.ts';
import { Playhead } from './playhead.ts';
import type { ReplaySource, Since } from './replay-source.ts';
import { type JourneyEnd, Transport } from './transport.ts';
import { type SavedStage, type Waypoint, type WaypointLimits, Waypoints } from './waypoints.ts';

export interface DeckRunOptions<S extends DeckStage> {
  readonly source: ReplaySource;
  /** The machine's. */
  readonly clock: TimerClock;
  readonly createStage: (clock: DeckClock) => Result<S>;
  /** Null where it cannot be told how all of it stands. */
  readonly saveStage: (stage: S) => SavedStage<S> | null;
  readonly waypoints?: WaypointLimits;
}

export interface Way {
  readonly until: EpochMs;
  readonly inclusive: boolean;
  readonly speed: () => ReplaySpeed;
  readonly signal: AbortSignal;
  readonly isDone?: () => boolean;
}

const atMax = () => 'max' as const;

/**
 * A source on its way over a stage: where it stands, and how it gets elsewhere. On a rush through a
 * source that can be begun anywhere, bots and alert rules alone live through the events; the market
 * that is shown goes to where they arrive, or was there before them.
 */
export class DeckRun<S extends DeckStage> {
  readonly #source: ReplaySource;
  readonly #options: Pick<DeckRunOptions<S>, 'createStage' | 'saveStage' | 'clock'>;
  readonly #waypoints: Waypoints<S>;
  readonly #clock: DeckClock;
  readonly #transport: Transport;
  #stage: S;
  #merger: EventMerger;
  #playhead: Playhead;
  /** Where the market that is shown stands while it is ahead of the rest; else null. */
  #ahead: Playhead | null = null;
  #isUnseen = false;
  #isAstray = false;
  #tradesPlayed = 0;
  /** As they are when it begins anew. */
  #bots: readonly StagedBot[];
  /** The user has had a hand in it since it began: it is not to be had again by playing. */
  #isTouched = false;

  private constructor(
    options: DeckRunOptions<S>,
    { clock, stage, bots }: { clock: DeckClock; stage: S; bots: readonly StagedBot[] },
  ) {
    const { fromTime } = options.source;
    this.#source = options.source;
    this.#options = options;
    this.#waypoints = new Waypoints(options.waypoints);
    this.#bots = bots;
    this.#clock = clock;
    this.#transport = new Transport(options.clock);
    this.#stage = stage;
    this.#playhead = new Playhead(fromTime);
    this.#merger = new EventMerger([], fromTime);
  }

  /** At the source's start, with these bots. */
  static async open<S extends DeckStage>(
    options: DeckRunOptions<S>,
    bots: readonly StagedBot[],
  ): Promise<Result<DeckRun<S>>> {
    const clock = new DeckClock(options.clock, options.source.fromTime);
    const stage = options.createStage(clock);
    if (!stage.ok) return stage;
    const run = new DeckRun(options, { clock, stage: stage.value, bots });
    const begun = await run.#begin();
    if (begun.ok) return succeed(run);
    await run.dispose();
    return begun;
  }

  get stage(): S {
    return this.#stage;
  }

  /** Up to where its bots and alert rules have lived. */
  get playhead(): Playhead {
    return this.#playhead;
  }

  /** Up to where the market is shown. */
  get shown(): Playhead {
    return this.#ahead ?? this.#playhead;
  }

  /** The market that is shown waits for bots and alert rules to arrive. */
  get isAhead(): boolean {
    return this.#ahead !== null;
  }

  /** The market is shown neither where bots and alert rules are nor where they are going. */
  get isAstray(): boolean {
    return this.#isAstray;
  }

  get tradesPlayed(): number {
    return this.#tradesPlayed;
  }

  get hasEnded(): boolean {
    const { toTime } = this.#source;
    return (
      this.#playhead.time >= toTime && this.#merger.isReady && this.#merger.nextTime() === null
    );
  }

  /** What the user does to a bot is part of no run but this one: nobody comes back to a place of it. */
  interfere(): void {
    this.#isTouched = true;
    this.#waypoints.clear();
  }

  /** Its bots begin anew at the source's start, on a stage where nothing has happened yet. */
  async restart(): Promise<Result<void>> {
    if (this.#isTouched) this.#bots = this.#stage.bots();
    this.#isTouched = false;
    await this.#stage.dispose();
    this.#clock.set(this.#source.fromTime);
    const stage = this.#options.createStage(this.#clock);
    if (!stage.ok) return stage;
    this.#stage = stage.value;
    return this.#begin();
  }

  /** Bots and alert rules stand somewhere before `time`, or at it: as near as they are known to have been. */
  async approach(time: EpochMs): Promise<Result<void>> {
    const isBack = time < this.#playhead.time;
    const waypoint = time > this.#source.fromTime ? this.#waypoints.lastBy(time) : null;
    if (waypoint && (isBack || waypoint.tradesPlayed > this.#tradesPlayed)) {
      return this.#resume(waypoint);
    }
    return isBack ? this.restart() : succeed(undefined);
  }

  /**
   * Goes to a time without playing what lies between. All that was due by then is known to the
   * market; no bot has seen it.
   */
  async standAt(time: EpochMs): Promise<Result<void>> {
    await this.#merger.close();
    this.#stage.forget();
    const place = this.#placeOf(time);
    const merger = await this.#seedUntil(place, (event) => this.#stage.remember(event));
    if (!merger.ok) return merger;
    this.#merger = merger.value;
    this.#playhead = place;
    this.#ahead = null;
    this.#clock.set(time);
    this.#tradesPlayed = 0;
    return succeed(undefined);
  }

  /** The market is shown as it was with all that was due by then, whether or not it was lived through. */
  async showAt(time: EpochMs): Promise<Result<void>> {
    const place = this.#placeOf(time);
    const shown = await this.#showUntil(place);
    if (shown.ok) this.#ahead = place;
    return shown;
  }

  travel(way: Way): Promise<Result<JourneyEnd>> {
    return this.#transport.travel({
      ...way,
      merger: this.#merger,
      position: () => this.#playhead.time,
      onEvent: (event, time) => {
        this.#playhead.onPlayed(event, time);
        this.#clock.set(this.#playhead.time);
        if (event.kind === 'trade') this.#tradesPlayed += 1;
        if (this.#isUnseen) this.#stage.pass(event);
        else this.#stage.play(event);
        const settling = this.#stage.settled();
        if (!settling && event.kind === 'trade') this.#keepWaypoint();
        return settling;
      },
      onTime: (time, inclusive) => {
        this.#playhead.reach(time, inclusive);
        this.#clock.set(this.#playhead.time);
        this.#stage.advance();
      },
    });
  }

  stepTrade(signal: AbortSignal): Promise<Result<JourneyEnd>> {
    const before = this.#tradesPlayed;
    return this.travel({
      ...{ until: this.#source.toTime, inclusive: false, speed: atMax, signal },
      isDone: () => this.#tradesPlayed > before,
    });
  }

  /** To the end of the next candle that has anything in it. */
  async stepCandle(interval: CandleInterval, signal: AbortSignal): Promise<Result<JourneyEnd>> {
    const read = await this.#merger.prepare();
    if (!read.ok) return read;
    const { toTime } = this.#source;
    const next = this.#merger.nextTime() ?? toTime;
    const end = candleOpenTime(next, interval) + INTERVAL_MS[interval];
    const until = Math.min(toTime, end) as EpochMs;
    return this.travel({ until, inclusive: false, speed: atMax, signal });
  }

  /** As fast as can be, up to and with what is due at `time`, or to the first fill on the way. */
  async rush(time: EpochMs, untilFill: boolean, signal: AbortSignal): Promise<Result<JourneyEnd>> {
    const before = this.#stage.fillCount;
    const inclusive = time > this.#source.fromTime;
    this.#isUnseen = this.#source.isSeekable;
    const end = await this.travel({
      ...{ until: time, inclusive, speed: atMax, signal },
      ...(untilFill && { isDone: () => this.#stage.fillCount > before }),
    }).finally(() => {
      this.#isUnseen = false;
    });
    this.#isAstray = this.#source.isSeekable && !isSamePlace(this.#ahead, this.#playhead);
    this.#ahead = null;
    return end;
  }

  /** After a rush that arrived elsewhere than the market is shown: brings that there. */
  async showReached(): Promise<Result<void>> {
    this.#isAstray = false;
    return this.#showUntil(this.#playhead);
  }

  async dispose(): Promise<void> {
    await this.#merger.close();
    await this.#stage.dispose();
  }

  #keepWaypoint(): void {
    const tradesPlayed = this.#tradesPlayed;
    if (!this.#waypoints.isDue(tradesPlayed, this.#options.clock) || this.#isTouched) return;
    if (this.#stage.botIds().length + this.#stage.alertRuleCount === 0) return;
    const stage = this.#options.saveStage(this.#stage);
    if (!stage) return;
    const place = this.#playhead.copy();
    this.#waypoints.keep({ place, tradesPlayed, stage }, this.#options.clock);
  }

  async #resume({ place, tradesPlayed, stage: saved }: Waypoint<S>): Promise<Result<void>> {
    await this.#merger.close();
    await this.#stage.dispose();
    this.#clock.set(place.time);
    const stage = saved.restore(this.#clock);
    if (!stage.ok) return stage;
    this.#stage = stage.value;
    this.#playhead = place.copy();
    this.#ahead = null;
    this.#tradesPlayed = tradesPlayed;
    this.#merger = new EventMerger(
      this.#source.lanes(() => place.time),
      place.time,
    );
    return takeUntil(place, this.#merger, () => undefined);
  }

  async #begin(): Promise<Result<void>> {
    const standing = await this.standAt(this.#source.fromTime);
    if (!standing.ok) return standing;
    for (const bot of this.#bots) {
      const added = this.#stage.addBot(bot);
      if (!added.ok) return added;
    }
    return succeed(undefined);
  }

  #placeOf(time: EpochMs): Playhead {
    const place = new Playhead(time);
    place.reach(time, time > this.#source.fromTime);
    return place;
  }

  async #showUntil(place: Place): Promise<Result<void>> {
    const merger = await this.#seedUntil(place, (event) => this.#stage.show(event));
    if (!merger.ok) return merger;
    await merger.value.close();
    return succeed(undefined);
  }

  /** The market that is shown begins anew at a place; gives what comes after it. */
  async #seedUntil(place: Place, take: (event: MarketEvent) => void): Promise<Result<EventMerger>> {
    const since = this.#stage.seed(place.time);
    if (!since.ok) return since;
    const first = Math.min(this.#source.fromTime, ...since.value.values()) as EpochMs;
    const from: Since = (id) => since.value.get(id) ?? first;
    const standing = this.#source.standing(from, place.time);
    if (!standing.ok) return standing;
    for (const event of standing.value.events) take(event);
    const merger = new EventMerger(this.#source.lanes(standing.value.since), first);
    const taken = await takeUntil(place, merger, (event) => {
      if (!isBefore(event, from)) take(event);
    });
    if (taken.ok) return succeed(merger);
    await merger.close();
    return taken;
  }
}

/** A trade that came late: the candles before that time know it already. */
const isBefore = (event: MarketEvent, since: Since): boolean =>
  event.kind === 'trade' && event.trade.eventTime < since(event.trade.instrumentId);
