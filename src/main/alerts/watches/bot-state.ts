import type { BotState as State } from '#domain/bot.ts';
import type { ConditionOf, WatchedBot, WatchPast } from '../watch.ts';
import { BotWatch } from './bot-watch.ts';

/**
 * A bot comes into one of the states. One that was stopped or broken before is no news; one that is
 * silent is, since it should be heard of.
 */
export class BotState extends BotWatch {
  readonly #condition: ConditionOf<'botState'>;
  readonly #states: ReadonlySet<State>;
  /** Seen in another state, or firing already. */
  readonly #armed: Set<string>;

  constructor(condition: ConditionOf<'botState'>, { firing }: Pick<WatchPast, 'firing'>) {
    super(condition.botId);
    this.#condition = condition;
    this.#states = new Set(condition.states);
    this.#armed = new Set(firing.flatMap(({ bot }) => bot ?? []));
  }

  copy(): BotState {
    const copy = new BotState(this.#condition, { firing: [] });
    for (const botId of this.#armed) copy.#armed.add(botId);
    return copy;
  }

  protected measure({ id, state }: WatchedBot) {
    const isThere = this.#states.has(state);
    if (!isThere) this.#armed.add(id);
    const isMet = isThere && (state === 'silent' || this.#armed.has(id));
    return { isMet, value: null };
  }

  protected forget(botId: string): void {
    this.#armed.delete(botId);
  }
}
