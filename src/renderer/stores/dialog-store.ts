import { createStore } from 'zustand/vanilla';

/** A dialog of the page, which belongs to no panel. */
export type DialogKind =
  | 'new-bot'
  | 'archived-bots'
  | 'add-exchange'
  | 'save-layout'
  | 'rename-layout';

/** Which one is open; null for none. */
export const createDialogStore = () =>
  createStore<{ readonly open: DialogKind | null }>(() => ({ open: null }));
export type DialogStore = ReturnType<typeof createDialogStore>;
