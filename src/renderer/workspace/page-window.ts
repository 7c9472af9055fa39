import type { KeptValues } from '../app/page-storage.ts';

/** Which of the user's windows, or tabs of a browser, a page is. */
export interface PageWindow {
  /** What it keeps its layout under; null: the first one. */
  readonly id: string | null;
  /** The saved layout that a new window begins with; null where none is named. */
  readonly layoutName: string | null;
  /** Another page was there before: this one begins with a copy of what that one shows. */
  readonly copiedFrom?: { readonly id: string | null };
}

/** Names of which each belongs to one page at a time. */
export interface PageLocks {
  /** False where another page has it and does not give it up within the time. */
  readonly hold: (name: string, waitMs: number) => Promise<boolean>;
}

export interface PageWindowParts {
  readonly locks: PageLocks;
  /** Of this tab alone; outlives a reload. */
  readonly tab: KeptValues;
  /** The query of the page's address. */
  readonly search: string;
  readonly createId: () => string;
}

const TAB_KEY = 'tapedeck:window';
const FIRST = '';
/** A page that is loaded again may find its own name still held by the page that it takes the place of. */
const RELOADED_WITHIN_MS = 1_000;

/**
 * Settles which window this page is, so that no two pages write over each other's layout. A tab stays
 * what it was; a second tab of the same address is a window of its own.
 */
export async function claimPageWindow(parts: PageWindowParts): Promise<PageWindow> {
  const { locks, tab, search, createId } = parts;
  const asked = new URLSearchParams(search);
  const layoutName = asked.get('layout');
  const before = tab.read(TAB_KEY);
  const wanted = before ?? asked.get('window') ?? FIRST;
  const hold = (id: string, waitMs: number) => locks.hold(`${TAB_KEY}:${id}`, waitMs);
  if (await hold(wanted, before === null ? 0 : RELOADED_WITHIN_MS)) {
    tab.write(TAB_KEY, wanted);
    return { id: idOf(wanted), layoutName };
  }
  const id = createId();
  await hold(id, 0);
  tab.write(TAB_KEY, id);
  return { id, layoutName, copiedFrom: { id: idOf(wanted) } };
}

const idOf = (name: string): string | null => (name === FIRST ? null : name);
