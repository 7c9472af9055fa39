import type { FeedStatus } from '#contract/model.ts';
import type { FeedState } from '#domain/feed.ts';
import type { InstrumentId } from '#domain/instrument.ts';

/**
 * Why an instrument cannot be traded on now, null where it can. Undefined where that is not for the
 * feed's state to say: while it connects, what was true before stays so.
 */
function troubleOf(id: InstrumentId, state: FeedState): string | null | undefined {
  switch (state.kind) {
    case 'live':
    case 'closed':
    case 'ended':
      return null;
    case 'connecting':
      return undefined;
    case 'stale':
      return `Nothing is heard of ${id} since ${new Date(state.sinceTime).toISOString()}`;
    case 'disconnected':
      return `The feed of ${id} is disconnected: ${state.reason}`;
    case 'failed':
      return `The feed of ${id} has failed: ${state.reason}`;
  }
}

/** What is known of the feeds of the instruments that bots trade. */
export class FeedVerdicts {
  readonly #troubles = new Map<InstrumentId, string>();

  /** Takes in how all feeds are; gives the instruments of which something changed. */
  take(feeds: readonly FeedStatus[]): readonly InstrumentId[] {
    return feeds
      .flatMap(({ instruments }) => instruments)
      .filter(({ id, state }) => this.#set(id, troubleOf(id, state)))
      .map(({ id }) => id);
  }

  /** It is being heard of. */
  clear(id: InstrumentId): void {
    this.#troubles.delete(id);
  }

  of(id: InstrumentId): string | null {
    return this.#troubles.size === 0 ? null : (this.#troubles.get(id) ?? null);
  }

  #set(id: InstrumentId, trouble: string | null | undefined): boolean {
    if (trouble === undefined || trouble === this.of(id)) return false;
    if (trouble === null) this.#troubles.delete(id);
    else this.#troubles.set(id, trouble);
    return true;
  }
}
