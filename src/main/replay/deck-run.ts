import { type Result, succeed } from '#contract/errors.ts';
import type { ReplaySpeed } from '#contract/replay-requests.ts';
import { type CandleInterval, candleOpenTime, INTERVAL_MS } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import { DeckClock } from './deck-clock.ts';
import type { DeckStage, StagedBot } from './deck-stage.ts';
import { EventMerger } from './event-merger.ts';
import { Playhead } from './playhead.ts';
import type { ReplaySource } from './replay-source.ts';
import { type JourneyEnd, Transport } from './transport.ts';

export interface DeckRunOptions<S extends DeckStage> {
  readonly source: ReplaySource;
  /** The machine's. */
  readonly clock: TimerClock;
  readonly createStage: (clock: DeckClock) => Result<S>;
}

export interface Way {
  readonly until: EpochMs;
  readonly inclusive: boolean;
  readonly speed: () => ReplaySpeed;
  readonly signal: AbortSignal;
  readonly isDone?: () => boolean;
}

const atMax = () => 'max' as const;

/** A source on its way over a stage: where it stands, and how it gets elsewhere. */
export class DeckRun<S extends DeckStage> {
  readonly #source: ReplaySource;
  readonly #createStage: DeckRunOptions<S>['createStage'];
  readonly #clock: DeckClock;
  readonly #transport: Transport;
  #stage: S;
  #merger: EventMerger;
  #playhead: Playhead;
  #tradesPlayed = 0;

  private constructor(options: DeckRunOptions<S>, clock: DeckClock, stage: S) {
    const { fromTime } = options.source;
    this.#source = options.source;
    this.#createStage = options.createStage;
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
    const run = new DeckRun(options, clock, stage.value);
    const begun = await run.#begin(bots);
    if (begun.ok) return succeed(run);
    await run.dispose();
    return begun;
  }

  get stage(): S {
    return this.#stage;
  }

  get playhead(): Playhead {
    return this.#playhead;
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

  /** Its bots begin anew at the source's start, on a stage where nothing has happened yet. */
  async restart(): Promise<Result<void>> {
    const bots = this.#stage.bots();
    await this.#stage.dispose();
    this.#clock.set(this.#source.fromTime);
    const stage = this.#createStage(this.#clock);
    if (!stage.ok) return stage;
    this.#stage = stage.value;
    return this.#begin(bots);
  }

  /**
   * Goes to a time without playing what lies between. All that was due by then is known to the
   * market; no bot has seen it.
   */
  async standAt(time: EpochMs): Promise<Result<void>> {
    const { fromTime } = this.#source;
    const isStart = time <= fromTime;
    const since = this.#stage.seed(time);
    if (!since.ok) return since;
    await this.#merger.close();
    const first = Math.min(fromTime, ...since.value.values()) as EpochMs;
    const lanes = this.#source.lanes((id) => since.value.get(id) ?? first);
    this.#merger = new EventMerger(lanes, first);
    const read = await this.#rememberUntil(time, !isStart);
    if (!read.ok) return read;
    this.#playhead = new Playhead(time);
    this.#playhead.reach(time, !isStart);
    this.#clock.set(time);
    this.#tradesPlayed = 0;
    return succeed(undefined);
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
        this.#stage.play(event);
        return this.#stage.settled();
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
  rush(time: EpochMs, untilFill: boolean, signal: AbortSignal): Promise<Result<JourneyEnd>> {
    const before = this.#stage.fillCount;
    const inclusive = time > this.#source.fromTime;
    return this.travel({
      ...{ until: time, inclusive, speed: atMax, signal },
      ...(untilFill && { isDone: () => this.#stage.fillCount > before }),
    });
  }

  async dispose(): Promise<void> {
    await this.#merger.close();
    await this.#stage.dispose();
  }

  async #begin(bots: readonly StagedBot[]): Promise<Result<void>> {
    const standing = await this.standAt(this.#source.fromTime);
    if (!standing.ok) return standing;
    for (const bot of bots) {
      const added = this.#stage.addBot(bot);
      if (!added.ok) return added;
    }
    return succeed(undefined);
  }

  async #rememberUntil(time: EpochMs, inclusive: boolean): Promise<Result<void>> {
    for (;;) {
      const read = await this.#merger.prepare();
      if (!read.ok) return read;
      while (this.#merger.isReady) {
        const next = this.#merger.nextTime();
        const isThere = next === null || next > time || (next === time && !inclusive);
        if (isThere) return succeed(undefined);
        this.#stage.remember(this.#merger.take());
      }
    }
  }
}
