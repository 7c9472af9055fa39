import type { Publishable } from '#contract/publications.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Publication } from './delivery.ts';
import type { PublicationLog } from './publication-log.ts';

/**
 * Where the publications of durable channels are kept beyond this process (rule B5). It gives each
 * its offset, inside the very transaction that makes the thing itself durable.
 */
export interface DurableHistory {
  /** One for all its channels, as old as what keeps it: offsets never begin anew. */
  readonly epoch: string;
  /** As what this very item was written already, together with what it tells of. */
  find(item: Publishable): Publication | undefined;
  /** Writes an item as its channel's next one; undefined where it could not be written. */
  append(item: Publishable, timestamp: EpochMs): Publication | undefined;
  lastOffset(channel: string): number;
  /** Everything after `offset`, in order, or undefined where a part of that is gone. */
  since(channel: string, offset: number): readonly Publication[] | undefined;
  /** The newest, oldest first. */
  recent(channel: string, count: number): readonly Publication[];
}

/** The memory of one durable channel: nothing but a view of the history. */
export class DurableLog implements PublicationLog {
  readonly #history: DurableHistory;
  readonly #channel: string;
  readonly #startWith: number;

  constructor(history: DurableHistory, channel: string, startWith: number) {
    this.#history = history;
    this.#channel = channel;
    this.#startWith = startWith;
  }

  /** It is written before it is published. */
  append(): void {
    return;
  }

  start(): readonly Publication[] {
    return this.#history.recent(this.#channel, this.#startWith);
  }

  since(offset: number): readonly Publication[] | undefined {
    return this.#history.since(this.#channel, offset);
  }
}
