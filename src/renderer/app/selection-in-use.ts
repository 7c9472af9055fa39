import type { BotRecord } from '../stores/bot-store.ts';
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

/** The bot of that selection, else the default group's. */
export function selectedBot({
  workspace,
  stores,
}: ScreenInUse & { readonly stores: Pick<Stores, 'bots'> }): BotRecord | undefined {
  const { selections, bots } = stores;
  const botId =
    selectionInUse({ workspace, stores }).getState().selectedBotId ??
    selections.default.getState().selectedBotId;
  return botId === null ? undefined : bots.getState().bots[botId];
}
