import { type Failure, fail, type Result } from '#contract/errors.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { backoffMs } from './backoff.ts';
import { unlessAborted } from './end-of-run.ts';
import type { Backfill, Feed } from './feed.ts';
import type { GapEvent } from './instrument-watch.ts';
import { sleep } from './sleep.ts';

/** A stretch to ask the exchange about, in its own time; the trades that came live are left out. */
export interface MissedStretch {
  readonly gap: GapEvent;
  readonly exchangeFromTime: EpochMs;
  readonly exchangeToTime: EpochMs;
  /** Ids of the trades at both edges that came live. Grows while the answer is waited for. */
  readonly seenIds: Set<string>;
}

export interface FilledStretch {
  readonly stretch: MissedStretch;
  /** Oldest first, none of which came live. */
  readonly trades: readonly Trade[];
  readonly isComplete: boolean;
}

export interface BackfillQueueOptions {
  readonly clock: TimerClock;
  readonly random: () => number;
  readonly onFilled: (filled: FilledStretch) => void;
  /** A stretch stays a gap: the exchange could not be asked, as often as it was. Not all are told. */
  readonly onFailed: (failure: Failure) => void;
  /** The feed threw: a bug. */
  readonly onCrash: (error: unknown) => void;
}

interface Waiting {
  readonly stretch: MissedStretch;
  /** When to ask, by our clock. */
  readonly dueTime: number;
}

const TRIES = 4;
/** So old is the end of a stretch when it is asked about: an exchange's past lags its stream. */
const SETTLE_MS = 2_000;
const ANSWER_TIMEOUT_MS = 60_000;
const REPORT_EVERY_MS = 60_000;
/** A connection that comes and goes for hours leaves more gaps than anyone will ask for. */
const MOST_WAITING = 200;

/** Asks a feed for what it missed, one stretch at a time; live events never wait for it. */
export class BackfillQueue {
  readonly #options: BackfillQueueOptions;
  #waiting: Waiting[] = [];
  #current: MissedStretch | null = null;
  #abort = new AbortController();
  #reportTime: number | null = null;

  constructor(options: BackfillQueueOptions) {
    this.#options = options;
  }

  add(feed: Feed, stretch: MissedStretch): void {
    const dueTime = this.#options.clock.now() + SETTLE_MS;
    this.#waiting.push({ stretch, dueTime });
    if (this.#waiting.length > MOST_WAITING) {
      this.#waiting.shift();
      const message = 'There were too many gaps to ask the exchange about all of them.';
      this.#report({ code: 'unavailable', message });
    }
    if (!this.#current) void this.#work(feed, this.#abort.signal);
  }

  /** A live trade: at the edge of a stretch it may be told of again. */
  notice(trade: Trade): void {
    if (!this.#current && this.#waiting.length === 0) return;
    if (this.#current) noticeLive(this.#current, trade);
    for (const { stretch } of this.#waiting) noticeLive(stretch, trade);
  }

  /** Forgets what was asked; an answer that still comes is not heard. */
  clear(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#waiting = [];
    this.#current = null;
  }

  #report(failure: Failure): void {
    const now = this.#options.clock.now();
    if (this.#reportTime !== null && now - this.#reportTime < REPORT_EVERY_MS) return;
    this.#reportTime = now;
    this.#options.onFailed(failure);
  }

  async #work(feed: Feed, signal: AbortSignal): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { stretch, dueTime } = next;
      this.#current = stretch;
      const waitMs = dueTime - this.#options.clock.now();
      if (waitMs > 0) await sleep(this.#options.clock, waitMs, signal);
      if (!signal.aborted) await this.#fill(feed, stretch, signal);
      if (signal.aborted) return;
    }
    this.#current = null;
  }

  async #fill(feed: Feed, stretch: MissedStretch, signal: AbortSignal): Promise<void> {
    const { clock, random, onFilled, onCrash } = this.#options;
    try {
      for (let attempt = 1; ; attempt++) {
        const answer = await this.#ask(feed, stretch, signal);
        if (signal.aborted) return;
        if (answer.ok) {
          const { trades, isComplete } = answer.value;
          return onFilled({ stretch, isComplete, trades: missedOf(trades, stretch) });
        }
        if (attempt === TRIES) return this.#report(answer.error);
        await sleep(clock, backoffMs(attempt, random), signal);
        if (signal.aborted) return;
      }
    } catch (error) {
      if (!signal.aborted) onCrash(error);
    }
  }

  async #ask(feed: Feed, stretch: MissedStretch, signal: AbortSignal): Promise<Result<Backfill>> {
    const { gap, exchangeFromTime, exchangeToTime } = stretch;
    const deadline = new AbortController();
    const cancel = this.#options.clock.setTimeout(() => deadline.abort(), ANSWER_TIMEOUT_MS);
    const asked = feed.backfill?.(gap.instrumentId, exchangeFromTime, exchangeToTime);
    try {
      const either = AbortSignal.any([signal, deadline.signal]);
      const answer = asked && (await unlessAborted(asked, either));
      return answer || fail('unavailable', 'The exchange did not answer in time.');
    } finally {
      cancel();
    }
  }
}

/** The exchange may tell of it again. */
export function noticeLive(stretch: MissedStretch, { instrumentId, id, eventTime }: Trade): void {
  const { gap, exchangeToTime, seenIds } = stretch;
  if (gap.instrumentId === instrumentId && eventTime <= exchangeToTime) seenIds.add(id);
}

/** The exchange may tell of more than it was asked for, and of some trades twice. */
function missedOf(trades: readonly Trade[], stretch: MissedStretch): readonly Trade[] {
  const { exchangeFromTime, exchangeToTime, seenIds } = stretch;
  const known = new Set(seenIds);
  const missed = trades.filter(({ id, eventTime }) => {
    const isIn = eventTime >= exchangeFromTime && eventTime <= exchangeToTime && !known.has(id);
    known.add(id);
    return isIn;
  });
  return missed.toSorted((a, b) => a.eventTime - b.eventTime);
}
