import type { FeedStatus } from '#contract/model.ts';
import type { FeedState } from '#domain/feed.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';

/**
 * Why an instrument cannot be traded on now, null where it can. Undefined where that is not for the
 * feed's state to say: while it connects for the first time, or tries again.
 */
function troubleOf(id: InstrumentId, state: FeedState): string | null | undefined {
  switch (state.kind) {
    case 'live':
    case 'ended':
      return null;
    // Its last price is one that nobody trades at.
    case 'closed':
      return closedWords(id, state.untilTime);
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

const closedWords = (id: InstrumentId, untilTime: EpochMs | null): string =>
  untilTime === null
    ? `The market of ${id} is closed`
    : `The market of ${id} is closed until ${new Date(untilTime).toISOString()}`;

/** What is known of the feeds of the instruments that bots trade. */
export class FeedVerdicts {
  readonly #troubles = new Map<InstrumentId, string>();
  readonly #closed = new Set<InstrumentId>();
  /** They were heard of: what is known of them grows old while their feed connects anew. */
  readonly #wereLive = new Set<InstrumentId>();

  /** Takes in how all feeds are; gives the instruments of which something changed. */
  take(feeds: readonly FeedStatus[]): readonly InstrumentId[] {
    return feeds
      .flatMap(({ instruments }) => instruments)
      .filter(({ id, state }) => this.#set(id, state))
      .map(({ id }) => id);
  }

  /** It is being heard of. */
  clear(id: InstrumentId): void {
    this.#troubles.delete(id);
    this.#closed.delete(id);
  }

  /** Its market sleeps, and will open: there is nothing wrong with its feed. */
  isClosed(id: InstrumentId): boolean {
    return this.#closed.has(id);
  }

  of(id: InstrumentId): string | null {
    return this.#troubles.size === 0 ? null : (this.#troubles.get(id) ?? null);
  }

  #set(id: InstrumentId, state: FeedState): boolean {
    if (state.kind === 'live') this.#wereLive.add(id);
    const trouble = this.#isLostBy(id, state)
      ? `The feed of ${id} connects anew`
      : troubleOf(id, state);
    if (trouble === undefined || trouble === this.of(id)) return false;
    if (state.kind === 'closed') this.#closed.add(id);
    else this.#closed.delete(id);
    if (trouble === null) this.#troubles.delete(id);
    else this.#troubles.set(id, trouble);
    return true;
  }

  /** A connection that is given up, as after a sleep of the machine, is made anew without a word in between. */
  #isLostBy(id: InstrumentId, { kind }: FeedState): boolean {
    return kind === 'connecting' && this.#wereLive.has(id) && this.of(id) === null;
  }
}
