import { fail, type Result, succeed } from '#contract/errors.ts';
import { MAX_DECKS } from '#contract/replay-requests.ts';
import type { Deck } from './deck.ts';
import type { DeckStage } from './deck-stage.ts';

export interface DecksOptions {
  /** Which there are, whenever that changes. */
  readonly onChange: (deckIds: readonly string[]) => void;
}

/** The decks that are open. Ids are not used twice. */
export class Decks<S extends DeckStage> {
  readonly #onChange: DecksOptions['onChange'];
  readonly #decks = new Map<string, Deck<S>>();
  #opening = 0;
  #lastNumber = 0;

  constructor({ onChange }: DecksOptions) {
    this.#onChange = onChange;
  }

  ids(): readonly string[] {
    return [...this.#decks.keys()];
  }

  list(): readonly Deck<S>[] {
    return [...this.#decks.values()];
  }

  find(deckId: string): Deck<S> | undefined {
    return this.#decks.get(deckId);
  }

  get(deckId: string): Result<Deck<S>> {
    const deck = this.#decks.get(deckId);
    return deck ? succeed(deck) : fail('not_found', `There is no replay deck ${deckId}`);
  }

  async open(create: (deckId: string) => Promise<Result<Deck<S>>>): Promise<Result<Deck<S>>> {
    if (this.#decks.size + this.#opening >= MAX_DECKS) {
      return fail('conflict', `At most ${MAX_DECKS} decks may be open: close one first.`);
    }
    this.#opening += 1;
    this.#lastNumber += 1;
    try {
      const deck = await create(`d${this.#lastNumber}`);
      if (!deck.ok) return deck;
      this.#decks.set(deck.value.id, deck.value);
      this.#onChange(this.ids());
      return deck;
    } finally {
      this.#opening -= 1;
    }
  }

  async close(deckId: string): Promise<Result<{ deckId: string }>> {
    const deck = this.get(deckId);
    if (!deck.ok) return deck;
    this.#decks.delete(deckId);
    await deck.value.close();
    this.#onChange(this.ids());
    return succeed({ deckId });
  }
}
