import { createStore } from 'zustand/vanilla';
import type { LinkedSelections } from '../stores/linked-selections.ts';
import { DEFAULT_LINK, LINK_GROUPS, type Link, PINNED } from '../stores/links.ts';
import type { SelectionStore } from '../stores/selection-store.ts';
import type { Direction, Dock } from './dock.ts';
import {
  isSamePlacing,
  type Layout,
  type LayoutNode,
  MOST_PANELS,
  type PanelState,
  type Shown,
  type Stack,
  stacksOf,
} from './layout.ts';
import type { PanelKind } from './panel-kinds.ts';

export interface WorkspaceState {
  readonly panels: Readonly<Record<string, PanelState>>;
  readonly activePanelId: string | null;
}

/** Panels that were closed, and where they stood. */
export interface ClosedPanels {
  readonly panels: WorkspaceState['panels'];
  readonly before: Layout;
  readonly after: Layout;
}

type Option = NonNullable<PanelState['options']>[string];

/** The panels of this window: which there are, what each of them shows, and where they stand. */
export class Workspace {
  readonly store = createStore<WorkspaceState>(() => ({ panels: {}, activePanelId: null }));
  readonly #selections: LinkedSelections;
  readonly #listeners = new Set<() => void>();
  #onClosed: (closed: ClosedPanels) => void = () => undefined;
  #root: LayoutNode | null = null;
  #dock: Dock | null = null;

  constructor(selections: LinkedSelections) {
    this.#selections = selections;
    selections.subscribe(() => this.#tell());
  }

  /** Told of whatever would be saved. Returns its end. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Told of panels that the user closed, so that they can be had again by `reopen`. */
  onClosed(listener: (closed: ClosedPanels) => void): void {
    this.#onClosed = listener;
  }

  /** Where they were, if nothing was moved since; else beside others. */
  reopen({ panels, before, after }: ClosedPanels): void {
    if (this.#dock === null || !isSamePlacing(this.layout, after)) {
      for (const panel of Object.values(panels)) {
        const id = this.open(panel.kind, panel);
        if (id !== null && panel.shows) show(this.selectionOf(id), panel.shows);
      }
      return;
    }
    this.store.setState({ panels: { ...this.#panels, ...panels } });
    for (const [id, { shows }] of Object.entries(panels)) {
      if (shows) show(this.selectionOf(id), shows);
    }
    this.#root = before.root;
    this.#load(this.#dock);
    this.#tell();
  }

  /** Draws the workspace from now on. Returns the end of it; another dock takes over where it stood. */
  attach(dock: Dock): () => void {
    this.#dock = dock;
    this.#load(dock);
    const end = dock.onChange(() => this.#dockChanged(dock));
    return () => {
      end();
      if (this.#dock === dock) this.#dock = null;
    };
  }

  get layout(): Layout {
    const panels = Object.entries(this.#panels).map(([id, panel]) => [id, this.#saved(id, panel)]);
    const groups = LINK_GROUPS.map((group) => [group, shownOf(this.#selections.of('', group))]);
    return {
      format: 'tapedeck-layout',
      version: 1,
      root: this.#root,
      panels: Object.fromEntries(panels),
      groups: Object.fromEntries(groups),
    };
  }

  /** Puts everything as the layout has it; link groups that it does not know keep what they show. */
  apply(layout: Layout): void {
    for (const id of Object.keys(this.#panels)) this.#selections.forget(id);
    for (const group of LINK_GROUPS) {
      const shown = layout.groups[group];
      if (shown) show(this.#selections.of('', group), shown);
    }
    for (const [id, { link, shows }] of Object.entries(layout.panels)) {
      if (link === PINNED && shows) show(this.#selections.of(id, link), shows);
    }
    this.#root = layout.root;
    this.store.setState({ panels: layout.panels, activePanelId: null });
    if (this.#dock !== null) this.#load(this.#dock);
    this.#tell();
  }

  selectionOf(panelId: string): SelectionStore {
    return this.#selections.of(panelId, this.#panels[panelId]?.link ?? DEFAULT_LINK);
  }

  /** Opens one more of a kind, as `like` where there is one. Null: there are too many already. */
  open(kind: PanelKind, like?: PanelState): string | null {
    if (Object.keys(this.#panels).length >= MOST_PANELS) return null;
    const id = this.#freeId(kind);
    const panel = like ?? { kind, link: DEFAULT_LINK };
    const beside = this.#placeFor(kind);
    this.store.setState({ panels: { ...this.#panels, [id]: panel } });
    this.#dock?.add(id, kind, beside);
    return id;
  }

  /** Brings a panel of that kind to the front, and opens one where there is none. Returns its id. */
  show(kind: PanelKind): string | null {
    const ids = Object.keys(this.#panels).filter((id) => this.#panels[id]?.kind === kind);
    const linked = ids.find((id) => this.#panels[id]?.link === DEFAULT_LINK) ?? ids[0];
    if (linked === undefined) return this.open(kind);
    this.#dock?.activate(linked);
    return linked;
  }

  /** A second panel that shows the same, on its own from now on. */
  duplicate(panelId: string): void {
    const panel = this.#panels[panelId];
    if (panel === undefined) return;
    const copy = this.open(panel.kind, panel);
    if (copy === null || panel.link !== PINNED) return;
    show(this.#selections.of(copy, PINNED), shownOf(this.#selections.of(panelId, PINNED)));
  }

  link(panelId: string, link: Link): void {
    const panel = this.#panels[panelId];
    if (panel === undefined || panel.link === link) return;
    this.#selections.relink(panelId, panel.link, link);
    this.#change(panelId, { ...panel, link });
  }

  option(panelId: string, name: string): Option | undefined {
    return this.#panels[panelId]?.options?.[name];
  }

  setOption(panelId: string, name: string, value: Option): void {
    const panel = this.#panels[panelId];
    if (panel === undefined) return;
    this.#change(panelId, { ...panel, options: { ...panel.options, [name]: value } });
  }

  close(panelId: string): void {
    this.#dock?.close(panelId);
  }

  activate(panelId: string): void {
    this.#dock?.activate(panelId);
  }

  focusStack(step: 1 | -1): void {
    this.#dock?.focusStack(step);
  }

  focusTab(step: 1 | -1): void {
    this.#dock?.focusTab(step);
  }

  focusSearch(panelId: string): void {
    this.#dock?.focusSearch(panelId);
  }

  move(panelId: string, direction: Direction): void {
    this.#dock?.move(panelId, direction);
  }

  resize(panelId: string, direction: Direction): void {
    this.#dock?.resize(panelId, direction);
  }

  toggleMaximized(panelId: string): void {
    this.#dock?.toggleMaximized(panelId);
  }

  get #panels(): WorkspaceState['panels'] {
    return this.store.getState().panels;
  }

  #load(dock: Dock): void {
    dock.load(this.#root, (id) => this.#panels[id]?.kind ?? 'watchlist');
    this.store.setState({ activePanelId: dock.activePanelId });
  }

  #change(panelId: string, panel: PanelState): void {
    this.store.setState({ panels: { ...this.#panels, [panelId]: panel } });
    this.#tell();
  }

  #dockChanged(dock: Dock): void {
    const { activePanelId, panelIds } = dock;
    const gone = Object.keys(this.#panels).filter((id) => !panelIds.includes(id));
    const before = gone.length > 0 ? this.layout : null;
    this.#root = dock.read();
    for (const id of gone) this.#selections.forget(id);
    const panels =
      gone.length === 0
        ? this.#panels
        : Object.fromEntries(Object.entries(this.#panels).filter(([id]) => !gone.includes(id)));
    this.store.setState({ panels, activePanelId });
    this.#tell();
    if (before === null) return;
    const closed = gone.map((id) => [id, before.panels[id]]);
    this.#onClosed({ panels: Object.fromEntries(closed), before, after: this.layout });
  }

  #saved(id: string, panel: PanelState): PanelState {
    if (panel.link !== PINNED) {
      const { shows: _, ...linked } = panel;
      return linked;
    }
    return { ...panel, shows: shownOf(this.#selections.of(id, PINNED)) };
  }

  /** A new panel goes to one of its kind, else to where the most are; null: there are none. */
  #placeFor(kind: PanelKind): string | null {
    const stacks = stacksOf(this.#root);
    const isAlike = ({ panels }: Stack) => panels.some((id) => this.#panels[id]?.kind === kind);
    const byCount = [...stacks].sort((one, other) => other.panels.length - one.panels.length);
    const stack = stacks.find(isAlike) ?? byCount[0];
    return stack?.active ?? null;
  }

  #freeId(kind: PanelKind): string {
    let number = 1;
    while (`${kind}-${number}` in this.#panels) number += 1;
    return `${kind}-${number}`;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function shownOf(store: SelectionStore): Shown {
  const { selectedInstrumentId, selectedBotId } = store.getState();
  return { instrumentId: selectedInstrumentId, botId: selectedBotId };
}

const show = (store: SelectionStore, { instrumentId, botId }: Shown): void =>
  store.setState({
    selectedInstrumentId: instrumentId,
    selectedBotId: botId,
    revealed: null,
  });
