import type { TimerClock } from '#domain/clock.ts';
import type { Bot } from './bot.ts';

const PERIOD_MS = 250;
const TURNS = 5;
/** Some hundred at once would hold up the market, and with it their orders, for twenty milliseconds. */
const BOTS_A_TURN = 50;

/**
 * Tells how bots stand whose market has moved, each once a period at most: all at once where they are few,
 * so that who looks on has one change to draw; else in turns.
 */
export class BotMarks {
  readonly #publish: (bot: Bot) => void;
  readonly #moved = new Set<Bot>();
  readonly #turns = new WeakMap<Bot, number>();
  #turn = 0;
  #seen = 0;
  readonly #stop: () => void;

  constructor(clock: TimerClock, publish: (bot: Bot) => void) {
    this.#publish = publish;
    this.#stop = clock.setInterval(() => this.#publishTurn(), PERIOD_MS / TURNS);
  }

  add(bot: Bot): void {
    this.#moved.add(bot);
  }

  forget(bot: Bot): void {
    this.#moved.delete(bot);
  }

  dispose(): void {
    this.#stop();
  }

  #publishTurn(): void {
    this.#turn = (this.#turn + 1) % TURNS;
    for (const bot of this.#moved) {
      if (this.#turnOf(bot) !== this.#turn) continue;
      this.#moved.delete(bot);
      this.#publish(bot);
    }
  }

  #turnOf(bot: Bot): number {
    const known = this.#turns.get(bot);
    if (known !== undefined) return known;
    const turn = Math.floor(this.#seen / BOTS_A_TURN) % TURNS;
    this.#seen += 1;
    this.#turns.set(bot, turn);
    return turn;
  }
}
