import type { RevealTarget } from '#contract/bridge.ts';
import type { RequestResult } from '#contract/requests.ts';
import type { BotConfig } from '#domain/bot.ts';
import type { Notification } from '#domain/notification.ts';
import { BridgeTransport, desktopBridge } from '../client/bridge-transport.ts';
import { HubClient } from '../client/hub-client.ts';
import { browserSessionPage, createSessionOpener } from '../client/session.ts';
import { SocketTransport, sameOriginSocket } from '../client/socket-transport.ts';
import { systemClock } from '../client/system-clock.ts';
import type { HubTransport } from '../client/transport.ts';
import type { ChoicePage } from '../commands/choice.ts';
import { CommandRegistry } from '../commands/command-registry.ts';
import { onKeyDown } from '../commands/keyboard.ts';
import { createKeymap } from '../commands/keymap.ts';
import { type ChartTools, KeyedCharts } from '../features/chart/keyed-charts.ts';
import { hubWords } from '../i18n/hub-words.ts';
import { i18n } from '../i18n/i18n.ts';
import { createPreferences } from '../preferences/preferences.ts';
import { AlertSync } from '../stores/alert-sync.ts';
import { askedBacktest } from '../stores/asked-backtest.ts';
import { BacktestSync } from '../stores/backtest-sync.ts';
import { BalanceSync } from '../stores/balance-sync.ts';
import { watchBotCount } from '../stores/bot-count.ts';
import { BotSync } from '../stores/bot-sync.ts';
import { syncConnection } from '../stores/connection-sync.ts';
import { keepDrawings } from '../stores/drawing-store.ts';
import { followNotes } from '../stores/journal-notes.ts';
import { syncMarket } from '../stores/market-sync.ts';
import { type NotificationSync, syncNotifications } from '../stores/notification-sync.ts';
import { calmBatcher, overviewBatcher } from '../stores/page-frames.ts';
import { askInPalette } from '../stores/palette-store.ts';
import { ReplaySync } from '../stores/replay-sync.ts';
import { RiskSync } from '../stores/risk-sync.ts';
import { reveal as revealIn } from '../stores/selection-store.ts';
import { createStores, type Stores } from '../stores/stores.ts';
import { syncTapeJobs } from '../stores/tape-job-sync.ts';
import { TickerSync } from '../stores/ticker-sync.ts';
import { IS_MAC } from '../ui/is-mac.ts';
import { pickFile } from '../ui/pick-file.ts';
import { saveTextFile } from '../ui/save-file.ts';
import { KeptLayouts, LIBRARY_KEY } from '../workspace/kept-layouts.ts';
import { fileNameOf, LAYOUT_FILES, layoutText } from '../workspace/layout-files.ts';
import { openLayoutWindow } from '../workspace/layout-window.ts';
import { Layouts } from '../workspace/layouts.ts';
import type { PageWindow } from '../workspace/page-window.ts';
import { PanelAsks } from '../workspace/panel-asks.ts';
import { Workspace } from '../workspace/workspace.ts';
import { panelCommands } from '../workspace/workspace-commands.ts';
import { closingNotice, layoutNotice } from '../workspace/workspace-notices.ts';
import { selectionActions } from './actions.ts';
import { alertChoiceCommands } from './alert-choice-commands.ts';
import { AlertCommands } from './alert-commands.ts';
import { appCommands, riskCommands } from './app-commands.ts';
import type { AppServices } from './app-context.ts';
import { BacktestCommands } from './backtest-commands.ts';
import { BotCommands } from './bot-commands.ts';
import { botViewCommands } from './bot-view-commands.ts';
import { chartCommands } from './chart-commands.ts';
import { chartKeyCommands } from './chart-key-commands.ts';
import { DeckCommands } from './deck-commands.ts';
import { jobChoiceCommands } from './job-choice-commands.ts';
import { journalChoiceCommands } from './journal-choice-commands.ts';
import { type LayoutPage, layoutCommands } from './layout-commands.ts';
import { marketChoiceCommands } from './market-choice-commands.ts';
import { onAttention } from './on-attention.ts';
import { OrderCommands } from './order-commands.ts';
import { browserPopups, PageNotifier } from './page-notifier.ts';
import { type ErasableValues, openPageStorage, type SharedValues } from './page-storage.ts';
import { panelAskCommands } from './panel-ask-commands.ts';
import { replayCommands } from './replay-commands.ts';
import { selectedBot } from './selection-in-use.ts';
import { tellingCommands } from './telling-commands.ts';
import { tradeChoiceCommands } from './trade-choice-commands.ts';
import { tradingCommands } from './trading-commands.ts';
import { watchlistChoiceCommands } from './watchlist-choice-commands.ts';

function createTransport(): HubTransport {
  const bridge = desktopBridge();
  if (bridge !== undefined) return new BridgeTransport(bridge, systemClock);
  return new SocketTransport({
    socket: sameOriginSocket(),
    clock: systemClock,
    random: Math.random,
    openSession: createSessionOpener(browserSessionPage),
  });
}

/** Calls once, as soon as the hub has said who it is and whose page this is. */
function onceInfo(stores: Stores, work: (info: RequestResult<'system.info'>) => void): void {
  const end = stores.connection.subscribe(({ info }) => {
    if (info === null) return;
    end();
    work(info);
  });
}

/** The notifications that led to the target, so that following one reads it. */
const unreadAbout = (stores: Stores, { fillId }: RevealTarget): readonly string[] =>
  stores.notifications
    .getState()
    .items.filter((item) => !item.read && fillId !== undefined && item.source.fillId === fillId)
    .map((item) => item.id);

const RESIZED_AFTER_MS = 300;

/** Calls when the window has come to rest with another size. */
function onceResized(work: () => void): void {
  let cancel: (() => void) | null = null;
  window.addEventListener('resize', () => {
    cancel?.();
    cancel = systemClock.setTimeout(work, RESIZED_AFTER_MS);
  });
}

interface LayoutPlaces {
  readonly pageWindow: PageWindow;
  readonly pageStorage: ErasableValues & SharedValues;
}

/** Each window keeps a layout of its own. */
function createLayouts(
  workspace: Workspace,
  { notices }: Stores,
  { pageWindow, pageStorage }: LayoutPlaces,
): Layouts {
  const { layoutName } = pageWindow;
  const kept = new KeptLayouts(pageStorage, pageWindow);
  const windowWidth = () => window.innerWidth;
  const layouts = new Layouts({
    ...{ workspace, kept, clock: systemClock, layoutName, windowWidth },
    say: (notice, undo) => notices.say(layoutNotice(notice, undo)),
  });
  window.addEventListener('pagehide', () => layouts.flush());
  onceResized(() => layouts.windowResized());
  pageStorage.onWritten(LIBRARY_KEY, () => layouts.reloadLibrary());
  return layouts;
}

const layoutPage = (workspace: Workspace, layouts: Layouts): LayoutPage => ({
  exportLayout: (name) => saveTextFile(fileNameOf(name), layoutText(workspace.layout)),
  pickFile: () => pickFile(LAYOUT_FILES),
  openWindow: () => openLayoutWindow(layouts),
});

/** Goes to what a notification is about, in the panel that shows the bots and those linked to it. */
function revealTarget(workspace: Workspace, stores: Stores, target: RevealTarget): void {
  const { botId, alertId } = target;
  if (alertId !== undefined) {
    workspace.show('alerts');
    return;
  }
  const panelId = botId === undefined ? null : workspace.show('bots');
  const selection = panelId === null ? stores.selections.default : workspace.selectionOf(panelId);
  const bot = botId === undefined ? undefined : stores.bots.getState().bots[botId];
  revealIn(selection, target, bot?.config.instrumentId);
}

const focusedDeckId = (): string | null =>
  document.activeElement?.closest('[data-deck]')?.getAttribute('data-deck') ?? null;

/** Makes the page's parts and introduces them to one another. */
export function compose(pageWindow: PageWindow): AppServices {
  const stores = createStores();
  const pageStorage = openPageStorage(() =>
    stores.notices.say({ text: () => i18n.t('storageForgets') }),
  );
  const client = new HubClient({
    transport: createTransport(),
    onRejectedPush: () =>
      stores.connection.setState((state) => ({ rejectedPushes: state.rejectedPushes + 1 })),
    words: hubWords,
  });
  const context = { client, stores, frames: calmBatcher };
  const workspace = new Workspace(stores.selections);
  const layouts = createLayouts(workspace, stores, { pageWindow, pageStorage });
  workspace.onClosed((closed) => stores.notices.say(closingNotice(workspace, closed)));
  const commands = new CommandRegistry();
  const keymap = createKeymap(pageStorage);
  const preferences = createPreferences(pageStorage, navigator.languages);
  const chartTools = new KeyedCharts<ChartTools>();
  commands.register(chartCommands(workspace, chartTools));
  const keyedCharts = new KeyedCharts();
  commands.register(chartKeyCommands(workspace, keyedCharts));
  const panelAsks = new PanelAsks(workspace, systemClock);
  commands.register(panelAskCommands(panelAsks));
  const { palette, dialogs, notices: said } = stores;
  const ask = (page: ChoicePage) => askInPalette(palette, page);
  commands.register(panelCommands(workspace, ask));
  commands.register(layoutCommands({ layouts, dialogs, page: layoutPage(workspace, layouts) }));
  commands.register(
    appCommands({
      ...{ workspace, preferences, palette, notices: said, connection: stores.connection },
      retryNow: () => client.retryNow(),
    }),
  );
  window.addEventListener('keydown', (event) => onKeyDown(event, commands, keymap, IS_MAC));
  const bots = new BotSync(context);
  const tickers = new TickerSync({ ...context, frames: overviewBatcher });
  const balances = new BalanceSync(context);
  const risk = new RiskSync(client, stores.risk, stores.bots);
  const botCommands = new BotCommands(client, bots, stores.notices);
  const backtestBot = (bot: BotConfig) => {
    stores.backtests.setState({ asked: askedBacktest(bot, stores.replay.getState()) });
    workspace.show('backtest');
  };
  commands.register(
    tradingCommands({ workspace, bots: botCommands, stores, asks: panelAsks, backtestBot }),
  );
  commands.register(riskCommands(risk, stores));

  const reveal = (target: RevealTarget) => {
    revealTarget(workspace, stores, target);
    const ids = unreadAbout(stores, target);
    if (ids.length > 0) void notifications?.markRead(ids);
  };
  commands.register(
    botViewCommands({
      ...{ reveal, asks: panelAsks, selected: () => selectedBot({ workspace, stores }) },
    }),
  );
  const notifier = new PageNotifier({
    popups: browserPopups,
    clock: systemClock,
    onClick: reveal,
  });
  let notifications: NotificationSync | null = null;
  onceInfo(stores, ({ mode, userId }) => {
    watchBotCount(context, userId, () => void bots.reload());
    notifications = syncNotifications(context, userId, (notification: Notification) => {
      const { botId } = notification.source;
      // Made elsewhere, and heard of before its sums.
      if (botId !== undefined && !bots.isFollowed(botId)) void bots.reload();
      if (mode === 'serve') notifier.take(notification);
    });
  });

  keepDrawings(pageStorage, stores.drawings);
  syncConnection(context);
  syncMarket(context, tickers);
  const replay = new ReplaySync(context, { tickers, bots });
  const decks = new DeckCommands(client, replay);
  commands.register(replayCommands({ workspace, decks, stores, focusedDeckId }));
  new AlertSync(context);
  syncTapeJobs(context);
  followNotes(client, stores);
  const backtestSync = new BacktestSync(context);
  backtestSync.follow();
  desktopBridge()?.onReveal(reveal);
  window.addEventListener('online', () => client.retryNow());
  // A page may be opened where nobody sees it.
  client.setHidden(document.hidden);
  document.addEventListener('visibilitychange', () => client.setHidden(document.hidden));
  onAttention(() => void bots.renew());
  client.start();

  const alerts = new AlertCommands(client, stores);
  const markRead = async (ids?: readonly string[]) => notifications?.markRead(ids);
  commands.register(tellingCommands({ alerts, markRead, stores }));
  const orders = new OrderCommands(client, stores.notices);
  commands.register(
    tradeChoiceCommands({
      ...{ workspace, stores, ask, cancelOrder: (orderId) => orders.cancel(orderId) },
      closePosition: (botId) => client.request('positions.close', { botId }),
    }),
  );
  commands.register(alertChoiceCommands({ alerts, client, stores, ask, asks: panelAsks }));
  commands.register(marketChoiceCommands({ workspace, client, stores, ask }));
  const backtests = new BacktestCommands(client, backtestSync);
  commands.register(jobChoiceCommands({ client, backtests, stores, ask }));
  const choosing = { client, stores, ask, asks: panelAsks };
  commands.register(watchlistChoiceCommands(choosing));
  commands.register(journalChoiceCommands(choosing));

  return {
    client,
    stores,
    workspace,
    layouts,
    commands,
    keymap,
    keyedCharts,
    chartTools,
    panelAsks,
    preferences,
    actions: {
      ...selectionActions(stores.selections.default),
      showPanel: (kind) => void workspace.show(kind),
      reveal,
      bots: botCommands,
      risk,
      decks,
      backtests,
      backtestBot,
      alerts,
      orders,
      followBalances: () => balances.follow(),
      followLogs: (botId) => bots.followLogs(botId),
      showSparkline: (id) => tickers.showSparkline(id),
      markRead,
    },
  };
}
