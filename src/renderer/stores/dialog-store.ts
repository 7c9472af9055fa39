import { createStore } from 'zustand/vanilla';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Side } from '#domain/side.ts';

/** A dialog of the page, which belongs to no panel. */
export type DialogKind =
  | 'new-bot'
  | 'new-order'
  | 'archived-bots'
  | 'add-exchange'
  | 'save-layout'
  | 'rename-layout';

/** An order that was asked for at a place of a chart. */
export interface OrderStart {
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: 'limit' | 'stop';
  readonly price: number;
}

interface DialogState {
  /** Which one is open; null for none. */
  readonly open: DialogKind | null;
  /** What a new order begins with; null where it was asked for from nowhere in particular. */
  readonly order: OrderStart | null;
}

export const createDialogStore = () =>
  createStore<DialogState>(() => ({ open: null, order: null }));
export type DialogStore = ReturnType<typeof createDialogStore>;
