import { createContext, use, useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { z } from 'zod';
import { useStore } from 'zustand';
import { deckOfBot } from '#contract/decks.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import { invariant } from '#domain/assert.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { HubClient } from '../client/hub-client.ts';
import type { Command, CommandScope } from '../commands/command.ts';
import type { CommandRegistry } from '../commands/command-registry.ts';
import { scopedCommand } from '../commands/keyboard.ts';
import { type KeymapStore, shortcutFor } from '../commands/keymap.ts';
import { formatShortcut, type KeyPress } from '../commands/shortcut.ts';
import type { ChartTools, KeyedCharts } from '../features/chart/keyed-charts.ts';
import type { PreferenceStore } from '../preferences/preferences.ts';
import type { AlertState } from '../stores/alert-store.ts';
import type { BacktestsState } from '../stores/backtest-store.ts';
import type { BalanceState } from '../stores/balance-store.ts';
import type { BotRecord, BotState } from '../stores/bot-store.ts';
import type { ConnectionStoreState } from '../stores/connection-store.ts';
import { type InstrumentState, instrumentById } from '../stores/instrument-store.ts';
import { livenessOf, type NotLive } from '../stores/liveness.ts';
import type { MarketState } from '../stores/market-store.ts';
import type { NotificationState } from '../stores/notification-store.ts';
import { calmBatcher, dataBatcher, frameBatcher } from '../stores/page-frames.ts';
import { deckOf, type ReplayState } from '../stores/replay-store.ts';
import type { SelectionState, SelectionStore } from '../stores/selection-store.ts';
import type { Stores } from '../stores/stores.ts';
import type { TapeJobsState } from '../stores/tape-job-store.ts';
import { IS_MAC } from '../ui/is-mac.ts';
import type { Layouts } from '../workspace/layouts.ts';
import type { PanelAnswers, PanelAsks } from '../workspace/panel-asks.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Actions, selectionActions } from './actions.ts';
import { type Frames, PanelContext } from './panel-context.ts';

/** What the screen is built on; made once by `compose.ts`. */
export interface AppServices {
  readonly client: HubClient;
  readonly stores: Stores;
  readonly actions: Actions;
  readonly workspace: Workspace;
  readonly layouts: Layouts;
  readonly commands: CommandRegistry;
  readonly keymap: KeymapStore;
  readonly keyedCharts: KeyedCharts;
  readonly chartTools: KeyedCharts<ChartTools>;
  readonly panelAsks: PanelAsks;
  readonly preferences: PreferenceStore;
}

export const AppContext = createContext<AppServices | null>(null);

function useApp(): AppServices {
  const services = use(AppContext);
  invariant(services !== null, 'rendered outside AppContext');
  return services;
}

export const useHubClient = (): HubClient => useApp().client;
export const useStores = (): Stores => useApp().stores;
export const useWorkspace = (): Workspace => useApp().workspace;
export const useLayouts = (): Layouts => useApp().layouts;

export const useCommandRegistry = (): CommandRegistry => useApp().commands;
export const useKeyedCharts = (): KeyedCharts => useApp().keyedCharts;
export const useChartTools = (): KeyedCharts<ChartTools> => useApp().chartTools;
export const useKeymap = (): KeymapStore => useApp().keymap;
export const usePreferenceStore = (): PreferenceStore => useApp().preferences;

/** All that can be done at the moment. */
export function useCommands(): readonly Command[] {
  const registry = useCommandRegistry();
  return useSyncExternalStore(
    useCallback((listener) => registry.onChange(listener), [registry]),
    () => registry.list(),
  );
}

/** The keys of a command, as they are shown beside it; undefined where it has none. */
export const useShortcutText = (commandId: string): string | undefined =>
  useShortcutTexts()(commandId);

/** The same for whichever command is asked for. */
export function useShortcutTexts(): (commandId: string) => string | undefined {
  const { commands, keymap } = useApp();
  const state = useStore(keymap);
  return (commandId) => {
    const command = commands.get(commandId);
    const shortcut = command && shortcutFor(command, state);
    return shortcut ? formatShortcut(shortcut, IS_MAC) : undefined;
  };
}

/** Which command a key means while a part of the screen with keys of its own has the keyboard. */
export function useScopedKeys(scope: CommandScope): (press: KeyPress) => Command | undefined {
  const { commands, keymap } = useApp();
  return useCallback(
    (press) => scopedCommand(press, scope, commands, keymap, IS_MAC),
    [scope, commands, keymap],
  );
}

/** What the user can do; in a panel, choosing acts on the panels that are linked to it. */
export function useActions(): Actions {
  const { actions } = useApp();
  const selection = useSelectionStore();
  return useMemo(() => ({ ...actions, ...selectionActions(selection) }), [actions, selection]);
}

/** What a panel and those linked to it show; outside of the panels the default group's. */
function useSelectionStore(): SelectionStore {
  const { selections } = useStores();
  return use(PanelContext)?.selection ?? selections.default;
}

/** Where drawing is scheduled: once a frame, by keys of the panel's own. */
export const useFrames = (): Frames => use(PanelContext)?.frames ?? frameBatcher;

/** The same for what follows the market: see `dataBatcher`. */
export const useDataFrames = (): Frames => use(PanelContext)?.dataFrames ?? dataBatcher;

/** The same for what is heavy to draw: see `calmBatcher`. */
export const useCalmFrames = (): Frames => use(PanelContext)?.calmFrames ?? calmBatcher;

/** The panel that one is drawn in; empty outside of the panels. */
export const usePanelId = (): string => use(PanelContext)?.panelId ?? '';

/** What commands can ask of this panel, or of this part of it, while it is drawn. */
export function usePanelAnswers(answers: PanelAnswers): void {
  const { panelAsks } = useApp();
  const panelId = usePanelId();
  // With each drawing: the answers are those of what is drawn.
  useEffect(() => panelAsks.answer(panelId, answers));
}

/** A setting of this one panel; it is kept with the layout. `name` must not change. */
export function usePanelOption<T extends z.core.util.JSONType>(
  name: string,
  schema: z.ZodType<T>,
  initial: T,
): readonly [T, (value: T) => void] {
  const workspace = useWorkspace();
  const panelId = usePanelId();
  const kept = useStore(workspace.store, ({ panels }) => panels[panelId]?.options?.[name]);
  const value = useMemo(() => schema.safeParse(kept).data ?? initial, [schema, kept, initial]);
  const set = useCallback(
    (next: T) => workspace.setOption(panelId, name, next),
    [workspace, panelId, name],
  );
  return [value, set];
}

/** A selector must return something that keeps its identity while it does not change. */
export const useMarket = <T>(selector: (state: MarketState) => T): T =>
  useStore(useStores().market, selector);
export const useBots = <T>(selector: (state: BotState) => T): T =>
  useStore(useStores().bots, selector);
export const useBalances = <T>(selector: (state: BalanceState) => T): T =>
  useStore(useStores().balances, selector);
export const useInstruments = <T>(selector: (state: InstrumentState) => T): T =>
  useStore(useStores().instruments, selector);
export const useNotifications = <T>(selector: (state: NotificationState) => T): T =>
  useStore(useStores().notifications, selector);
export const useAlerts = <T>(selector: (state: AlertState) => T): T =>
  useStore(useStores().alerts, selector);
export const useConnection = <T>(selector: (state: ConnectionStoreState) => T): T =>
  useStore(useStores().connection, selector);

export const useBacktests = <T>(selector: (state: BacktestsState) => T): T =>
  useStore(useStores().backtests, selector);
export const useTapeJobs = <T>(selector: (state: TapeJobsState) => T): T =>
  useStore(useStores().tapeJobs, selector);
export const useReplay = <T>(selector: (state: ReplayState) => T): T =>
  useStore(useStores().replay, selector);

export const useSelection = (): SelectionState => useStore(useSelectionStore());

export const useBot = (botId: string | null): BotRecord | undefined =>
  useBots((state) => (botId === null ? undefined : state.bots[botId]));

export const useInstrument = (id: InstrumentId | null): Instrument | undefined =>
  useInstruments((state) => instrumentById(state, id));

/** Whether no feed carries it any more, also where the panel has shown it until now. */
export function useIsGone(id: InstrumentId | null): boolean {
  const areAllKnown = useInstruments((state) => state.watchlist !== null);
  const instrument = useInstrument(id);
  return areAllKnown && id !== null && instrument === undefined;
}

/** The deck that one looks at; undefined while it is live. */
export function useDeck(): DeckView | undefined {
  const { selectedInstrumentId } = useSelection();
  return useReplay((state) => deckOf(state, selectedInstrumentId));
}

/** The bots that belong to what one looks at: the live ones, or a deck's. Null: not known yet. */
export function useBotIds(): readonly string[] | null {
  const botIds = useBots((state) => state.botIds);
  const deckId = useDeck()?.id;
  return useMemo(() => botIds?.filter((id) => deckOfBot(id) === deckId) ?? null, [botIds, deckId]);
}

/** Why the data of an instrument are not live, or null. Without one: for what depends on no feed. */
export function useNotLive(id: InstrumentId | null): NotLive | null {
  const connection = useConnection((state) => state.connection);
  const silentSince = useConnection((state) => state.silentSince);
  const feed = useMarket((state) => (id === null ? undefined : state.instrumentFeeds[id]));
  return livenessOf({ connection, silentSince }, feed);
}
