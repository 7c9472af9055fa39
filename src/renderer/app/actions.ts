import type { RevealTarget } from '#contract/bridge.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { type DockTab, reveal, selectBot, selectInstrument } from '../stores/selection-store.ts';
import type { Stores } from '../stores/stores.ts';
import type { BotCommands } from './bot-commands.ts';
import type { DeckCommands } from './deck-commands.ts';

/** What the user can do on screen. */
export interface Actions {
  readonly bots: BotCommands;
  /** Follows a bot's log while somebody looks at it. */
  readonly followLogs: (botId: string) => () => void;
  /** Without ids: all. */
  readonly markRead: (ids?: readonly string[]) => Promise<void>;
  readonly decks: DeckCommands;
  /** Loads the last hour of an instrument's prices while somebody shows it. */
  readonly showSparkline: (id: InstrumentId) => () => void;
  readonly selectInstrument: (id: InstrumentId) => void;
  readonly selectBot: (botId: string | null) => void;
  readonly showTab: (tab: DockTab) => void;
  /** Opens the bot at the fill, and its instrument's chart. */
  readonly reveal: (target: RevealTarget) => void;
}

export const createSelectionActions = (
  stores: Stores,
): Pick<Actions, 'selectInstrument' | 'selectBot' | 'showTab' | 'reveal'> => ({
  selectInstrument: (id) => selectInstrument(stores.selection, id),
  selectBot: (botId) => selectBot(stores.selection, botId),
  showTab: (dockTab) => stores.selection.setState({ dockTab }),
  reveal(target) {
    const bot = target.botId === undefined ? undefined : stores.bots.getState().bots[target.botId];
    reveal(stores.selection, target, bot?.config.instrumentId);
  },
});
