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

export interface HistoryLimits {
  /** Kept whatever their age. */
  readonly atLeast: number;
  /** Never more than these, whatever their age. */
  readonly atMost: number;
  /** Between the two, kept while younger. */
  readonly maxAgeMs: number;
  /** How many of the newest a fresh consumer starts with. */
  readonly startWith: number;
}

/** The recent past of a *stream* or *flow* channel. */
export class HistoryLog implements PublicationLog {
  readonly #limits: HistoryLimits;
  #publications: Publication[] = [];
  /** Index of the oldest still remembered; what lies before it is freed in bulk. */
  #head = 0;

  constructor(limits: HistoryLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#publications.length - this.#head;
  }

  append(publication: Publication): void {
    this.#publications.push(publication);
    while (this.#isExcess(publication.timestamp)) this.#head += 1;
    if (this.#head > this.length) {
      this.#publications = this.#publications.slice(this.#head);
      this.#head = 0;
    }
  }

  start(): readonly Publication[] {
    const first = this.#publications.length - this.#limits.startWith;
    return this.#publications.slice(Math.max(this.#head, first));
  }

  since(offset: number): readonly Publication[] | undefined {
    const oldest = this.#publications[this.#head];
    if (!oldest || offset < oldest.offset - 1) return undefined;
    return this.#publications.slice(this.#head + offset + 1 - oldest.offset);
  }

  #isExcess(now: number): boolean {
    const { atLeast, atMost, maxAgeMs } = this.#limits;
    if (this.length > atMost) return true;
    const oldest = this.#publications[this.#head];
    return this.length > atLeast && oldest !== undefined && now - oldest.timestamp > maxAgeMs;
  }
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
