import alerts from './alerts.json';
import backtest from './backtest.json';
import balances from './balances.json';
import bots from './bots.json';
import chart from './chart.json';
import commandPalette from './command-palette.json';
import common from './common.json';
import desk from './desk.json';
import feeds from './feeds.json';
import health from './health.json';
import journal from './journal.json';
import notifications from './notifications.json';
import orderBook from './order-book.json';
import orders from './orders.json';
import positions from './positions.json';
import replay from './replay.json';
import risk from './risk.json';
import settings from './settings.json';
import statusBar from './status-bar.json';
import tape from './tape.json';
import tapeFiles from './tape-files.json';
import topBar from './top-bar.json';
import watchlist from './watchlist.json';
import workspace from './workspace.json';

/** What the screen says in Korean; loaded when it is wanted. */
export const korean = {
  alerts,
  backtest,
  balances,
  bots,
  chart,
  'command-palette': commandPalette,
  common,
  desk,
  feeds,
  health,
  journal,
  notifications,
  'order-book': orderBook,
  orders,
  positions,
  replay,
  risk,
  settings,
  'status-bar': statusBar,
  tape,
  'tape-files': tapeFiles,
  'top-bar': topBar,
  watchlist,
  workspace,
};
