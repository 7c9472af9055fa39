import { fail, succeed } from '#contract/errors.ts';
import type { RequestMethod, RequestParams, RequestResult } from '#contract/requests.ts';
import type { Caller } from '#contract/scopes.ts';
import { plainCandle } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Alerts } from '#main/alerts/alerts.ts';
import type { Fleet } from '#main/bots/fleet.ts';
import type { FleetBalance } from '#main/bots/fleet-balance.ts';
import type { RiskControl } from '#main/bots/risk/risk-control.ts';
import type { Broker } from '#main/broker/broker.ts';
import type { Announcements } from '#main/desk/announcements.ts';
import type { CcxtWorker } from '#main/feeds/ccxt/ccxt-worker.ts';
import type { DerivMarkets } from '#main/feeds/deriv/deriv-markets.ts';
import type { FeedSupervisor } from '#main/feeds/supervisor.ts';
import type { Hub } from '#main/hub/hub.ts';
import type { TokenAuthority } from '#main/hub/tokens/token-authority.ts';
import type { Journal } from '#main/journal/journal.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import { readTrades } from '#main/tape/reader.ts';
import type { TapeRecorder } from '#main/tape/recorder.ts';
import type { Backtests } from '../backtest/backtests.ts';
import { type StrategyShelf, strategyProblems } from '../bots/strategy-shelf.ts';
import { candleSources } from '../feeds/candle-sources.ts';
import { addFeed, changeFeed, removeFeed } from '../feeds/kept-feeds.ts';
import { olderCandles } from '../feeds/older-candles.ts';
import type { Watchlist } from '../feeds/watchlist.ts';
import type { KeptHubLimits } from '../hub/kept-hub-limits.ts';
import type { Publications } from '../publications.ts';
import type { Replay } from '../replay/compose-replay.ts';
import { changeSettings, readSettings } from '../settings.ts';
import type { TapeJobs } from '../tape/tape-jobs.ts';
import { alertHandlers } from './alert-requests.ts';
import { backtestHandlers } from './backtest-requests.ts';
import { asPage, botHandlers } from './bot-requests.ts';
import { exchangeHandlers } from './exchange-requests.ts';
import { inspectionHandlers } from './inspection-requests.ts';
import { journalHandlers } from './journal-requests.ts';
import { notificationHandlers } from './notification-requests.ts';
import { pnlHandlers } from './pnl-requests.ts';
import { replayHandlers } from './replay-requests.ts';
import type { Handler, Handlers } from './request-handler.ts';
import { riskHandlers } from './risk-requests.ts';
import { tapeHandlers } from './tape-requests.ts';
import { toWireTrade } from './wire-trade.ts';

export interface RequestRooms {
  readonly info: Omit<RequestResult<'system.info'>, 'userId'>;
  readonly ownerId: string;
  readonly tokens: TokenAuthority;
  readonly health: () => RequestResult<'health.get'>;
  readonly broker: Pick<Broker, 'inspect'>;
  readonly hubLimits: KeptHubLimits;
  /** Who is connected to the hub. */
  readonly clients: Hub['clients'];
  /** Whoever has no token may not be connected any more. */
  readonly onAnonymousBarred: () => void;
  readonly logFolder: string;
  readonly journal: Journal;
  readonly feeds: FeedSupervisor;
  readonly watchlist: Watchlist;
  readonly exchanges: CcxtWorker;
  readonly derivMarkets: DerivMarkets;
  readonly market: MarketData;
  readonly bots: Fleet;
  readonly balance: FleetBalance;
  readonly shelf: StrategyShelf;
  readonly alerts: Alerts;
  readonly risk: RiskControl;
  readonly announcements: Announcements;
  readonly ledger: Ledger;
  readonly publications: Pick<Publications, 'publish'>;
  readonly tape: TapeDatabase;
  readonly recorder: TapeRecorder;
  readonly replay: Replay;
  readonly tapeJobs: TapeJobs;
  readonly backtests: Backtests;
  readonly now: () => EpochMs;
}

/**
 * One handler for each request of the contract. Before it comes here its parameters were validated,
 * and its caller has the method's scope and reaches the bot that it names; what a list holds of
 * other bots and users is left out here (rule H2).
 */
export function createRequestHandler(rooms: RequestRooms) {
  const handlers: Handlers = {
    ...systemHandlers(rooms),
    ...marketHandlers(rooms),
    ...riskHandlers(rooms),
    ...pnlHandlers(rooms),
    ...botHandlers({ ...rooms, problems: () => strategyProblems(rooms.shelf) }),
    ...ledgerHandlers(rooms),
    ...notificationHandlers(rooms),
    ...tokenHandlers(rooms),
    ...settingHandlers(rooms),
    ...tapeHandlers(rooms),
    ...replayHandlers(rooms),
    ...backtestHandlers(rooms),
    ...exchangeHandlers(rooms),
    ...inspectionHandlers(rooms),
    ...journalHandlers(rooms),
    ...alertHandlers(rooms),
  };
  return <M extends RequestMethod>(method: M, params: RequestParams<M>, caller: Caller) =>
    Promise.resolve((handlers[method] as Handler<M>)(params, caller));
}

const systemHandlers = ({ info, health, feeds, watchlist, ledger, now }: RequestRooms) =>
  ({
    'system.info': (_, { userId }) => succeed({ ...info, userId }),
    'health.get': () => succeed(health()),
    'watchlist.get': () => succeed(watchlist.view()),
    'watchlist.set': ({ edits }) => watchlist.edit(edits),
    'feeds.list': () => succeed({ feeds: [...feeds.statuses()] }),
    'feeds.add': ({ spec }) => addFeed({ feeds, stored: ledger.feeds, now }, spec),
    'feeds.change': ({ feedId, spec }) =>
      changeFeed({ feeds, stored: ledger.feeds, now }, feedId, spec),
    'feeds.remove': ({ feedId }) => removeFeed({ feeds, stored: ledger.feeds }, feedId),
    'feeds.restart': async ({ feedId }) => {
      const restarted = await feeds.restart(feedId);
      return restarted.ok ? succeed({ feedId }) : restarted;
    },
  }) satisfies Partial<Handlers>;

const marketHandlers = ({ market, feeds, tape, recorder, now }: RequestRooms) =>
  ({
    'candles.get': async ({ instrumentId, interval, limit, before }) => {
      const known = market.of(instrumentId).candles(interval, limit, before);
      if (known.length >= limit) return succeed({ candles: known.map(plainCandle) });
      const toTime = known[0]?.openTime ?? before ?? now();
      const count = limit - known.length;
      const older = await olderCandles(candleSources(feeds, tape), {
        instrumentId,
        interval,
        toTime,
        count,
      });
      return succeed({ candles: [...older, ...known].map(plainCandle) });
    },
    'trades.get': ({ instrumentId, fromTime, toTime, limit }) => {
      // A failure is the recorder's to report; what is on disk can still be read.
      recorder.flush();
      const newest = fromTime === undefined;
      const trades = readTrades(tape, instrumentId, { fromTime, toTime, limit, newest });
      if (!trades.ok) return trades;
      return succeed({ trades: trades.value.map(toWireTrade) });
    },
    'orderbook.get': ({ instrumentId, depth }) => {
      const book = market.of(instrumentId).book.snapshot(depth);
      if (!book) return fail('not_found', `There is no order book of ${instrumentId} now`);
      const { bids, asks, sequence } = book;
      return succeed({ bids: [...bids], asks: [...asks], sequence });
    },
  }) satisfies Partial<Handlers>;

const tokenHandlers = ({ tokens }: RequestRooms) =>
  ({
    'tokens.issue': (request, caller) => tokens.issue(request, caller),
    'tokens.list': () => succeed({ tokens: [...tokens.list()] }),
    'tokens.revoke': ({ id }) => tokens.revoke(id),
  }) satisfies Partial<Handlers>;

const settingHandlers = ({ ledger, risk, onAnonymousBarred }: RequestRooms) =>
  ({
    'settings.get': () => succeed(readSettings(ledger.settings)),
    'settings.set': (changes) => {
      const settings = changeSettings(ledger.settings, changes);
      risk.onLimitsChanged();
      if (changes.allowAnonymous === false) onAnonymousBarred();
      return succeed(settings);
    },
  }) satisfies Partial<Handlers>;

const ledgerHandlers = ({ ledger, announcements }: RequestRooms) =>
  ({
    'announcements.send': (draft) => succeed(announcements.send(draft)),
    'announcements.list': (request) => asPage(ledger.announcements.list(request)),
    'orders.list': (request, { bots }) => asPage(ledger.orders.list({ ...request, bots })),
    'fills.list': (request, { bots }) => asPage(ledger.fills.list({ ...request, bots })),
  }) satisfies Partial<Handlers>;
