import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import type { AlertNews } from '../watch.ts';

/** Leaves out prints that come late: only the newest tells the price. */
export class NewestTrades {
  #time: EpochMs | null = null;

  copy(): NewestTrades {
    const copy = new NewestTrades();
    copy.#time = this.#time;
    return copy;
  }

  /** The trade in the news, where there is one and it is the newest. */
  take(news: AlertNews): Trade | null {
    if (news.of !== 'market') return null;
    const { event } = news;
    // After a cut the feed may go on at another time: a recording that is played again does.
    if (event.kind === 'bookLost') this.#time = null;
    if (event.kind !== 'trade') return null;
    const { trade } = event;
    if (this.#time !== null && trade.eventTime < this.#time) return null;
    this.#time = trade.eventTime;
    return trade;
  }
}
