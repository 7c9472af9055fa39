import type { SelectionStore } from '../stores/selection-store.ts';
import type { Stores } from '../stores/stores.ts';
import type { Workspace } from '../workspace/workspace.ts';

export interface ScreenInUse {
  readonly workspace: Pick<Workspace, 'store' | 'selectionOf'>;
  readonly stores: Pick<Stores, 'selections'>;
}

/** What the panel shows that one works in, and those linked to it; else the default group's. */
export function selectionInUse({ workspace, stores }: ScreenInUse): SelectionStore {
  const { activePanelId } = workspace.store.getState();
  return activePanelId === null ? stores.selections.default : workspace.selectionOf(activePanelId);
}
