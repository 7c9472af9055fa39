import { DEFAULT_LINK, LINK_GROUPS, type Link, type LinkGroup, PINNED } from './links.ts';
import { createSelectionStore, type SelectionStore } from './selection-store.ts';

/** What each link group shows, and each pinned panel by itself. */
export class LinkedSelections {
  readonly #groups: ReadonlyMap<LinkGroup, SelectionStore>;
  readonly #pinned = new Map<string, SelectionStore>();
  readonly #listeners = new Set<() => void>();
  #revision = 0;

  constructor() {
    this.#groups = new Map(LINK_GROUPS.map((group) => [group, this.#create()]));
  }

  /** What a panel shows. */
  of(panelId: string, link: Link): SelectionStore {
    const shared = link === PINNED ? this.#pinned.get(panelId) : this.#groups.get(link);
    if (shared !== undefined) return shared;
    const own = this.#create();
    this.#pinned.set(panelId, own);
    return own;
  }

  /** Of the top bar, and of what belongs to no panel. */
  get default(): SelectionStore {
    return this.of('', DEFAULT_LINK);
  }

  get all(): readonly SelectionStore[] {
    return [...this.#groups.values(), ...this.#pinned.values()];
  }

  /** Grows with each change of any of them. */
  get revision(): number {
    return this.#revision;
  }

  /** A panel moves to another group. A group that shows nothing yet takes over what the panel showed. */
  relink(panelId: string, from: Link, to: Link): void {
    const before = this.of(panelId, from).getState();
    if (to !== PINNED && from === PINNED) this.forget(panelId);
    const after = this.of(panelId, to);
    const { selectedInstrumentId, selectedBotId } = before;
    if (after.getState().selectedInstrumentId === null) {
      after.setState({ selectedInstrumentId, selectedBotId });
    }
  }

  /** A pinned panel was closed. */
  forget(panelId: string): void {
    this.#pinned.delete(panelId);
  }

  /** Told of each change of any of them. Returns its end. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #create(): SelectionStore {
    const store = createSelectionStore();
    store.subscribe(() => {
      this.#revision += 1;
      for (const listener of this.#listeners) listener();
    });
    return store;
  }
}
