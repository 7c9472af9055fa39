import { systemClock } from '../client/system-clock.ts';
import { type AlertStore, createAlertStore } from './alert-store.ts';
import { type BacktestStore, createBacktestStore } from './backtest-store.ts';
import { type BalanceStore, createBalanceStore } from './balance-store.ts';
import { type BotStore, createBotStore } from './bot-store.ts';
import { ChartPictures } from './chart-pictures.ts';
import { type ConnectionStore, createConnectionStore } from './connection-store.ts';
import { createDialogStore, type DialogStore } from './dialog-store.ts';
import { createDrawingStore, type DrawingStore } from './drawing-store.ts';
import { createInstrumentStore, type InstrumentStore } from './instrument-store.ts';
import { createJournalMarks, type JournalMarksStore } from './journal-marks.ts';
import { JournalNotes } from './journal-notes.ts';
import { LinkedSelections } from './linked-selections.ts';
import { createMarketStore, type MarketStore } from './market-store.ts';
import { Notices } from './notices.ts';
import { createNotificationStore, type NotificationStore } from './notification-store.ts';
import { createPaletteStore, type PaletteStore } from './palette-store.ts';
import { createReplayStore, type ReplayStore } from './replay-store.ts';
import { createRiskStore, type RiskStore } from './risk-store.ts';
import { createTapeJobStore, type TapeJobStore } from './tape-job-store.ts';

/** The page's state, outside React. */
export interface Stores {
  readonly connection: ConnectionStore;
  readonly instruments: InstrumentStore;
  readonly market: MarketStore;
  readonly bots: BotStore;
  readonly balances: BalanceStore;
  readonly notifications: NotificationStore;
  readonly alerts: AlertStore;
  readonly replay: ReplayStore;
  readonly selections: LinkedSelections;
  readonly drawings: DrawingStore;
  readonly palette: PaletteStore;
  readonly dialogs: DialogStore;
  readonly chartPictures: ChartPictures;
  readonly journalMarks: JournalMarksStore;
  readonly journalNotes: JournalNotes;
  readonly risk: RiskStore;
  readonly backtests: BacktestStore;
  readonly tapeJobs: TapeJobStore;
  readonly notices: Notices;
}

export const createStores = (): Stores => ({
  connection: createConnectionStore(),
  instruments: createInstrumentStore(),
  market: createMarketStore(),
  bots: createBotStore(),
  balances: createBalanceStore(),
  notifications: createNotificationStore(),
  alerts: createAlertStore(),
  replay: createReplayStore(),
  selections: new LinkedSelections(),
  drawings: createDrawingStore(),
  palette: createPaletteStore(),
  dialogs: createDialogStore(),
  chartPictures: new ChartPictures(),
  journalMarks: createJournalMarks(),
  journalNotes: new JournalNotes(),
  risk: createRiskStore(),
  backtests: createBacktestStore(),
  tapeJobs: createTapeJobStore(),
  notices: new Notices(systemClock),
});
