import { deckAlert, deckInstrumentId } from '#contract/decks.ts';
import type { Publishable } from '#contract/publications.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Notification } from '#domain/notification.ts';
import { KeptPublications } from './kept-publications.ts';

export interface DeckEdgeOptions {
  readonly deckId: string;
  /** Where notifications of its bots and alerts go; null where nobody asked for them. */
  readonly notify: ((notification: Notification) => void) | null;
  readonly publish: (item: Publishable) => void;
}

/**
 * The edge between a deck and everyone else: what its rooms publish goes out under the deck's names,
 * and what would touch live (balance) does not go out. While it is held, as during a
 * seek, it keeps the newest and publishes that at the end.
 */
export class DeckEdge {
  readonly #options: DeckEdgeOptions;
  readonly #names = new Map<InstrumentId, InstrumentId>();
  #held: KeptPublications | null = null;

  constructor(options: DeckEdgeOptions) {
    this.#options = options;
  }

  readonly publish = (item: Publishable): void => {
    if (this.#held) this.#held.keep(item);
    else if (item.of === 'notification') this.#options.notify?.(item.notification);
    else {
      const renamed = this.#renamed(item);
      if (renamed) this.#options.publish(renamed);
    }
  };

  hold(): void {
    this.#held ??= new KeptPublications();
  }

  /** Goes on, with the newest of what was held. */
  release(): void {
    const held = this.#held;
    this.#held = null;
    for (const item of held?.take() ?? []) this.publish(item);
  }

  #nameOf(id: InstrumentId): InstrumentId {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const name = deckInstrumentId(this.#options.deckId, id);
    this.#names.set(id, name);
    return name;
  }

  #renamed(item: Publishable): Publishable | null {
    switch (item.of) {
      case 'trade':
        return { of: 'trade', trade: this.#own(item.trade) };
      case 'ticker':
        return { of: 'ticker', ticker: this.#own(item.ticker) };
      case 'candle':
        return this.#own(item);
      case 'book':
        return { of: 'book', change: this.#own(item.change) };
      case 'fill':
        return { of: 'fill', fill: this.#own(item.fill) };
      case 'order':
        return { of: 'order', order: this.#own(item.order) };
      case 'position':
        return { of: 'position', position: this.#own(item.position) };
      case 'botStatus':
      case 'botLog':
        return item;
      case 'alert': {
        const { deckId } = this.#options;
        return { of: 'deckAlert', deckId, alert: deckAlert(deckId, item.alert) };
      }
      case 'notification':
        return this.#options.notify ? item : null;
      default:
        return null;
    }
  }

  #own<T extends { readonly instrumentId: InstrumentId }>(thing: T): T {
    return { ...thing, instrumentId: this.#nameOf(thing.instrumentId) };
  }
}
