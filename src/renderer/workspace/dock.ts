import type { LayoutNode } from './layout.ts';
import type { PanelKind } from './panel-kinds.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The panels on screen, as the workspace sees them. `DockviewDock` draws them. */
export interface Dock {
  readonly activePanelId: string | null;
  readonly panelIds: readonly string[];
  /** Puts everything in its place; what stood there before is gone. */
  load(root: LayoutNode | null, kindOf: (panelId: string) => PanelKind): void;
  read(): LayoutNode | null;
  /** As a tab beside another panel; null: in an empty dock. It becomes the active one. */
  add(panelId: string, kind: PanelKind, beside: string | null): void;
  close(panelId: string): void;
  /** Brings it to the front of its stack, with the keyboard's focus. */
  activate(panelId: string): void;
  /** Goes round all stacks. */
  focusStack(step: 1 | -1): void;
  /** Goes round the tabs of the active stack. */
  focusTab(step: 1 | -1): void;
  /** Puts the keyboard into the panel's field for searching, where it has one. */
  focusSearch(panelId: string): void;
  /** Into the stack on that side; to a new one at the edge of its own where there is none. */
  move(panelId: string, direction: Direction): void;
  /** Makes the panel's stack wider (right), narrower (left), taller (down) or less tall (up). */
  resize(panelId: string, direction: Direction): void;
  toggleMaximized(panelId: string): void;
  /** Called after each change of places, sizes or of what is on top. Returns its end. */
  onChange(listener: () => void): () => void;
}
