import type { TimerClock } from '#domain/clock.ts';
import type { Bot } from './bot.ts';
import type { CurvePiece } from './equity-curve.ts';

/** So many are written at a time, each time so long after the last. */
const AT_ONCE = 10;
const APART_MS = 25;

export interface EquityPointsInLineOptions {
  readonly clock: TimerClock;
  /** With how the bot stands at that moment. */
  readonly write: (bot: Bot, piece: CurvePiece) => void;
}

/**
 * Points of bots' equity that wait to be written. At a full minute every bot has one, and what some of
 * them then order should not wait for the curves of all.
 */
export class EquityPointsInLine {
  readonly #options: EquityPointsInLineOptions;
  #line: (readonly [bot: Bot, piece: CurvePiece])[] = [];
  #cancelTimer: (() => void) | undefined;

  constructor(options: EquityPointsInLineOptions) {
    this.#options = options;
  }

  add(bot: Bot, piece: CurvePiece): void {
    this.#line.push([bot, piece]);
    this.#startTimer();
  }

  /** Writes all of them now. */
  writeAll(): void {
    this.#write(this.#line.length);
  }

  /** Nothing is written of a bot that is gone. */
  forget(bot: Bot): void {
    this.#line = this.#line.filter(([one]) => one !== bot);
  }

  #startTimer(): void {
    this.#cancelTimer ??= this.#options.clock.setTimeout(() => this.#write(AT_ONCE), APART_MS);
  }

  #write(count: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    // Taken out before: a write that fails may come back here.
    for (const [bot, piece] of this.#line.splice(0, count)) this.#options.write(bot, piece);
    if (this.#line.length > 0) this.#startTimer();
  }
}
