import type { Publishable } from '#contract/publications.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { FillTelling } from '#domain/fill-trail.ts';
import type { Bot } from './bot.ts';
import type { BotChanges, BotStore } from './bot-store.ts';

/** A group of this size waits no longer. */
const MAX_GROUP = 256;
/** For so long after a flush it is the events' turn. */
const REST_MS = 1;

export interface StepCommitsOptions {
  readonly userId: string;
  readonly store: Pick<BotStore, 'commit'>;
  readonly clock: TimerClock;
  /** Milliseconds of a clock that only goes forward. */
  readonly ticks: () => number;
  /** Whether steps may wait for a moment to share a flush to disk; else each is written at once. */
  readonly sharesFlushes: boolean;
  /** Null where nobody looks on. */
  readonly publish: ((item: Publishable) => void) | null;
  readonly publishState: (bot: Bot) => void;
  /** A step that could not be written, nor told of: the ledger stands before it. */
  readonly onFailure: (bot: Bot, fault: unknown) => void;
}

interface Step {
  readonly bot: Bot;
  readonly changes: BotChanges;
  /** When it had happened. */
  readonly tick: number;
}

/**
 * Brings the steps of bots to disk, in their order, several with one flush; and tells of each when
 * it is there, never before.
 */
export class StepCommits {
  readonly #options: StepCommitsOptions;
  #waiting: Step[] = [];
  #tellings: FillTelling[] = [];
  #cancelTimer: (() => void) | undefined;
  /** When the last one was over, by `ticks`. */
  #flushEnd = Number.NEGATIVE_INFINITY;

  constructor(options: StepCommitsOptions) {
    this.#options = options;
  }

  /** Throws where steps are written at once and this one could not be. */
  add(bot: Bot, changes: BotChanges): void {
    const { sharesFlushes, clock } = this.#options;
    if (!sharesFlushes) {
      this.#write([{ bot, changes, tick: this.#options.ticks() }]);
      return;
    }
    this.#waiting.push({ bot, changes, tick: this.#options.ticks() });
    if (this.#waiting.length >= MAX_GROUP) this.flush();
    else this.#cancelTimer ??= clock.setTimeout(() => this.flush(), 0);
  }

  /**
   * An event is dealt with, and others may be in line: at a full minute many bots act at once. What came
   * of it is written now, or with what comes of the next ones: the last order should not wait for a
   * flush of each event before it, nor the first fill for the whole line.
   */
  settle(): void {
    if (this.#waiting.length === 0) return;
    if (this.#options.ticks() - this.#flushEnd >= REST_MS) this.flush();
  }

  /** Writes what waits, now. */
  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const steps = this.#waiting;
    this.#waiting = [];
    if (steps.length === 0 && this.#tellings.length === 0) return;
    try {
      this.#write(steps);
    } catch {
      // One of them may be to blame: each by itself, the others need not suffer for it.
      this.#writeEach(steps);
    }
    this.#flushEnd = this.#options.ticks();
  }

  /** With when the fills before were told, which is known only afterwards. */
  #write(steps: readonly Step[]): void {
    const tellings = this.#tellings;
    this.#options.store.commit(
      steps.map(({ changes }) => changes),
      tellings,
    );
    this.#tellings = this.#tellings.slice(tellings.length);
    this.#tell(steps);
  }

  #writeEach(steps: readonly Step[]): void {
    const failed = new Set<Bot>();
    for (const step of steps) {
      if (failed.has(step.bot)) continue;
      try {
        this.#write([step]);
      } catch (fault) {
        failed.add(step.bot);
        this.#options.onFailure(step.bot, fault);
      }
    }
  }

  #tell(steps: readonly Step[]): void {
    const { publish, publishState, userId } = this.#options;
    if (!publish) {
      for (const { bot, changes } of steps) bot.apply(changes);
      return;
    }
    const { clock, ticks } = this.#options;
    const writtenTime = clock.now();
    const writtenTick = ticks();
    const moved = new Set<Bot>();
    for (const { bot, changes, tick } of steps) {
      const before = bot.runtime;
      bot.apply(changes);
      for (const order of changes.orders) publish({ of: 'order', order });
      for (const fill of changes.fills) {
        publish({ of: 'fill', fill });
        this.#tellings.push({
          ...{ fillId: fill.id, writtenTime, writtenAfterMs: writtenTick - tick },
          ...{ toldTime: clock.now(), toldAfterMs: ticks() - writtenTick },
        });
      }
      for (const entry of changes.logs) publish({ of: 'botLog', entry });
      for (const notification of changes.notifications) {
        publish({ of: 'notification', userId, notification });
      }
      if (changes.orders.length > 0 || changes.position || hasTurned(before, bot)) moved.add(bot);
    }
    for (const bot of moved) publishState(bot);
  }
}

const hasTurned = (before: Bot['runtime'], { runtime }: Bot): boolean =>
  before.state !== runtime.state ||
  before.reason !== runtime.reason ||
  before.error !== runtime.error ||
  before.cash !== runtime.cash;
