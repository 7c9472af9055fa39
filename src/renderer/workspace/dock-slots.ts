import { createStore } from 'zustand/vanilla';
import type { PanelKind } from './panel-kinds.ts';

/** A place that the dock keeps for something that React draws. */
export interface PanelSlot {
  readonly panelId: string;
  readonly kind: PanelKind;
  readonly element: HTMLElement;
  /** False behind another tab, or another stack that fills the window. */
  readonly isVisible: boolean;
}

/** A panel has another one in the list of the tabs for which there is no room. */
interface TabSlot {
  readonly key: string;
  readonly panelId: string;
  readonly kind: PanelKind;
  readonly element: HTMLElement;
}

/** Beside the tabs of a stack. */
export interface StackSlot {
  readonly stackId: string;
  readonly element: HTMLElement;
  /** The panel on top. */
  readonly panelId: string | null;
  readonly isMaximized: boolean;
}

export interface DockSlots {
  readonly panels: readonly PanelSlot[];
  readonly tabs: readonly TabSlot[];
  readonly stacks: readonly StackSlot[];
}

export const createSlotStore = () =>
  createStore<DockSlots>(() => ({ panels: [], tabs: [], stacks: [] }));
