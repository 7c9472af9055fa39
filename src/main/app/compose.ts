import { randomBytes } from 'node:crypto';
import { BOT_TOPICS, channel } from '#contract/channels.ts';
import { type InstrumentId, symbolOf } from '#domain/instrument.ts';
import type { Fleet } from '#main/bots/fleet.ts';
import { Broker } from '#main/broker/broker.ts';
import type { Announcements } from '#main/desk/announcements.ts';
import type { Desk } from '#main/desk/desk.ts';
import type { FeedSupervisor } from '#main/feeds/supervisor.ts';
import { MarketData } from '#main/market/market-data.ts';
import type { TapeRecorder } from '#main/tape/recorder.ts';
import { createEventLoopLoad } from '#main/telemetry/event-loop-load.ts';
import { composeBots } from './compose-bots.ts';
import { composeDesk } from './compose-desk.ts';
import { composeFeeds } from './compose-feeds.ts';
import type { Ground } from './ground.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { MonitorOptions } from './monitor-options.ts';
import type { Storage } from './open-storage.ts';
import { Publications } from './publications.ts';

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
  readonly desk: Desk;
  readonly announcements: Announcements;
  readonly feeds: FeedSupervisor;
}

const randomText = (bytes: number): string => randomBytes(bytes).toString('hex');

/** Introduces the rooms to one another. */
export function composeRooms(
  { clock, log }: Pick<MonitorOptions, 'clock' | 'log'>,
  { ledger, tape }: Storage,
  lifecycle: Lifecycle,
): Rooms {
  const broker = new Broker({
    clock,
    createEpoch: () => randomText(EPOCH_BYTES),
    load: createEventLoopLoad(),
    history: ledger.channelLog,
  });
  lifecycle.onClose('broker', () => broker.dispose());
  const publications = new Publications(broker);
  publications.listen('ticker', ({ ticker }) => broker.publish({ of: 'publicPrice', ticker }));
  const { publish } = publications;
  const ground: Ground = { clock, log, lifecycle, userId: OWNER, publications };

  const market = new MarketData(publish);
  broker.setBookSource((id) => market.bookChange(id));
  const { engine, own, fleet } = composeBots({
    ...{ ...ground, ledger, market },
    createBotId: () => randomText(BOT_ID_BYTES),
    findInstrument: (id) => feeds.instruments().find((one) => one.id === id),
  });
  fleet.onRemoved((botId) => {
    for (const topic of BOT_TOPICS) broker.drop(channel.bot(botId, topic));
  });
  const { recorder, feeds } = composeFeeds({
    ...{ ...ground, tape, market, bots: engine },
    onInstruments: () => own.onInstrumentsChanged(),
  });
  const createId = () => randomText(MESSAGE_ID_BYTES);
  const people = composeDesk({ ledger, userId: OWNER, clock, createId, publish });
  return { broker, publications, market, recorder, bots: fleet, feeds, ...people };
}

/** An instrument of the watchlist by its id, or the first that has this bare symbol. */
export function resolveInstrument(feeds: FeedSupervisor, text: string): InstrumentId | undefined {
  const instruments = feeds.instruments();
  const found =
    instruments.find(({ id }) => id === text) ??
    instruments.find(({ id }) => symbolOf(id) === text);
  return found?.id;
}
