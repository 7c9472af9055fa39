import { fail, type Result, succeed } from '#contract/errors.ts';
import type { RequestParams, RequestResult } from '#contract/requests.ts';
import type { Clock } from '#domain/clock.ts';
import type { JournalEntry } from '#domain/journal.ts';
import { type Picture, readPicture } from './picture.ts';
import { PictureParts } from './picture-parts.ts';

type ListRequest = RequestParams<'journal.list'>;

/** Where a user's notes are kept. Every call is durable when it returns. */
export interface JournalStore {
  list(userId: string, request: ListRequest): Result<RequestResult<'journal.list'>>;
  /** Of the newest notes first, each once. */
  notedFills(userId: string, botId: string): readonly string[];
  get(userId: string, entryId: string): JournalEntry | null;
  insert(userId: string, entry: JournalEntry): void;
  /** The text and its time. */
  update(entry: JournalEntry): void;
  remove(entryId: string): void;
  setPicture(entryId: string, picture: Picture): void;
  picture(entryId: string): Picture | null;
}

export interface JournalOptions {
  readonly store: JournalStore;
  readonly clock: Clock;
  readonly createId: () => string;
}

/** The notes of users, each of which sees his own. */
export class Journal {
  readonly #store: JournalStore;
  readonly #clock: Clock;
  readonly #createId: () => string;
  readonly #parts: PictureParts;

  constructor({ store, clock, createId }: JournalOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#createId = createId;
    this.#parts = new PictureParts(clock);
  }

  list(userId: string, request: ListRequest): Result<RequestResult<'journal.list'>> {
    return this.#store.list(userId, request);
  }

  notedFills(userId: string, botId: string): string[] {
    return [...this.#store.notedFills(userId, botId)];
  }

  write(userId: string, draft: RequestParams<'journal.write'>): JournalEntry {
    const now = this.#clock.now();
    const entry: JournalEntry = {
      ...draft,
      id: this.#createId(),
      hasSnapshot: false,
      createdTime: now,
      updatedTime: now,
    };
    this.#store.insert(userId, entry);
    return entry;
  }

  rewrite(
    userId: string,
    { entryId, text }: RequestParams<'journal.rewrite'>,
  ): Result<JournalEntry> {
    return this.#with(userId, entryId, (entry) => {
      const changed = { ...entry, text, updatedTime: this.#clock.now() };
      this.#store.update(changed);
      return succeed(changed);
    });
  }

  remove(userId: string, entryId: string): Result<{ entryId: string }> {
    return this.#with(userId, entryId, () => {
      this.#store.remove(entryId);
      return succeed({ entryId });
    });
  }

  attach(
    userId: string,
    part: RequestParams<'journal.attach'>,
  ): Result<RequestResult<'journal.attach'>> {
    return this.#with(userId, part.entryId, ({ id }): Result<RequestResult<'journal.attach'>> => {
      const taken = this.#parts.take(part);
      if (!taken.ok) return taken;
      if (taken.value === null) return succeed({ isComplete: false });
      const picture = readPicture(taken.value);
      if (!picture.ok) return picture;
      this.#store.setPicture(id, picture.value);
      return succeed({ isComplete: true });
    });
  }

  snapshot(userId: string, entryId: string): Result<RequestResult<'journal.snapshot'>> {
    return this.#with(userId, entryId, ({ id }) => {
      const picture = this.#store.picture(id);
      if (!picture) return fail('not_found', 'No picture goes with this note');
      const { mediaType, bytes } = picture;
      return succeed({ mediaType, data: bytes.toString('base64') });
    });
  }

  /** An entry of somebody else is not there. */
  #with<T>(userId: string, entryId: string, work: (entry: JournalEntry) => Result<T>): Result<T> {
    const entry = this.#store.get(userId, entryId);
    return entry ? work(entry) : fail('not_found', `There is no note ${entryId}`);
  }
}
