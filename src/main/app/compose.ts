import { randomBytes } from 'node:crypto';
import { BOT_TOPICS, channel } from '#contract/channels.ts';
import type { Publishable } from '#contract/publications.ts';
import { decimal } from '#domain/decimal.ts';
import { type InstrumentId, namesOf, symbolOf } from '#domain/instrument.ts';
import { BalanceReporter } from '#main/bots/balance-reporter.ts';
import { BotEngine } from '#main/bots/bot-engine.ts';
import { BotRegistry } from '#main/bots/bot-registry.ts';
import { ExternalBots } from '#main/bots/external-bots.ts';
import { Fleet } from '#main/bots/fleet.ts';
import { gridStrategy } from '#main/bots/strategies/grid.ts';
import { Broker } from '#main/broker/broker.ts';
import type { Announcements } from '#main/desk/announcements.ts';
import type { Desk } from '#main/desk/desk.ts';
import { PaperBroker } from '#main/execution/paper-broker.ts';
import { createFeed } from '#main/feeds/create-feed.ts';
import { FeedSupervisor } from '#main/feeds/supervisor.ts';
import { MarketData } from '#main/market/market-data.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import { createEventLoopLoad } from '#main/telemetry/event-loop-load.ts';
import { botLedger } from './bot-ledger.ts';
import { composeDesk } from './compose-desk.ts';
import { externalBotLedger } from './external-bot-ledger.ts';
import { seedMarkets } from './history-seeding.ts';
import type { Lifecycle } from './lifecycle.ts';
import { createPipeline } from './market-pipeline.ts';
import type { MonitorOptions } from './monitor-options.ts';
import { NotificationFanOut } from './notification-fan-out.ts';
import type { Storage } from './open-storage.ts';

/** The only user until there are accounts: who owns this data directory. */
export const OWNER = 'owner';
const EPOCH_BYTES = 9;
const BOT_ID_BYTES = 6;
const MESSAGE_ID_BYTES = 8;
const STRATEGIES = [gridStrategy];

/** Every room but the hub, wired. */
export interface Rooms {
  readonly broker: Broker;
  readonly market: MarketData;
  readonly recorder: TapeRecorder;
  readonly bots: Fleet;
  readonly desk: Desk;
  readonly announcements: Announcements;
  readonly feeds: FeedSupervisor;
  readonly notifications: NotificationFanOut;
}

const randomText = (bytes: number): string => randomBytes(bytes).toString('hex');

/** Introduces the rooms to one another. Whatever it starts, the lifecycle stops. */
export function composeRooms(
  { clock, log }: Pick<MonitorOptions, 'clock' | 'log'>,
  { ledger, tape }: Storage,
  lifecycle: Lifecycle,
): Rooms {
  const notifications = new NotificationFanOut();
  const broker = new Broker({
    clock,
    createEpoch: () => randomText(EPOCH_BYTES),
    load: createEventLoopLoad(),
    history: ledger.channelLog,
  });
  lifecycle.onClose('broker', () => broker.dispose());
  const publish = (item: Publishable): void => {
    broker.publish(item);
    if (item.of === 'notification') notifications.tell(item.notification);
    if (item.of === 'ticker') broker.publish({ of: 'publicPrice', ticker: item.ticker });
    if (item.of === 'botStatus') balance.note();
  };
  const currencyOf = (id: InstrumentId) => (findInstrument(id)?.quote ?? namesOf(id).quote) || null;
  const balance = new BalanceReporter({
    ...{ userId: OWNER, clock, publish, currencyOf },
    bots: () => bots.list(),
  });
  lifecycle.onClose('balance', () => balance.dispose());

  const market = new MarketData(publish);
  broker.setBookSource((id) => market.bookChange(id));
  const recorder = new TapeRecorder({
    store: tape,
    clock,
    onFailure: (reason) => log.error({ reason }, 'the tape cannot be written'),
    onRecovery: () => log.info({}, 'the tape is written again'),
  });
  lifecycle.onClose('tape recorder', () => {
    const flushed = recorder.dispose();
    if (!flushed.ok) log.error({ reason: flushed.error.message }, 'the last trades are lost');
  });

  const findInstrument = (id: InstrumentId) => feeds.instruments().find((one) => one.id === id);
  const shared = {
    store: botLedger(ledger, OWNER, clock),
    strategies: STRATEGIES,
    clock,
    findInstrument,
    markPrice: (id: InstrumentId) => market.of(id).lastTrade?.price ?? null,
  };
  const engine = new BotEngine({
    ...shared,
    userId: OWNER,
    publish,
    createAccount: (config, instrument, state) =>
      new PaperBroker({
        botId: config.id,
        instrument,
        fees: config,
        market: market.of(instrument.id),
        state: { ...state, cash: decimal(state.cash) },
      }),
    onFault: (botId, fault) => log.error({ botId, fault: String(fault) }, 'a bot was stopped'),
  });
  lifecycle.onClose('bots', () => engine.dispose());

  const feeds = new FeedSupervisor({
    clock,
    random: Math.random,
    createFeed: (spec) => createFeed(spec, { clock }),
    beforeStart: (feed, instruments) => seedMarkets(feed, instruments, { market, clock }),
    listeners: {
      onEvents: createPipeline({ market, recorder, bots: engine }),
      onStatus: (statuses) => publish({ of: 'feeds', feeds: statuses }),
      onInstruments: () => own.onInstrumentsChanged(),
      onRejected: (feedId, { line, reason }) =>
        log.warn({ feedId, line, reason }, 'a line of the feed was rejected'),
      onCrash: (feedId, error) => log.error({ feedId, error: String(error) }, 'a feed crashed'),
    },
  });
  lifecycle.onClose('feeds', () => feeds.dispose());

  const own = new BotRegistry({ ...shared, engine, createId: () => randomText(BOT_ID_BYTES) });
  const external = new ExternalBots({
    ...{ userId: OWNER, clock, publish, markPrice: shared.markPrice },
    store: externalBotLedger(ledger, OWNER, clock),
    onFailure: (error) => log.error({ err: error }, 'reports of external bots were not written'),
  });
  lifecycle.onClose('external bots', () => external.dispose());
  const bots = new Fleet(own, external);
  bots.onRemoved((botId) => {
    for (const topic of BOT_TOPICS) broker.drop(channel.bot(botId, topic));
  });
  const createId = () => randomText(MESSAGE_ID_BYTES);
  const people = composeDesk({ ledger, userId: OWNER, clock, createId, publish });
  return { broker, market, recorder, bots, feeds, notifications, ...people };
}

/** An instrument of the watchlist by its id, or the first that has this bare symbol. */
export function resolveInstrument(feeds: FeedSupervisor, text: string): InstrumentId | undefined {
  const instruments = feeds.instruments();
  const found =
    instruments.find(({ id }) => id === text) ??
    instruments.find(({ id }) => symbolOf(id) === text);
  return found?.id;
}
