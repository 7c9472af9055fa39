import type { RevealTarget } from '#contract/bridge.ts';
import type { BotConfig } from '#domain/bot.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { RiskSync } from '../stores/risk-sync.ts';
import {
  type SelectionStore,
  selectBot,
  selectFill,
  selectInstrument,
} from '../stores/selection-store.ts';
import type { PanelKind } from '../workspace/panel-kinds.ts';
import type { AlertCommands } from './alert-commands.ts';
import type { BacktestCommands } from './backtest-commands.ts';
import type { BotCommands } from './bot-commands.ts';
import type { DeckCommands } from './deck-commands.ts';
import type { OrderCommands } from './order-commands.ts';

/** What the user looks at, in the panels that are linked to one another. */
export interface SelectionActions {
  readonly selectInstrument: (id: InstrumentId) => void;
  /** With its instrument, where that is known here. */
  readonly selectBot: (botId: string | null, instrumentId?: InstrumentId) => void;
  /** Takes the bot's table and the chart to it. */
  readonly selectFill: (fill: Fill) => void;
}

/** What the user can do on screen. */
export interface Actions extends SelectionActions {
  readonly bots: BotCommands;
  readonly risk: Pick<RiskSync, 'kill' | 'release' | 'setLimits'>;
  /** Follows a bot's log while somebody looks at it. */
  readonly followLogs: (botId: string) => () => void;
  /** Follows what all bots add up to, while somebody looks at it. */
  readonly followBalances: () => () => void;
  /** Without ids: all. */
  readonly markRead: (ids?: readonly string[]) => Promise<void>;
  readonly decks: DeckCommands;
  readonly alerts: AlertCommands;
  readonly orders: OrderCommands;
  readonly backtests: BacktestCommands;
  /** Opens the form of a backtest, filled in with the bot. */
  readonly backtestBot: (bot: BotConfig) => void;
  /** Loads the last hour of an instrument's prices while somebody shows it. */
  readonly showSparkline: (id: InstrumentId) => () => void;
  /** Brings a panel of that kind to the front; opens one where there is none. */
  readonly showPanel: (kind: PanelKind) => void;
  /** Opens the bot at the fill, and its instrument's chart. */
  readonly reveal: (target: RevealTarget) => void;
}

export const selectionActions = (selection: SelectionStore): SelectionActions => ({
  selectInstrument: (id) => selectInstrument(selection, id),
  selectBot: (botId, instrumentId) => selectBot(selection, botId, instrumentId),
  selectFill: (fill) => selectFill(selection, fill),
});
