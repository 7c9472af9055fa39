import type { Publishable } from '#contract/publications.ts';

/** As many as a newcomer to a channel is shown. */
const KEPT = 100;

/** Of each thing a number, the newest last. Trimmed by halves, so that it is paid for seldom. */
class Newest {
  #items: Publishable[] = [];

  add(item: Publishable): void {
    this.#items.push(item);
    if (this.#items.length >= 2 * KEPT) this.#items = this.#items.slice(-KEPT);
  }

  get items(): readonly Publishable[] {
    return this.#items.slice(-KEPT);
  }
}

/**
 * What is left of a long run that nobody watched: the last value of each *latest* channel, and the
 * end of each other. Notifications are not kept: they would come all at once, and too late.
 */
export class KeptPublications {
  readonly #values = new Map<string, Map<string, Publishable>>();
  readonly #runs = new Map<string, Map<string, Newest>>();

  keep(item: Publishable): void {
    switch (item.of) {
      case 'trade':
        this.#addTo('trade', item.trade.instrumentId, item);
        break;
      case 'fill':
        this.#addTo('fill', item.fill.botId, item);
        break;
      case 'order':
        this.#addTo('order', item.order.botId, item);
        break;
      case 'botLog':
        this.#addTo('botLog', item.entry.botId, item);
        break;
      case 'alert':
        this.#addTo('alert', item.alert.ruleId, item);
        break;
      case 'ticker':
        this.#put('ticker', item.ticker.instrumentId, item);
        break;
      case 'candle':
        this.#put(item.interval, item.instrumentId, item);
        break;
      case 'position':
        this.#put('position', item.position.botId, item);
        break;
      case 'botStatus':
        this.#put('botStatus', item.status.botId, item);
        break;
      default:
        break;
    }
  }

  take(): readonly Publishable[] {
    const runs = [...this.#runs.values()].flatMap((byOwner) =>
      [...byOwner.values()].flatMap(({ items }) => items),
    );
    const values = [...this.#values.values()].flatMap((byOwner) => [...byOwner.values()]);
    return [...runs, ...values];
  }

  #put(kind: string, owner: string, item: Publishable): void {
    let byOwner = this.#values.get(kind);
    if (!byOwner) {
      byOwner = new Map();
      this.#values.set(kind, byOwner);
    }
    byOwner.set(owner, item);
  }

  #addTo(kind: string, owner: string, item: Publishable): void {
    let byOwner = this.#runs.get(kind);
    if (!byOwner) {
      byOwner = new Map();
      this.#runs.set(kind, byOwner);
    }
    let newest = byOwner.get(owner);
    if (!newest) {
      newest = new Newest();
      byOwner.set(owner, newest);
    }
    newest.add(item);
  }
}
