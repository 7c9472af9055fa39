import { randomBytes } from 'node:crypto';
import { BOT_TOPICS, channel } from '#contract/channels.ts';
import type { Alerts } from '#main/alerts/alerts.ts';
import type { Fleet } from '#main/bots/fleet.ts';
import type { FleetBalance } from '#main/bots/fleet-balance.ts';
import type { RiskControl } from '#main/bots/risk/risk-control.ts';
import { Broker } from '#main/broker/broker.ts';
import type { Announcements } from '#main/desk/announcements.ts';
import type { Desk } from '#main/desk/desk.ts';
import type { CcxtWorker } from '#main/feeds/ccxt/ccxt-worker.ts';
import type { DerivMarkets } from '#main/feeds/deriv/deriv-markets.ts';
import type { FeedSupervisor } from '#main/feeds/supervisor.ts';
import type { Journal } from '#main/journal/journal.ts';
import { MarketData } from '#main/market/market-data.ts';
import type { TapeRecorder } from '#main/tape/recorder.ts';
import { createEventLoopLoad } from '#main/telemetry/event-loop-load.ts';
import type { BucketTally } from '#main/telemetry/tallies.ts';
import { composeAlerts } from './alerts/live-alerts.ts';
import { Backtests } from './backtest/backtests.ts';
import { liveBotHistory } from './bots/bot-history.ts';
import { composeBots } from './bots/compose-bots.ts';
import { type StrategyShelf, strategyProblem } from './bots/strategy-shelf.ts';
import { strategyTrouble } from './bots/strategy-trouble.ts';
import { composeDesk } from './compose-desk.ts';
import { durableChannels } from './durable-channels.ts';
import { candleSources } from './feeds/candle-sources.ts';
import { composeFeeds } from './feeds/compose-feeds.ts';
import { liveMarketOutlet } from './feeds/market-outlet.ts';
import { tellMissing } from './feeds/missing-instruments.ts';
import { Watchlist } from './feeds/watchlist.ts';
import type { Ground } from './ground.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { MonitorOptions } from './monitor-options.ts';
import type { Storage } from './open-storage.ts';
import { Publications } from './publications.ts';
import { Replay } from './replay/compose-replay.ts';
import { SpoolPlace } from './replay/spool-place.ts';
import { TapeJobs } from './tape/tape-jobs.ts';
import { runInThread } from './tape/tape-thread.ts';
import { tapeTrouble } from './tape/tape-trouble.ts';
import { keepTape } from './tape/tape-upkeep.ts';

/** The only user until there are accounts: who owns this data directory. */
export const OWNER = 'owner';
const EPOCH_BYTES = 9;
const BOT_ID_BYTES = 6;
const MESSAGE_ID_BYTES = 8;

/** Every room but the hub, wired. */
export interface Rooms {
  readonly broker: Broker;
  readonly publications: Publications;
  readonly market: MarketData;
  readonly recorder: TapeRecorder;
  readonly bots: Fleet;
  readonly balance: FleetBalance;
  readonly shelf: StrategyShelf;
  readonly alerts: Alerts;
  readonly risk: RiskControl;
  readonly desk: Desk;
  readonly announcements: Announcements;
  readonly journal: Journal;
  readonly feeds: FeedSupervisor;
  /** From the receipt of market events to their turn. */
  readonly intakeSeconds: BucketTally;
  readonly watchlist: Watchlist;
  readonly exchanges: CcxtWorker;
  readonly derivMarkets: DerivMarkets;
  readonly replay: Replay;
  readonly tapeJobs: TapeJobs;
  readonly backtests: Backtests;
}

const randomText = (bytes: number): string => randomBytes(bytes).toString('hex');

/** Introduces the rooms to one another. */
export function composeRooms(
  options: Pick<MonitorOptions, 'clock' | 'log' | 'exchangeConfigs' | 'createFeed' | 'hubLimits'>,
  { directory, ledger, tape, shelf }: Storage & { readonly shelf: StrategyShelf },
  lifecycle: Lifecycle,
): Rooms {
  const { clock, log, exchangeConfigs = {}, createFeed, hubLimits } = options;
  const broker = new Broker({
    clock,
    createEpoch: () => randomText(EPOCH_BYTES),
    load: createEventLoopLoad(),
    history: durableChannels(ledger.channelLog, log),
  });
  lifecycle.onClose('broker', () => broker.dispose());
  const publications = new Publications(broker);
  const { publish } = publications;
  const ground: Ground = { clock, log, lifecycle, userId: OWNER, publications };

  const market = new MarketData(liveMarketOutlet(broker, publish));
  broker.setBookSource((id) => market.bookChange(id) ?? replay.bookChange(id));
  const { engine, own, fleet, balance, control, risk } = composeBots({
    ...{ ...ground, ledger, market },
    createBotId: () => randomText(BOT_ID_BYTES),
    findInstrument: (id) => feeds.instruments().find((one) => one.id === id),
    history: liveBotHistory(market, () => candleSources(feeds, tape)),
    sharesFlushes: true,
    looksBetweenEvents: true,
    strategies: shelf.strategies,
    whyMissing: (id) => strategyProblem(shelf, id),
  });
  shelf.watch({
    onRenewed: (strategyId) => own.renew(strategyId),
    onProblem: strategyTrouble(ground, ledger, own),
  });
  fleet.onRemoved((botId) => {
    for (const topic of BOT_TOPICS) broker.drop(channel.bot(botId, topic));
  });
  const createId = () => randomText(MESSAGE_ID_BYTES);
  const { alerts, engine: alertEngine } = composeAlerts({
    ...{ ...ground, ledger, market, fleet, createId },
  });
  const { recorder, ccxtWorker, derivMarkets, feeds, intakeSeconds } = composeFeeds({
    ...{ ...ground, tape, market, bots: engine, alerts: alertEngine, exchangeConfigs },
    ...(createFeed && { createFeed }),
    onInstruments: () => own.onInstrumentsChanged(),
    tapeTrouble: tapeTrouble(ground, ledger),
    onMissing: tellMissing(ground, ledger),
  });
  publications.listen('feeds', ({ feeds: statuses }) => control.onFeeds(statuses));
  const watchlist = new Watchlist({ feeds, settings: ledger.settings, publish });
  keepTape(ground, { tape, ledger });
  const replay = new Replay({
    ...{ clock, log, userId: OWNER, broker, ledger, tape, strategies: shelf.strategies },
    numberFile: directory.deckNumberPath,
    spools: new SpoolPlace(directory.spoolFolder),
    alertRules: () => alerts.rules(),
    notify: (notification) => publish({ of: 'notification', userId: OWNER, notification }),
    // A failure is the recorder's to report; what is on disk can still be played.
    flushTape: () => recorder.flush(),
  });
  lifecycle.onClose('replay decks', () => replay.dispose());
  const tapeJobs = new TapeJobs({
    ...{ clock, createId, publish, settings: ledger.settings },
    run: runInThread(directory.tapePath),
    onUnkept: (err) => log.error({ err }, 'the state of an import or export could not be kept'),
    // A failure is the recorder's to report; what is on disk can still be compared with.
    beforeStart: () => recorder.flush(),
    onImported: (instrumentIds) => {
      for (const id of instrumentIds) recorder.reread(id);
    },
  });
  lifecycle.onClose('tape jobs', () => tapeJobs.close());
  const backtests = new Backtests({
    ...{ clock, log, createId, publish, directory, ledger, tape },
    strategies: shelf.strategies,
    flushTape: () => recorder.flush(),
  });
  lifecycle.onClose('backtests', () => backtests.queue.close());
  const people = composeDesk({ ledger, userId: OWNER, clock, createId, publish, hubLimits });
  return {
    broker,
    publications,
    market,
    recorder,
    bots: fleet,
    balance,
    shelf,
    alerts,
    risk,
    feeds,
    intakeSeconds,
    watchlist,
    exchanges: ccxtWorker,
    derivMarkets,
    replay,
    tapeJobs,
    backtests,
    ...people,
  };
}
