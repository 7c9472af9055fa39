import type { BotLine, BotRecord, BotRecordReceipt } from '#contract/bot-records.ts';
import type { StreamPosition } from '#contract/client-events.ts';
import type { Result } from '#contract/errors.ts';
import type { Publishable } from '#contract/publications.ts';
import type { RequestMethod } from '#contract/requests.ts';
import type { Caller } from '#contract/scopes.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { DeskMessage, DeskPresence } from '#domain/desk.ts';
import type { FeedState } from '#domain/feed.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Log } from '#main/telemetry/log.ts';

/** What the hub needs of other rooms; `main/app` provides it. */

/** A run of publications of one channel, in order. The same object for every consumer. */
export interface Delivery {
  readonly channel: string;
  readonly epoch: string;
  /** Where a consumer stood before this run. */
  readonly prevOffset: number;
  readonly publications: readonly {
    readonly offset: number;
    readonly timestamp: EpochMs;
    readonly data: Publishable;
  }[];
}

export interface BrokerSubscription {
  readonly epoch: string;
  readonly offset: number;
  readonly recovered: boolean;
  readonly initial: Delivery | undefined;
  dispose(): void;
}

export interface HubBroker {
  subscribe(
    channel: string,
    consumer: { deliver(delivery: Delivery): void; ended(channel: string, offset: number): void },
    options?: {
      readonly since?: StreamPosition | undefined;
      /** Of a *latest* channel: so long between two deliveries, ms. */
      readonly minIntervalMs?: number | undefined;
    },
  ): BrokerSubscription;
  /** Where a consumer starts that joins now, for one that is there already and lost its way. */
  start(channel: string): Delivery | undefined;
}

/** Who speaks to the hub. The owner's token and the desktop's windows are the owner. */
export type HubUser = Caller;

/** Which channels there are, and for whom (rule H2). */
export interface ChannelDirectory {
  /** Whose channels tell of every bot. */
  readonly ownerId: string;
  /** An instrument of the watchlist by its id, or the first match of a bare symbol. */
  resolveInstrument(symbolOrId: string): InstrumentId | undefined;
  /** Whether there is such a bot, and this user reaches it. */
  isKnownBot(botId: string, user: HubUser): boolean;
  botIds(user: HubUser): readonly string[];
  isKnownDeck(deckId: string): boolean;
  /** The returned function stops it. */
  onBotCreated(listener: (botId: string) => void): () => void;
}

/** Told to anyone who asks: whether the monitor works, and nothing of what it does. */
export interface HubHealth {
  readonly status: 'ok' | 'degraded';
  readonly database: 'ok' | 'failed';
  /** How many feeds are in each state. */
  readonly feeds: Readonly<Record<FeedState['kind'], number>>;
  readonly eventLoop: {
    readonly state: 'ok' | 'slow' | 'blocked';
    /** Milliseconds, over the last period. */
    readonly delayP99: number;
  };
}

/** The chat of the people on this hub. */
export interface HubDesk {
  /** Counts one connection of the user in; the returned function takes it out again. */
  enter(room: string, userId: string): Result<() => void>;
  presence(room: string): DeskPresence;
  /** On disk and told to the room when it succeeds. */
  send(line: Pick<DeskMessage, 'room' | 'userId' | 'text'>): Promise<Result<DeskMessage>>;
}

export interface HubDependencies extends ChannelDirectory {
  readonly broker: HubBroker;
  readonly clock: TimerClock;
  readonly log: Log;
  /** The params were validated by the method's schema. */
  handleRequest(method: RequestMethod, params: unknown, caller: HubUser): Promise<Result<unknown>>;
  readonly desk: HubDesk;
  /** Takes what an external bot reports over a line (rule X4). On disk when it succeeds. */
  publishRecord(
    record: BotRecord,
    caller: HubUser,
    line: BotLine,
  ): Promise<Result<BotRecordReceipt>>;
  health(): HubHealth;
}
