import { channel } from '#contract/channels.ts';
import { deckOfInstrument } from '#contract/decks.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { BotSync } from './bot-sync.ts';
import { withDeck, withoutDeck } from './replay-store.ts';
import type { SyncContext } from './sync-context.ts';
import type { TickerSync } from './ticker-sync.ts';

/** What one deck brought on screen, as of one of its runs. */
interface FollowedDeck {
  readonly end: () => void;
  /** Null while what there was is thrown away, and the new is not there yet. */
  run: number | null;
  instrumentIds: readonly InstrumentId[];
  botIds: readonly string[];
}

export interface ReplayParts {
  readonly tickers: TickerSync;
  readonly bots: Pick<BotSync, 'take' | 'forget'>;
}

/**
 * Keeps the open replay decks current, with their instruments, tickers and bots in the same stores
 * as live: their ids tell them apart. A seek makes all of it untrue; it is asked for anew.
 */
export class ReplaySync {
  readonly #context: SyncContext;
  readonly #parts: ReplayParts;
  readonly #followed = new Map<string, FollowedDeck>();
  readonly #end: () => void;

  constructor(context: SyncContext, parts: ReplayParts) {
    this.#context = context;
    this.#parts = parts;
    let isTold = false;
    this.#end = context.client.subscribe(channel.replay, {
      onReset: () => {
        isTold = false;
      },
      onPush: (push) => {
        if (push.event !== 'replay:decks') return;
        isTold = true;
        this.#follow(push.payload.deckIds);
      },
      // A hub that began anew has had no deck yet, and says nothing of any.
      onStarted: () => {
        if (!isTold) this.#follow([]);
      },
    });
  }

  stop(): void {
    this.#end();
    this.#follow([]);
  }

  /** Takes in a deck's newest view, before its channel tells of it. */
  take(deck: DeckView): void {
    const followed = this.#followed.get(deck.id) ?? this.#open(deck.id);
    if (deck.state === 'closed') {
      this.#close(deck.id, followed);
      return;
    }
    this.#context.stores.replay.setState((state) => withDeck(state, deck));
    // Nothing of it can be asked for while it is being opened, or where that has failed.
    if (deck.run === 0) return;
    const isThere = deck.state !== 'seeking';
    if (followed.run !== deck.run || !(isThere || deck.seek?.isShown)) this.#clear(followed);
    if (!isThere && !deck.seek?.isShown) return;
    if (followed.run === null) this.#fill(deck, followed);
    // They are on their way to what is shown.
    if (isThere) this.#takeBots(deck, followed);
  }

  #follow(deckIds: readonly string[]): void {
    for (const [deckId, followed] of this.#followed) {
      if (!deckIds.includes(deckId)) this.#close(deckId, followed);
    }
    for (const deckId of deckIds) if (!this.#followed.has(deckId)) this.#open(deckId);
  }

  #open(deckId: string): FollowedDeck {
    const followed: FollowedDeck = {
      end: this.#context.client.subscribe(channel.replayDeck(deckId), {
        onPush: (push) => {
          if (push.event === 'replay:deck') this.take(push.payload.deck);
        },
      }),
      run: null,
      instrumentIds: [],
      botIds: [],
    };
    this.#followed.set(deckId, followed);
    return followed;
  }

  #fill(deck: DeckView, followed: FollowedDeck): void {
    const { stores } = this.#context;
    followed.run = deck.run;
    followed.instrumentIds = deck.instruments.map(({ id }) => id);
    // New objects, so that panels which show one of them begin anew.
    const instruments = deck.instruments.map(({ sourceId: _, ...instrument }) => instrument);
    const others = stores.instruments
      .getState()
      .deckInstruments.filter(({ id }) => deckOfInstrument(id) !== deck.id);
    stores.instruments.setState({ deckInstruments: [...others, ...instruments] });
    for (const id of followed.instrumentIds) this.#parts.tickers.add(id);
  }

  #takeBots(deck: DeckView, followed: FollowedDeck): void {
    const { botIds, run } = followed;
    followed.botIds = deck.botIds;
    for (const botId of botIds) if (!deck.botIds.includes(botId)) this.#parts.bots.forget(botId);
    for (const botId of deck.botIds) {
      if (botIds.includes(botId)) continue;
      void this.#context.client.request('bots.get', { botId }).then((reply) => {
        if (reply.ok && followed.run === run) this.#parts.bots.take(reply.value);
      });
    }
  }

  #clear(followed: FollowedDeck): void {
    followed.run = null;
    for (const id of followed.instrumentIds) this.#parts.tickers.remove(id);
    for (const botId of followed.botIds) this.#parts.bots.forget(botId);
    followed.botIds = [];
  }

  #close(deckId: string, followed: FollowedDeck): void {
    const { stores } = this.#context;
    this.#followed.delete(deckId);
    followed.end();
    this.#clear(followed);
    stores.replay.setState((state) => withoutDeck(state, deckId));
    const { deckInstruments, watchlist } = stores.instruments.getState();
    const isOfDeck = (id: string | null) => id !== null && deckOfInstrument(id) === deckId;
    stores.instruments.setState({
      deckInstruments: deckInstruments.filter(({ id }) => !isOfDeck(id)),
    });
    // Back to live: nothing that is gone stays selected.
    for (const selection of stores.selections.all) {
      if (!isOfDeck(selection.getState().selectedInstrumentId)) continue;
      selection.setState({
        selectedInstrumentId: watchlist?.[0]?.id ?? null,
        selectedBotId: null,
      });
    }
  }
}
