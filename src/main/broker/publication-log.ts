import { type ConflationKey, conflationKeyOf } from '#contract/publications.ts';
import type { Publication } from './delivery.ts';

/** What a channel remembers for consumers that join or come back. */
export interface PublicationLog {
  append(publication: Publication): void;
  /** Where a consumer starts that joins afresh. */
  start(): readonly Publication[];
  /** Everything after `offset`, or undefined where a part of that is forgotten (rule B4). */
  since(offset: number): readonly Publication[] | undefined;
}

/** Puts a value in place of the one of its key, as the newest of the map's order. */
export function conflateInto(
  values: Map<ConflationKey, Publication>,
  publication: Publication,
): void {
  const key = conflationKeyOf(publication.data);
  values.delete(key);
  values.set(key, publication);
}

/** So many candles a channel that a short absence leaves no hole in a chart. */
const RETAINED_CANDLES = 60;
/** Instruments of one channel. */
const RETAINED_INSTRUMENTS = 10_000;

/** The retained value of a *latest* channel, by key. */
export class RetainedLog implements PublicationLog {
  readonly #values = new Map<ConflationKey, Publication>();
  #newest: Publication | undefined;
  /** The newest offset whose value is forgotten although nothing of its key replaced it. */
  #forgottenOffset = 0;

  append(publication: Publication): void {
    conflateInto(this.#values, publication);
    this.#newest = publication;
    const isCandle = publication.data.of === 'candle';
    if (this.#values.size <= (isCandle ? RETAINED_CANDLES : RETAINED_INSTRUMENTS)) return;
    for (const [key, oldest] of this.#values) {
      this.#values.delete(key);
      this.#forgottenOffset = oldest.offset;
      return;
    }
  }

  start(): readonly Publication[] {
    if (this.#newest?.data.of === 'candle') return [this.#newest];
    return [...this.#values.values()];
  }

  since(offset: number): readonly Publication[] | undefined {
    if (offset < this.#forgottenOffset) return undefined;
    return [...this.#values.values()].filter((value) => value.offset > offset);
  }
}
