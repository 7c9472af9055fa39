import type { FeedStatus } from '#contract/model.ts';
import type { AlertLabels } from '#domain/alert.ts';
import type { FeedState } from '#domain/feed.ts';
import {
  type AlertNews,
  type ConditionOf,
  type ConditionWatch,
  NOTHING,
  type Reading,
  type WatchPast,
} from '../watch.ts';

/** Nothing comes, and something should. */
const DOWN: readonly FeedState['kind'][] = ['stale', 'disconnected', 'failed'];

/** A feed or one of its instruments is down. One that dials again is what it was before. */
export class FeedStale implements ConditionWatch {
  readonly #condition: ConditionOf<'feedStale'>;
  readonly #down: Map<string, AlertLabels>;

  constructor(condition: ConditionOf<'feedStale'>, { firing }: Pick<WatchPast, 'firing'>) {
    this.#condition = condition;
    this.#down = new Map(firing.flatMap((labels) => (labels.feed ? [[labels.feed, labels]] : [])));
  }

  take(news: AlertNews): readonly Reading[] {
    if (news.of !== 'feeds') return NOTHING;
    const { exchange: only } = this.#condition;
    const watched = news.feeds.filter(({ exchange }) => only === null || exchange === only);
    const gone = [...this.#down].filter(([feedId]) => !watched.some(({ id }) => id === feedId));
    for (const [feedId] of gone) this.#down.delete(feedId);
    return [
      ...watched.map((feed) => this.#reading(feed)),
      ...gone.map(([, labels]) => ({ labels, isMet: false, value: null, marketTime: null })),
    ];
  }

  copy(): FeedStale {
    const copy = new FeedStale(this.#condition, { firing: [] });
    for (const [feedId, labels] of this.#down) copy.#down.set(feedId, labels);
    return copy;
  }

  #reading({ id, exchange, state, instruments }: FeedStatus): Reading {
    const labels = { feed: id, exchange };
    const silent = instruments.filter((one) => DOWN.includes(one.state.kind)).length;
    const isDialling = state.kind === 'connecting' && this.#down.has(id);
    const isMet = DOWN.includes(state.kind) || isDialling || silent > 0;
    if (isMet) this.#down.set(id, labels);
    else this.#down.delete(id);
    return { labels, isMet, value: silent, marketTime: null };
  }
}
