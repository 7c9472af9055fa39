import { createContext, use } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { invariant } from '#domain/assert.ts';
import type { NotLiveText } from '../ui/panel-frame.ts';

/** Why panels are not live, by their ids; said beside their tabs. */
export type PanelStatuses = Readonly<Record<string, NotLiveText | null>>;

export const createStatusStore = () => createStore<PanelStatuses>(() => ({}));

export const StatusContext = createContext<StoreApi<PanelStatuses> | null>(null);

export function useStatusStore(): StoreApi<PanelStatuses> {
  const store = use(StatusContext);
  invariant(store !== null, 'rendered outside of the workspace');
  return store;
}

export const usePanelStatus = (panelId: string): NotLiveText | null =>
  useStore(useStatusStore(), (statuses) => statuses[panelId] ?? null);
