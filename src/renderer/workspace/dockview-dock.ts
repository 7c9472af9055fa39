import {
  createDockview,
  type DockviewApi,
  type DockviewGroupPanel,
  type IContentRenderer,
  type IDockviewPanel,
  type IHeaderActionsRenderer,
  type ITabRenderer,
} from 'dockview';
import { ActiveTabsInSight } from './active-tabs-in-sight.ts';
import type { Direction, Dock } from './dock.ts';
import { createSlotStore, type PanelSlot, type StackSlot } from './dock-slots.ts';
import { fromDockview, toDockview } from './dockview-layout.ts';
import type { LayoutNode } from './layout.ts';
import { PANEL_KINDS, type PanelKind } from './panel-kinds.ts';

/** The look comes from our tokens, in `workspace.css`. */
const THEME = { name: 'tapedeck', className: 'dockview-theme-tapedeck', gap: 1 } as const;
const LEAST_WIDTH_PX = 160;
const LEAST_HEIGHT_PX = 96;
/** One press of the key that resizes. */
const RESIZE_STEP_PX = 32;

/** The dock by the library dockview. What stands in its places is React's, through `slots`. */
export class DockviewDock implements Dock {
  readonly slots = createSlotStore();
  readonly #api: DockviewApi;
  readonly #root: HTMLElement;
  readonly #listeners = new Set<() => void>();
  readonly #inSight = new ActiveTabsInSight();
  #tabs = 0;
  #isLoading = false;
  #isRefreshDue = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#api = createDockview(root, {
      theme: THEME,
      disableFloatingGroups: true,
      // A pointer's drag is the same everywhere; the system's own differs from browser to browser.
      dndStrategy: 'pointer',
      defaultRenderer: 'onlyWhenVisible',
      scrollbars: 'native',
      announcements: false,
      createComponent: ({ id, name }) => this.#content(id, name),
      createTabComponent: ({ id, name }) => this.#tab(id, name),
      createRightHeaderActionComponent: (group) => this.#stackActions(group),
    });
    this.#api.onDidLayoutChange(() => this.#changed());
    this.#api.onDidActivePanelChange(() => this.#changed());
    this.#api.onDidMaximizedGroupChange(() => this.#changed());
    root.addEventListener('focusin', this.#onFocus);
    root.addEventListener('keydown', passOnShortcut, { capture: true });
  }

  dispose(): void {
    this.#listeners.clear();
    this.#inSight.dispose();
    this.#root.removeEventListener('focusin', this.#onFocus);
    this.#root.removeEventListener('keydown', passOnShortcut, { capture: true });
    this.#api.dispose();
  }

  get activePanelId(): string | null {
    return this.#api.activePanel?.id ?? null;
  }

  get panelIds(): readonly string[] {
    return this.#api.panels.map((panel) => panel.id);
  }

  load(root: LayoutNode | null, kindOf: (panelId: string) => PanelKind): void {
    const { clientWidth, clientHeight } = this.#root;
    const box = { width: clientWidth, height: clientHeight };
    this.#isLoading = true;
    this.#api.fromJSON(toDockview(root, box, kindOf));
    for (const group of this.#api.groups) constrain(group);
    this.#isLoading = false;
    this.#refresh();
  }

  read(): LayoutNode | null {
    return fromDockview(this.#api.toJSON());
  }

  add(panelId: string, kind: PanelKind, beside: string | null): void {
    this.#api.addPanel({
      id: panelId,
      component: kind,
      tabComponent: kind,
      title: panelId,
      ...(beside !== null && { position: { referencePanel: beside } }),
    });
    this.#focus(this.#panel(panelId));
  }

  close(panelId: string): void {
    this.#panel(panelId)?.api.close();
    this.#focus(this.#api.activePanel);
  }

  activate(panelId: string): void {
    const panel = this.#panel(panelId);
    panel?.api.setActive();
    this.#focus(panel);
  }

  focusStack(step: 1 | -1): void {
    const groups = this.#inReadingOrder();
    const index = groups.findIndex(({ id }) => id === this.#api.activeGroup?.id);
    const next = groups[(index + step + groups.length) % groups.length];
    next?.activePanel?.api.setActive();
    this.#focus(next?.activePanel);
  }

  focusTab(step: 1 | -1): void {
    const { activePanel } = this.#api;
    const panels = activePanel?.group.panels ?? [];
    const index = panels.findIndex(({ id }) => id === activePanel?.id);
    const next = panels[(index + step + panels.length) % panels.length];
    next?.api.setActive();
    this.#focus(next);
  }

  focusSearch(panelId: string): void {
    const stack = this.#panel(panelId)?.group.element;
    stack?.querySelector<HTMLElement>('input[type="search"]')?.focus();
  }

  move(panelId: string, direction: Direction): void {
    const panel = this.#panel(panelId);
    if (panel === undefined) return;
    const neighbour = this.#api.groups.find(
      (group) => group === this.#api.adjacentGroupInDirection(panel.group, direction),
    );
    if (neighbour) panel.api.moveTo({ group: neighbour });
    else if (panel.group.panels.length > 1) {
      panel.api.moveTo({ group: panel.group, position: POSITIONS[direction] });
    }
    this.#focus(panel);
  }

  resize(panelId: string, direction: Direction): void {
    const { width, height } = this.#panel(panelId)?.group.api ?? { width: 0, height: 0 };
    const sizes = {
      left: { width: width - RESIZE_STEP_PX },
      right: { width: width + RESIZE_STEP_PX },
      up: { height: height - RESIZE_STEP_PX },
      down: { height: height + RESIZE_STEP_PX },
    };
    this.#panel(panelId)?.group.api.setSize(sizes[direction]);
  }

  toggleMaximized(panelId: string): void {
    const panel = this.#panel(panelId);
    if (panel === undefined) return;
    if (panel.api.isMaximized()) panel.api.exitMaximized();
    else panel.api.maximize();
    this.#focus(panel);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the screen reader calls the tab; what is seen in it is React's. */
  setTitle(panelId: string, title: string): void {
    this.#panel(panelId)?.api.setTitle(title);
  }

  #panel(panelId: string): IDockviewPanel | undefined {
    return this.#api.getPanel(panelId);
  }

  /** The keyboard goes where the eye is. The page's first look takes no focus. */
  #focus(panel: IDockviewPanel | undefined): void {
    panel?.group.element.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }

  /** The stack that has the keyboard's focus is the active one, however it came there. */
  readonly #onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    const group = this.#api.groups.find(({ element }) => element.contains(target));
    if (group === undefined || group === this.#api.activeGroup) return;
    group.activePanel?.api.setActive();
    if (document.activeElement !== target) target.focus();
  };

  /** From the top left to the bottom right, by columns. */
  #inReadingOrder(): readonly DockviewGroupPanel[] {
    const place = (group: DockviewGroupPanel) => group.element.getBoundingClientRect();
    return [...this.#api.groups]
      .filter((group) => group.api.isVisible)
      .sort(
        (one, other) => place(one).left - place(other).left || place(one).top - place(other).top,
      );
  }

  #content(panelId: string, name: string): IContentRenderer {
    const element = slotElement();
    const slot: PanelSlot = { panelId, kind: kindOf(name), element, isVisible: false };
    this.slots.setState(({ panels }) => ({ panels: [...panels, slot] }));
    const isOther = (one: PanelSlot) => one.element !== element;
    return {
      element,
      init: () => this.#changed(),
      dispose: () => this.slots.setState(({ panels }) => ({ panels: panels.filter(isOther) })),
    };
  }

  #tab(panelId: string, name: string): ITabRenderer {
    this.#tabs += 1;
    const slot = { key: `tab ${this.#tabs}`, panelId, kind: kindOf(name), element: slotElement() };
    this.slots.setState(({ tabs }) => ({ tabs: [...tabs, slot] }));
    return {
      element: slot.element,
      init: () => this.#inSight.watch(slot.element),
      dispose: () => {
        this.#inSight.letGo(slot.element);
        this.slots.setState(({ tabs }) => ({ tabs: tabs.filter((one) => one !== slot) }));
      },
    };
  }

  #stackActions(group: DockviewGroupPanel): IHeaderActionsRenderer {
    const element = slotElement();
    const slot: StackSlot = { stackId: group.id, element, panelId: null, isMaximized: false };
    this.slots.setState(({ stacks }) => ({ stacks: [...stacks, slot] }));
    const strip = () => group.element.querySelector('.dv-tabs-container');
    return {
      element,
      init: () => {
        const tabs = strip();
        if (tabs !== null) this.#inSight.watch(tabs);
        this.#changed();
      },
      dispose: () => {
        const tabs = strip();
        if (tabs !== null) this.#inSight.letGo(tabs);
        this.slots.setState(({ stacks }) => ({
          stacks: stacks.filter((one) => one.element !== element),
        }));
      },
    };
  }

  /** One change of the user's raises many events; they are looked at when it is over. */
  #changed(): void {
    if (this.#isRefreshDue) return;
    this.#isRefreshDue = true;
    queueMicrotask(() => {
      this.#isRefreshDue = false;
      if (this.#isLoading) return;
      this.#refresh();
      for (const listener of this.#listeners) listener();
    });
  }

  /** A title that counts something tells of a change as well: then nothing is drawn anew. */
  #refresh(): void {
    const before = this.slots.getState();
    const panels = changedOnly(before.panels, (slot) => ({
      ...slot,
      isVisible: this.#isShown(slot.panelId),
    }));
    const stacks = changedOnly(before.stacks, (slot) => this.#stackNow(slot));
    if (panels === before.panels && stacks === before.stacks) return;
    this.slots.setState({ panels, stacks });
  }

  #isShown(panelId: string): boolean {
    const panel = this.#panel(panelId);
    if (panel === undefined || panel.group.activePanel !== panel) return false;
    return !this.#api.hasMaximizedGroup() || panel.group.api.isMaximized();
  }

  #stackNow(slot: StackSlot): StackSlot {
    const group = this.#api.getGroup(slot.stackId);
    const isMaximized = this.#api.hasMaximizedGroup() && group?.api.isMaximized() === true;
    return { ...slot, panelId: group?.activePanel?.id ?? null, isMaximized };
  }
}

/** The library's tabs take the arrows, Enter and Delete whatever is held beside them: shortcuts go past. */
function passOnShortcut(event: KeyboardEvent): void {
  const isTab = event.target instanceof HTMLElement && event.target.matches('[role="tab"]');
  if (!isTab || !(event.altKey || event.ctrlKey || event.metaKey)) return;
  event.stopPropagation();
  if (!window.dispatchEvent(new KeyboardEvent(event.type, event))) event.preventDefault();
}

const kindOf = (name: string): PanelKind =>
  PANEL_KINDS.find((known) => known === name) ?? PANEL_KINDS[0];

const POSITIONS = { left: 'left', right: 'right', up: 'top', down: 'bottom' } as const;

function slotElement(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'tapedeck-slot';
  return element;
}

const constrain = (group: DockviewGroupPanel): void =>
  group.api.setConstraints({ minimumWidth: LEAST_WIDTH_PX, minimumHeight: LEAST_HEIGHT_PX });

/** What has not changed keeps its identity, so that React draws nothing again. */
function changedOnly<T extends object>(items: readonly T[], next: (item: T) => T): readonly T[] {
  let hasChanged = false;
  const all = items.map((item) => {
    const now = next(item);
    const isSame = Object.entries(now).every(([key, value]) => Reflect.get(item, key) === value);
    hasChanged ||= !isSame;
    return isSame ? item : now;
  });
  return hasChanged ? all : items;
}
