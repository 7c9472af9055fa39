import {
  type AlertNews,
  type ConditionOf,
  type ConditionWatch,
  labelsOfInstrument,
  NOTHING,
  type Reading,
} from '../watch.ts';

const BPS = 10_000;

/** Best ask less best bid, against their middle. Without quotes it is not known. */
export class Spread implements ConditionWatch {
  readonly #condition: ConditionOf<'spread'>;
  readonly #labels: ReturnType<typeof labelsOfInstrument>;

  constructor(condition: ConditionOf<'spread'>) {
    this.#condition = condition;
    this.#labels = labelsOfInstrument(condition.instrumentId);
  }

  take(news: AlertNews): readonly Reading[] {
    if (news.of !== 'market' || news.event.kind === 'trade' || news.event.kind === 'gap') {
      return NOTHING;
    }
    const { marketTime } = news;
    const touch = news.touch();
    const middle = touch ? (touch.askPrice + touch.bidPrice) / 2 : 0;
    const value = touch && middle > 0 ? ((touch.askPrice - touch.bidPrice) / middle) * BPS : null;
    const isMet = value === null ? null : value > this.#condition.aboveBps;
    return [{ labels: this.#labels, isMet, value, marketTime }];
  }

  copy(): Spread {
    return new Spread(this.#condition);
  }
}
