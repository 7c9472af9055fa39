import { createStore } from 'zustand/vanilla';

/** Whether the command palette is open. */
export const createPaletteStore = () =>
  createStore<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));
export type PaletteStore = ReturnType<typeof createPaletteStore>;
