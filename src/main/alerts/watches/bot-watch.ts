import {
  type AlertNews,
  type ConditionWatch,
  labelsOfBot,
  NOTHING,
  type Reading,
  type WatchedBot,
} from '../watch.ts';

type Measure = Pick<Reading, 'isMet' | 'value'>;

/** A condition about one bot, or about any: what is measured of it is the subclass's. */
export abstract class BotWatch implements ConditionWatch {
  readonly #botId: string | null;

  constructor(botId: string | null) {
    this.#botId = botId;
  }

  protected abstract measure(bot: WatchedBot): Measure;
  protected abstract forget(botId: string): void;
  abstract copy(): ConditionWatch;

  take(news: AlertNews): readonly Reading[] {
    if (news.of === 'bot') {
      const { bot, marketTime } = news;
      if (!this.#isWatched(bot.id)) return NOTHING;
      return [{ labels: labelsOfBot(bot), ...this.measure(bot), marketTime }];
    }
    if (news.of !== 'botRemoved' || !this.#isWatched(news.botId)) return NOTHING;
    this.forget(news.botId);
    return [{ labels: { bot: news.botId }, isMet: false, value: null, marketTime: null }];
  }

  #isWatched(botId: string): boolean {
    return this.#botId === null || this.#botId === botId;
  }
}
