import { createStore } from 'zustand/vanilla';
import type { ChoicePage } from '../commands/choice.ts';

export interface PaletteState {
  readonly isOpen: boolean;
  /** What it asks; null: it shows all that there is. */
  readonly page: ChoicePage | null;
}

/** Whether the command palette is open, and on what. */
export const createPaletteStore = () =>
  createStore<PaletteState>(() => ({ isOpen: false, page: null }));
export type PaletteStore = ReturnType<typeof createPaletteStore>;

export const askInPalette = (palette: PaletteStore, page: ChoicePage): void =>
  palette.setState({ isOpen: true, page });
