import type { Publishable } from '#contract/publications.ts';
import type { BotStatus } from '#domain/bot.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Bot } from './bot.ts';
import { BotMarks } from './bot-marks.ts';

export interface BotStandingsOptions {
  readonly clock: TimerClock;
  /** The last price, null while none is known. */
  readonly markPrice: (id: InstrumentId) => number | null;
  readonly publish: (item: Publishable) => void;
}

/** Tells how bots stand: what they did at once, and what their market did to them at a pace. */
export class BotStandings {
  readonly #options: BotStandingsOptions;
  readonly #marks: BotMarks;
  readonly #lastTold = new WeakMap<Bot, BotStatus>();

  constructor(options: BotStandingsOptions) {
    this.#options = options;
    this.#marks = new BotMarks(options.clock, (bot) => this.#publishMark(bot));
  }

  publish(bot: Bot): void {
    const price = this.#options.markPrice(bot.config.instrumentId);
    this.#publish(bot, price, bot.status(price));
  }

  /** An event of its market has come. */
  touch(bot: Bot): void {
    this.#marks.add(bot);
  }

  forget(bot: Bot): void {
    this.#marks.forget(bot);
  }

  dispose(): void {
    this.#marks.dispose();
  }

  /** That its market has moved is nothing to who holds nothing. */
  #publishMark(bot: Bot): void {
    const price = this.#options.markPrice(bot.config.instrumentId);
    const status = bot.status(price);
    if (!isSame(status, this.#lastTold.get(bot))) this.#publish(bot, price, status);
  }

  #publish(bot: Bot, markPrice: number | null, status: BotStatus): void {
    const { publish } = this.#options;
    this.#lastTold.set(bot, status);
    publish({ of: 'position', position: bot.markedPosition(markPrice) });
    publish({ of: 'botStatus', status });
  }
}

/** All of it is texts, numbers and null. */
const isSame = (status: BotStatus, told: BotStatus | undefined): boolean =>
  told !== undefined &&
  (Object.keys(status) as (keyof BotStatus)[]).every((name) => status[name] === told[name]);
