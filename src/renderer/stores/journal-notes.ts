import type { Result } from '#contract/errors.ts';
import type { JournalEntry, JournalSubject } from '#domain/journal.ts';
import type { HubClient } from '../client/hub-client.ts';
import { type JournalMarksStore, loadJournalMarks } from './journal-marks.ts';
import type { PaletteStore } from './palette-store.ts';

const MOST_NEWEST = 50;

/** The user's notes as far as this page knows them, and who shows some of them. */
export class JournalNotes {
  #newest: readonly JournalEntry[] = [];
  readonly #shown = new Set<readonly JournalEntry[]>();
  readonly #readers = new Set<() => Promise<void>>();

  /** Those that are shown first, then the newest; each once. */
  list(): readonly JournalEntry[] {
    const all = [...this.#shown, this.#newest].flat();
    return [...new Map(all.map((entry) => [entry.id, entry])).values()];
  }

  /** The journal shows these. Returns its end. */
  show(entries: readonly JournalEntry[]): () => void {
    this.#shown.add(entries);
    return () => this.#shown.delete(entries);
  }

  /** Asks again whenever a note has changed. Returns its end. */
  read(ask: () => Promise<void>): () => void {
    this.#readers.add(ask);
    return () => this.#readers.delete(ask);
  }

  /** What cannot be had now stays as it was. */
  async load(client: Pick<HubClient, 'request'>): Promise<void> {
    const reply = await client.request('journal.list', { limit: MOST_NEWEST });
    if (reply.ok) this.#newest = reply.value.items;
  }

  /** Comes back when everybody who shows notes has asked again. */
  async changed(client: Pick<HubClient, 'request'>): Promise<void> {
    await Promise.all([this.load(client), ...[...this.#readers].map((ask) => ask())]);
  }
}

interface NoteStores {
  readonly journalNotes: JournalNotes;
  readonly journalMarks: JournalMarksStore;
}

interface NoteParts {
  readonly client: Pick<HubClient, 'request'>;
  readonly stores: NoteStores;
}

/** Does something to a note, and has it on the screen before it comes back. */
export async function changingNote<T>(
  { client, stores }: NoteParts,
  subject: JournalSubject,
  work: Promise<Result<T>>,
): Promise<Result<T>> {
  const reply = await work;
  // One that is not there was removed elsewhere: it is shown here no longer.
  const isNews = reply.ok || reply.error.code === 'not_found';
  if (isNews) await stores.journalNotes.changed(client);
  if (subject.kind === 'fill') await loadJournalMarks(client, stores.journalMarks, subject.botId);
  return reply;
}

export const removeNote = (
  parts: NoteParts,
  { id, subject }: JournalEntry,
): Promise<Result<unknown>> =>
  changingNote(parts, subject, parts.client.request('journal.remove', { entryId: id }));

/** Knows the newest notes when the palette is asked for them: another window may have written some. */
export function followNotes(
  client: HubClient,
  {
    journalNotes,
    palette,
  }: { readonly journalNotes: JournalNotes; readonly palette: PaletteStore },
): () => void {
  const load = () => void journalNotes.load(client);
  const ends = [
    client.onConnection(({ kind }) => {
      if (kind === 'connected') load();
    }),
    palette.subscribe(({ isOpen }, { isOpen: wasOpen }) => {
      if (isOpen && !wasOpen) load();
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
