import { fail, type Result, succeed } from '#contract/errors.ts';
import { type DeckView, MAX_DECKS, type ReplaySpeed } from '#contract/replay-requests.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Deck } from './deck.ts';
import { DeckOpening } from './deck-opening.ts';
import type { DeckStage } from './deck-stage.ts';

/** The last number that a deck was given, kept over a restart. */
export interface DeckNumber {
  readonly last: number;
  /** May throw: then it holds until the end of the process. */
  keep(number: number): void;
}

export interface DecksOptions {
  readonly clock: TimerClock;
  readonly number: DeckNumber;
  /** Which there are, whenever that changes. */
  readonly onChange: (deckIds: readonly string[]) => void;
  /** Of one that is being opened. */
  readonly onOpening: (view: DeckView) => void;
  /** A bug, not a failure; or its number could not be kept. */
  readonly onFault: (deckId: string, fault: unknown) => void;
}

export interface OpenTerms<S extends DeckStage> {
  readonly speed: ReplaySpeed;
  readonly notify: boolean;
  /** Null where `opening` was given up on the way. */
  readonly create: (opening: DeckOpening) => Promise<Result<Deck<S> | null>>;
}

/**
 * The decks that are open, and those that are being opened. Ids are not used twice, not after a restart either: who
 * knows one of before may still ask for it.
 */
export class Decks<S extends DeckStage> {
  readonly #options: DecksOptions;
  readonly #decks = new Map<string, Deck<S>>();
  readonly #openings = new Map<string, DeckOpening>();
  #lastNumber: number;

  constructor(options: DecksOptions) {
    this.#options = options;
    this.#lastNumber = options.number.last;
  }

  /** Those that others know of. */
  ids(): readonly string[] {
    return this.views().map(({ id }) => id);
  }

  views(): readonly DeckView[] {
    const opening = [...this.#openings.values()].flatMap((one) =>
      one.isTold ? (one.view() ?? []) : [],
    );
    return [...[...this.#decks.values()].map((deck) => deck.view()), ...opening];
  }

  view(deckId: string): Result<DeckView> {
    const deck = this.#decks.get(deckId);
    const view = deck ? deck.view() : this.#openings.get(deckId)?.view();
    return view ? succeed(view) : unknownDeck(deckId);
  }

  find(deckId: string): Deck<S> | undefined {
    return this.#decks.get(deckId);
  }

  /** To do something with: not before it is open. */
  get(deckId: string): Result<Deck<S>> {
    const deck = this.#decks.get(deckId);
    if (deck) return succeed(deck);
    const opening = this.#openings.get(deckId);
    if (!opening) return unknownDeck(deckId);
    if (opening.error !== null) return fail('invalid_state', opening.error);
    const percent = Math.floor(100 * opening.progress);
    return fail('invalid_state', `Deck ${deckId} is being opened: ${percent} % is read.`);
  }

  /** The deck, paused; or as it is being opened, where that takes longer than a moment. */
  async open({ speed, notify, create }: OpenTerms<S>): Promise<Result<DeckView>> {
    if (this.#decks.size + this.#openings.size >= MAX_DECKS) {
      return fail('conflict', `At most ${MAX_DECKS} decks may be open: close one first.`);
    }
    const { clock, onOpening } = this.#options;
    const id = this.#nextId();
    const opening = new DeckOpening({ id, speed, notify, clock, onChange: onOpening });
    this.#openings.set(id, opening);
    const opened = this.#settle(opening, create(opening));
    const isLate = await Promise.race([
      opened.then(() => false),
      opening.takesLong.then(() => true),
    ]);
    if (!isLate) return opened;
    this.#options.onChange(this.ids());
    return this.view(id);
  }

  #nextId(): string {
    this.#lastNumber += 1;
    const id = `d${this.#lastNumber}`;
    try {
      this.#options.number.keep(this.#lastNumber);
    } catch (fault) {
      this.#options.onFault(id, fault);
    }
    return id;
  }

  async close(deckId: string): Promise<Result<{ deckId: string }>> {
    const opening = this.#openings.get(deckId);
    if (opening) {
      this.#openings.delete(deckId);
      opening.close();
      this.#options.onChange(this.ids());
      return succeed({ deckId });
    }
    const deck = this.get(deckId);
    if (!deck.ok) return deck;
    this.#decks.delete(deckId);
    await deck.value.close();
    this.#options.onChange(this.ids());
    return succeed({ deckId });
  }

  async dispose(): Promise<void> {
    for (const deckId of [...this.#openings.keys(), ...this.#decks.keys()]) {
      await this.close(deckId);
    }
  }

  async #settle(
    opening: DeckOpening,
    creating: Promise<Result<Deck<S> | null>>,
  ): Promise<Result<DeckView>> {
    const created = await creating.catch((fault: unknown) => {
      this.#options.onFault(opening.id, fault);
      return fail('internal', 'The deck failed to open.');
    });
    opening.end();
    const deck = created.ok ? created.value : null;
    if (opening.signal.aborted) {
      await deck?.close();
      return fail('conflict', `Deck ${opening.id} was closed before it was open.`);
    }
    if (deck) return this.#add(deck);
    const failure = created.ok ? unknownDeck(opening.id) : created;
    if (opening.isTold) opening.fail(failure.error.message);
    else this.#openings.delete(opening.id);
    return failure;
  }

  #add(deck: Deck<S>): Result<DeckView> {
    this.#openings.delete(deck.id);
    this.#decks.set(deck.id, deck);
    this.#options.onChange(this.ids());
    deck.tell();
    return succeed(deck.view());
  }
}

const unknownDeck = (deckId: string) => fail('not_found', `There is no replay deck ${deckId}`);
