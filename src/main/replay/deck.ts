import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckView, ReplaySpeed } from '#contract/replay-requests.ts';
import type { CandleInterval } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { DeckActivity } from './deck-activity.ts';
import type { DeckEdge } from './deck-edge.ts';
import { DeckRun, type DeckRunOptions } from './deck-run.ts';
import type { DeckStage, StagedBot } from './deck-stage.ts';
import { type LastingView, lastingViewOf } from './deck-view.ts';
import { readPlayed, type TradeQuery } from './played-trades.ts';
import type { ReplaySource } from './replay-source.ts';
import { type LiveFills, nextFill, previousFill, type SeekGoal } from './seek-goal.ts';
import type { JourneyEnd } from './transport.ts';

export interface DeckOptions<S extends DeckStage> extends DeckRunOptions<S> {
  readonly id: string;
  readonly speed: ReplaySpeed;
  readonly notify: boolean;
  readonly edge: Pick<DeckEdge, 'hold' | 'release'>;
  readonly liveFills: LiveFills;
  /** What consumers have of this deck is no longer true: their subscriptions are to end. */
  readonly onNewRun: (view: DeckView) => void;
  readonly onChange: (view: DeckView) => void;
  /** A bug, not a failure: the deck is no more. */
  readonly onFault: (fault: unknown) => void;
}

/**
 * A deck: plays a source on a stage of its own. What is asked of it is done one after another, and
 * ends what is under way. Whatever the way to a place in the source (playing at any speed, stepping,
 * seeking), its bots and alert rules have seen the same events in the same order when they are there
 * (rule T5).
 */
export class Deck<S extends DeckStage = DeckStage> {
  readonly id: string;
  readonly #options: DeckOptions<S>;
  readonly #run: DeckRun<S>;
  readonly #activity: DeckActivity;
  readonly #lasting: LastingView;
  #state: DeckView['state'] = 'paused';
  #error: string | null = null;
  #speed: ReplaySpeed;
  #runNumber = 1;
  #seek: { readonly goal: SeekGoal; readonly from: EpochMs } | null = null;

  private constructor(options: DeckOptions<S>, run: DeckRun<S>) {
    this.id = options.id;
    this.#options = options;
    this.#run = run;
    this.#speed = options.speed;
    this.#lasting = lastingViewOf(options);
    this.#activity = new DeckActivity(options.clock, {
      tell: () => this.tell(),
      refusal: () => this.#refusal(),
    });
  }

  /** Paused at its start, with these bots. */
  static async open<S extends DeckStage>(
    options: DeckOptions<S>,
    bots: readonly StagedBot[],
  ): Promise<Result<Deck<S>>> {
    const run = await DeckRun.open(options, bots);
    return run.ok ? succeed(new Deck(options, run.value)) : run;
  }

  get source(): ReplaySource {
    return this.#options.source;
  }

  get stage(): S {
    return this.#run.stage;
  }

  get time(): EpochMs {
    return this.#run.shown.time;
  }

  view(): DeckView {
    const { time } = this;
    return {
      ...this.#lasting,
      state: this.#state,
      error: this.#error,
      opening: null,
      time,
      speed: this.#speed,
      openGaps: this.#lasting.gaps.filter((gap) => gap.fromTime <= time && time < gap.toTime),
      tradesPlayed: this.#run.tradesPlayed,
      botIds: [...this.stage.botIds()],
      alertRuleCount: this.stage.alertRuleCount,
      run: this.#runNumber,
      seek: this.#seek && {
        time: this.#seek.goal.time,
        progress: this.#progress(),
        isShown: this.#run.isAhead,
      },
    };
  }

  /** Says where it stands: also when others have changed something, like its bots. */
  tell(): void {
    this.#options.onChange(this.view());
  }

  play(): Promise<Result<DeckView>> {
    const { source } = this.#options;
    return this.#activity.exclusive(async () => {
      if (this.#state === 'ended') {
        this.#beginRun();
        const restarted = await this.#run.restart();
        this.#options.edge.release();
        if (!restarted.ok) return this.#fail(restarted.error.message);
      }
      this.#start('playing', (signal) =>
        this.#run.travel({
          ...{ until: source.toTime, inclusive: false, signal },
          speed: () => this.#speed,
        }),
      );
      return succeed(this.view());
    });
  }

  /** Whatever is under way stays where it has come to. */
  pause(): Promise<Result<DeckView>> {
    return this.#activity.exclusive(async () => succeed(this.view()));
  }

  setSpeed(speed: ReplaySpeed): Result<DeckView> {
    const refusal = this.#refusal();
    if (refusal) return refusal;
    this.#speed = speed;
    this.tell();
    return succeed(this.view());
  }

  /** One trade, or to the end of the next candle that has any. Resolves when it is there. */
  async step(by: 'trade' | 'candle', interval: CandleInterval): Promise<Result<DeckView>> {
    const begun = await this.#activity.exclusive(async () => {
      if (this.#state === 'ended') return fail('invalid_state', 'The deck has played all it has.');
      const done = this.#start('playing', (signal) =>
        by === 'trade' ? this.#run.stepTrade(signal) : this.#run.stepCandle(interval, signal),
      );
      return succeed({ done });
    });
    if (!begun.ok) return begun;
    await begun.value.done;
    return succeed(this.view());
  }

  /** Resolves when it has begun; where the source can be begun anywhere, that is all of it. */
  seek(time: EpochMs): Promise<Result<DeckView>> {
    const { fromTime, toTime } = this.#options.source;
    const within = Math.min(toTime, Math.max(fromTime, time)) as EpochMs;
    return this.#activity.exclusive(() => this.#seekTo({ time: within, untilFill: false }));
  }

  /** To the fill before or after: of its bots, or of the live ledger on its instruments. */
  seekFill(direction: 'next' | 'previous'): Promise<Result<DeckView>> {
    return this.#activity.exclusive(async () => {
      const { source, liveFills } = this.#options;
      const place = { source, liveFills, stage: this.stage, time: this.time };
      const goal = direction === 'next' ? nextFill(place) : previousFill(place);
      return goal ? this.#seekTo(goal) : fail('not_found', `There is no ${direction} fill.`);
    });
  }

  /** Ends what is under way and lets go of everything. */
  async close(): Promise<void> {
    await this.#activity.stop();
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    const last = this.view();
    await this.#run.dispose();
    await this.source.close?.();
    this.#options.onNewRun(last);
    this.#options.onChange(last);
  }

  /** The user does something to its bots, which no run does by itself. */
  interfere(): void {
    this.#run.interfere();
  }

  /** What was played of an instrument, by the source's id; nothing beyond that. */
  trades(id: InstrumentId, query: TradeQuery): Result<readonly Trade[]> {
    return readPlayed(this.source, this.#run.shown, id, query);
  }

  #refusal() {
    if (this.#state === 'closed') return fail('not_found', `There is no replay deck ${this.id}`);
    return this.#state === 'failed'
      ? fail('invalid_state', this.#error ?? 'The deck has failed.')
      : null;
  }

  /** Who must have seen all up to a place: bots and alert rules. */
  #hasWitnesses(): boolean {
    return this.stage.botIds().length + this.stage.alertRuleCount > 0;
  }

  #progress(): number {
    if (!this.#seek) return 1;
    const { goal, from } = this.#seek;
    const wayMs = goal.time - from;
    const goneMs = this.#run.playhead.time - from;
    return wayMs <= 0 ? 1 : Math.min(1, Math.max(0, goneMs / wayMs));
  }

  #start(
    state: 'playing' | 'seeking',
    work: (signal: AbortSignal) => Promise<Result<JourneyEnd>>,
  ): Promise<void> {
    this.#state = state;
    return this.#activity.start(async (signal) => {
      try {
        const ended = await work(signal);
        this.#seek = null;
        if (ended.ok) this.#state = this.#run.hasEnded ? 'ended' : 'paused';
        else this.#fail(ended.error.message);
      } catch (fault) {
        this.#fail('The deck failed to play this.');
        this.#options.onFault(fault);
      }
    });
  }

  #fail(message: string) {
    this.#seek = null;
    this.#state = 'failed';
    this.#error = message;
    this.tell();
    return fail('unavailable', message);
  }

  /** From here on nothing that was told of the deck holds; the newest is told at the end. */
  #beginRun(): void {
    this.#runNumber += 1;
    this.#options.edge.hold();
    this.#options.onNewRun(this.view());
  }

  async #seekTo(goal: SeekGoal): Promise<Result<DeckView>> {
    this.#beginRun();
    const { isSeekable } = this.#options.source;
    if (isSeekable && !this.#hasWitnesses()) return this.#standAt(goal.time);
    this.#seek = { goal, from: this.time };
    const begun = goal.untilFill ? succeed(undefined) : await this.#run.approach(goal.time);
    this.#seek = { goal, from: this.#run.playhead.time };
    if (begun.ok) this.stage.retell();
    const shown = begun.ok && isSeekable && !goal.untilFill ? await this.#showAt(goal.time) : begun;
    if (!shown.ok) {
      this.#options.edge.release();
      return this.#fail(shown.error.message);
    }
    this.#start('seeking', (signal) => this.#rush(goal, signal));
    return succeed(this.view());
  }

  async #standAt(time: EpochMs): Promise<Result<DeckView>> {
    const standing = await this.#run.standAt(time);
    this.#options.edge.release();
    if (!standing.ok) return this.#fail(standing.error.message);
    this.#state = this.#run.hasEnded ? 'ended' : 'paused';
    this.tell();
    return succeed(this.view());
  }

  /** The market of that time is told at once; what its witnesses have to tell, when they are there. */
  async #showAt(time: EpochMs): Promise<Result<void>> {
    const { edge } = this.#options;
    const shown = await this.#run.showAt(time);
    edge.release();
    edge.hold();
    return shown;
  }

  async #rush({ time, untilFill }: SeekGoal, signal: AbortSignal): Promise<Result<JourneyEnd>> {
    const wasShown = this.#run.isAhead;
    try {
      const gone = await this.#run.rush(time, untilFill, signal);
      if (!gone.ok || !this.#run.isAstray) return gone;
      // Given up on the way: the market that was told is not that of where it stays.
      if (wasShown) {
        this.#beginRun();
        this.stage.retell();
      }
      const shown = await this.#run.showReached();
      return shown.ok ? gone : shown;
    } finally {
      this.#options.edge.release();
    }
  }
}
