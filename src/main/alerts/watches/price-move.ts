import type { AlertLabels } from '#domain/alert.ts';
import type { EpochMs } from '#domain/units.ts';
import {
  type AlertNews,
  type ConditionOf,
  type ConditionWatch,
  labelsOfInstrument,
  NOTHING,
  type Reading,
} from '../watch.ts';
import { NewestTrades } from './newest-trades.ts';

interface Print {
  readonly time: EpochMs;
  readonly price: number;
}

/** The lowest (or highest) price of a sliding window: what can no longer be it is let go. */
class WindowExtreme {
  readonly #isBetter: (price: number, than: number) => boolean;
  #prints: Print[] = [];
  #head = 0;

  constructor(isBetter: (price: number, than: number) => boolean) {
    this.#isBetter = isBetter;
  }

  add(print: Print, windowMs: number): number {
    while (this.#length > 0 && !this.#isBetter(this.#at(-1).price, print.price)) this.#prints.pop();
    this.#prints.push(print);
    while (this.#at(0).time < print.time - windowMs) this.#head += 1;
    if (this.#head > this.#length) {
      this.#prints = this.#prints.slice(this.#head);
      this.#head = 0;
    }
    return this.#at(0).price;
  }

  copy(): WindowExtreme {
    const copy = new WindowExtreme(this.#isBetter);
    copy.#prints = this.#prints.slice(this.#head);
    return copy;
  }

  clear(): void {
    this.#prints = [];
    this.#head = 0;
  }

  get #length(): number {
    return this.#prints.length - this.#head;
  }

  /** The print that was added last is always there. */
  #at(index: 0 | -1): Print {
    return this.#prints.at(index === 0 ? this.#head : -1) as Print;
  }
}

/** The price is so many percent from the lowest or highest of a window that ends now. */
export class PriceMove implements ConditionWatch {
  readonly #condition: ConditionOf<'priceMove'>;
  #newest = new NewestTrades();
  #lowest = new WindowExtreme((price, than) => price < than);
  #highest = new WindowExtreme((price, than) => price > than);
  readonly #labels: AlertLabels;
  #time = Number.NEGATIVE_INFINITY;

  constructor(condition: ConditionOf<'priceMove'>) {
    this.#condition = condition;
    this.#labels = labelsOfInstrument(condition.instrumentId);
  }

  take(news: AlertNews): readonly Reading[] {
    const trade = this.#newest.take(news);
    if (!trade) return NOTHING;
    const { eventTime: time, price } = trade;
    if (time < this.#time) this.#begin();
    this.#time = time;
    const { windowMs, direction } = this.#condition;
    const lowest = this.#lowest.add({ time, price }, windowMs);
    const highest = this.#highest.add({ time, price }, windowMs);
    const readings: Reading[] = [];
    if (direction !== 'down') readings.push(this.#reading('up', percentFrom(lowest, price), time));
    if (direction !== 'up') readings.push(this.#reading('down', percentFrom(highest, price), time));
    return readings;
  }

  copy(): PriceMove {
    const copy = new PriceMove(this.#condition);
    copy.#newest = this.#newest.copy();
    copy.#lowest = this.#lowest.copy();
    copy.#highest = this.#highest.copy();
    copy.#time = this.#time;
    return copy;
  }

  #reading(direction: 'up' | 'down', value: number, marketTime: EpochMs): Reading {
    const moved = direction === 'up' ? value : -value;
    const isMet = moved >= this.#condition.percent;
    return { labels: { ...this.#labels, direction }, isMet, value, marketTime };
  }

  #begin(): void {
    this.#lowest.clear();
    this.#highest.clear();
  }
}

/** Zero where a percentage means nothing: prices have been negative. */
const percentFrom = (from: number, price: number): number =>
  from > 0 ? (price / from - 1) * 100 : 0;
