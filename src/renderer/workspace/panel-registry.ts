import type { ComponentType } from 'react';
import { fetched } from '../ui/fetched.ts';
import {
  useBotCount,
  useDeckCount,
  useFiringCount,
  useOrderCount,
  usePositionCount,
  useUnreadCount,
} from './panel-counts.ts';
import type { PanelKind } from './panel-kinds.ts';

export interface PanelEntry {
  /** Its code is fetched when the first of its kind is seen, or at leisure. */
  readonly component: ComponentType<{ readonly panelId: string }>;
  /**
   * What it shows, or has one choose, together with the panels linked to it: the instrument that its
   * tab names, or something else. Without it there is nothing to link.
   */
  readonly follows?: 'instrument' | 'selection';
  /** A figure beside its name; null for none. */
  readonly useCount?: () => number | null;
}

/** Every panel. A new one is a name in `panel-kinds.ts`, an entry here, and its title in the texts. */
export const PANELS: Readonly<Record<PanelKind, PanelEntry>> = {
  watchlist: {
    component: fetched(
      async () => (await import('../features/watchlist/watchlist-panel.tsx')).WatchlistPanel,
    ),
    follows: 'selection',
  },
  chart: {
    component: fetched(async () => (await import('../features/chart/chart-panel.tsx')).ChartPanel),
    follows: 'instrument',
  },
  'order-book': {
    component: fetched(
      async () => (await import('../features/order-book/order-book-panel.tsx')).OrderBookPanel,
    ),
    follows: 'instrument',
  },
  tape: {
    component: fetched(async () => (await import('../features/tape/tape-panel.tsx')).TapePanel),
    follows: 'instrument',
  },
  bots: {
    component: fetched(async () => (await import('../features/bots/bots-panel.tsx')).BotsPanel),
    follows: 'selection',
    useCount: useBotCount,
  },
  positions: {
    component: fetched(
      async () => (await import('../features/positions/positions-panel.tsx')).PositionsPanel,
    ),
    follows: 'selection',
    useCount: usePositionCount,
  },
  orders: {
    component: fetched(
      async () => (await import('../features/orders/orders-panel.tsx')).OrdersPanel,
    ),
    follows: 'selection',
    useCount: useOrderCount,
  },
  fills: {
    component: fetched(async () => (await import('../features/bots/fills-panel.tsx')).FillsPanel),
    follows: 'selection',
  },
  log: {
    component: fetched(async () => (await import('../features/bots/log-panel.tsx')).LogPanel),
    follows: 'selection',
  },
  alerts: {
    component: fetched(
      async () => (await import('../features/alerts/alerts-panel.tsx')).AlertsPanel,
    ),
    follows: 'selection',
    useCount: useFiringCount,
  },
  notifications: {
    component: fetched(
      async () =>
        (await import('../features/notifications/notifications-panel.tsx')).NotificationsPanel,
    ),
    useCount: useUnreadCount,
  },
  replay: {
    component: fetched(
      async () => (await import('../features/replay/replay-panel.tsx')).ReplayPanel,
    ),
    follows: 'selection',
    useCount: useDeckCount,
  },
  backtest: {
    component: fetched(
      async () => (await import('../features/backtest/backtest-panel.tsx')).BacktestPanel,
    ),
    follows: 'selection',
  },
  'tape-files': {
    component: fetched(
      async () => (await import('../features/tape-files/tape-files-panel.tsx')).TapeFilesPanel,
    ),
  },
  desk: {
    component: fetched(async () => (await import('../features/desk/desk-panel.tsx')).DeskPanel),
  },
  feeds: {
    component: fetched(async () => (await import('../features/feeds/feeds-panel.tsx')).FeedsPanel),
  },
  journal: {
    component: fetched(
      async () => (await import('../features/journal/journal-panel.tsx')).JournalPanel,
    ),
    follows: 'selection',
  },
  health: {
    component: fetched(
      async () => (await import('../features/health/health-panel.tsx')).HealthPanel,
    ),
  },
  settings: {
    component: fetched(
      async () => (await import('../features/settings/settings-panel.tsx')).SettingsPanel,
    ),
  },
};
