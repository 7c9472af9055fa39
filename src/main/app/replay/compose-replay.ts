import { BOT_TOPICS, channel } from '#contract/channels.ts';
import {
  deckAlertId,
  deckBotId,
  deckOfBot,
  deckOfInstrument,
  sourceInstrumentId,
} from '#contract/decks.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { BookChange } from '#contract/publications.ts';
import type { DeckTimeline, DeckView } from '#contract/replay-requests.ts';
import type { RequestParams } from '#contract/requests.ts';
import type { Caller } from '#contract/scopes.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import { CANDLE_INTERVALS } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Notification } from '#domain/notification.ts';
import type { EpochMs } from '#domain/units.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import type { Broker } from '#main/broker/broker.ts';
import { Deck } from '#main/replay/deck.ts';
import { DeckEdge } from '#main/replay/deck-edge.ts';
import type { DeckOpening } from '#main/replay/deck-opening.ts';
import type { StagedBot } from '#main/replay/deck-stage.ts';
import { Decks } from '#main/replay/decks.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import type { LiveFills } from '#main/replay/seek-goal.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import type { Log } from '#main/telemetry/log.ts';
import { deckNumber } from './deck-number.ts';
import { deckRules } from './deck-rules.ts';
import { deckTimeline } from './deck-timeline.ts';
import { openFileSource } from './replay-file-source.ts';
import { composeStage, type ReplayStage } from './replay-stage.ts';
import { openTapeSource } from './replay-tape-source.ts';
import type { SpoolPlace } from './spool-place.ts';

export interface ReplaySurroundings {
  /** The machine's. */
  readonly clock: TimerClock;
  readonly log: Log;
  readonly userId: string;
  readonly broker: Pick<Broker, 'publish' | 'drop'>;
  /** Live: its fills and alerts are looked for, and nothing is written. */
  readonly ledger: Pick<Ledger, 'fills' | 'alerts'>;
  readonly tape: TapeDatabase;
  /** The file that the number of the last deck is kept in. */
  readonly numberFile: string;
  /** For the recordings that are open. */
  readonly spools: SpoolPlace;
  readonly strategies: readonly StrategyDefinition[];
  /** Those of live, for a deck that is to have copies of them. */
  readonly alertRules: () => readonly AlertRule[];
  /** Tells the user, as live does. */
  readonly notify: (notification: Notification) => void;
  /** Puts everything that was recorded up to now on the tape. */
  readonly flushTape: () => void;
}

export type ReplayDeck = Deck<ReplayStage>;
type OpenRequest = RequestParams<'replay.open'>;

/** The replay decks beside live, and the way to what is in them. */
export class Replay {
  readonly decks: Decks<ReplayStage>;
  readonly #surroundings: ReplaySurroundings;

  constructor(surroundings: ReplaySurroundings) {
    const { broker, clock, log, numberFile } = surroundings;
    this.#surroundings = surroundings;
    this.decks = new Decks({
      ...{ clock, number: deckNumber(numberFile) },
      onChange: (deckIds) => broker.publish({ of: 'decks', deckIds }),
      onOpening: (deck) => broker.publish({ of: 'deck', deck }),
      onFault: (deckId, fault) => log.error({ deckId, err: fault }, 'a replay deck has a fault'),
    });
  }

  /** Of a recording that takes long to read, the deck is `opening` when this resolves. */
  open(request: OpenRequest): Promise<Result<DeckView>> {
    const { speed, notify } = request;
    return this.decks.open({
      ...{ speed, notify },
      create: async (opening) => {
        const source = await this.#openSource(request, opening);
        if (!source.ok || source.value === null) return source.ok ? succeed(null) : source;
        const deck = await this.#openDeck(opening.id, source.value, request);
        if (!deck.ok) await source.value.close?.();
        return deck;
      },
    });
  }

  async close(deckId: string): Promise<Result<{ deckId: string }>> {
    const closed = await this.decks.close(deckId);
    if (closed.ok) this.#surroundings.broker.drop(channel.replayDeck(deckId));
    return closed;
  }

  /** What the deck's stretch holds, as far as the caller may know it. */
  timeline(deckId: string, bots: Caller['bots']): Result<DeckTimeline> {
    const deck = this.decks.get(deckId);
    return deck.ok ? deckTimeline(deck.value.source, this.#surroundings.ledger, bots) : deck;
  }

  /** The deck that shows this instrument. */
  ofInstrument(id: string): ReplayDeck | undefined {
    const deck = this.decks.find(deckOfInstrument(id) ?? '');
    const sourceId = sourceInstrumentId(id);
    return deck?.source.instruments.some((one) => one.id === sourceId) ? deck : undefined;
  }

  /** The deck that this bot runs in. */
  ofBot(botId: string): ReplayDeck | undefined {
    const deck = this.decks.find(deckOfBot(botId) ?? '');
    return deck?.stage.fleet.has(botId) ? deck : undefined;
  }

  /** The whole book of a deck's instrument; undefined for one that is no deck's. */
  bookChange(id: InstrumentId): BookChange | undefined {
    const sourceId = sourceInstrumentId(id);
    const change = sourceId && this.ofInstrument(id)?.stage.market.bookChange(sourceId);
    return change && { ...change, instrumentId: id };
  }

  dispose(): Promise<void> {
    return this.decks.dispose();
  }

  async #openSource(
    request: OpenRequest,
    opening: DeckOpening,
  ): Promise<Result<ReplaySource | null>> {
    const { instruments = [], file, fromTime, toTime } = request;
    if (file === undefined) {
      this.#surroundings.flushTape();
      return openTapeSource(this.#surroundings.tape, { instruments, fromTime, toTime });
    }
    if (fromTime !== undefined || toTime !== undefined) {
      return fail('invalid_payload', 'fromTime: a recording is played as a whole');
    }
    const source = await openFileSource(file, {
      ...{ signal: opening.signal, spools: this.#surroundings.spools },
      onProgress: (soFar) => opening.read(soFar),
    });
    const slowSeek = source.ok ? (source.value?.slowSeek ?? null) : null;
    if (slowSeek !== null) this.#surroundings.log.warn({ deckId: opening.id }, slowSeek);
    return source;
  }

  async #openDeck(
    deckId: string,
    source: ReplaySource,
    { speed, notify, bots, alerts }: OpenRequest,
  ): Promise<Result<ReplayDeck>> {
    const rules = deckRules(alerts, source.instruments, this.#surroundings.alertRules);
    if (!rules.ok) return rules;
    const { clock, broker, log, userId, ledger } = this.#surroundings;
    const edge = new DeckEdge({
      deckId,
      notify: notify ? (notification) => this.#notify(notification) : null,
      publish: (item) => broker.publish(item),
    });
    let botCount = 0;
    const createBotId = () => {
      botCount += 1;
      return deckBotId(deckId, botCount);
    };
    return Deck.open<ReplayStage>(
      {
        ...{ id: deckId, source, speed, notify, clock, edge },
        createStage: (deckClock) =>
          composeStage({
            strategies: this.#surroundings.strategies,
            ...{ source, log, userId, createBotId, alertRules: rules.value },
            ...{ clock: deckClock, publish: edge.publish },
            alertId: (number) => deckAlertId(deckId, number),
            onBotRemoved: (botId) => this.#endBotChannels(botId),
          }),
        saveStage: (stage) => stage.save(),
        liveFills: liveFillsOf(ledger),
        onNewRun: (view) => this.#endChannels(view),
        onChange: (deck) => broker.publish({ of: 'deck', deck }),
        onFault: (fault) => log.error({ deckId, err: fault }, 'a replay deck failed'),
      },
      bots.map((draft): StagedBot => ({ id: createBotId(), draft, isRunning: true })),
    );
  }

  /** Each time anew, and now: the same replay may be played often, and it is not of its own day. */
  #notify(notification: Notification): void {
    const { clock, notify } = this.#surroundings;
    const now = clock.now();
    const { id, title } = notification;
    notify({ ...notification, id: `${id}-${now}`, title: `Replay: ${title}`, createdTime: now });
  }

  /** Whoever is subscribed to them is let go: the names are about to mean another run. */
  #endChannels({ id: deckId, instruments, botIds }: DeckView): void {
    const { broker } = this.#surroundings;
    broker.drop(channel.replayAlerts(deckId));
    for (const { id } of instruments) {
      const { ticker, trades, orderBook, liquidations } = channel;
      for (const name of [ticker(id), trades(id), orderBook(id), liquidations(id)]) {
        broker.drop(name);
      }
      for (const interval of CANDLE_INTERVALS) broker.drop(channel.candles(id, interval));
    }
    for (const botId of botIds) this.#endBotChannels(botId);
  }

  #endBotChannels(botId: string): void {
    const { broker } = this.#surroundings;
    for (const topic of BOT_TOPICS) broker.drop(channel.bot(botId, topic));
  }
}

function liveFillsOf({ fills }: Pick<Ledger, 'fills'>): LiveFills {
  const nearest = (side: 'before' | 'after', ids: readonly InstrumentId[], time: EpochMs) =>
    ids.flatMap((id) => fills.nearestTime(side, time, id) ?? []);
  return {
    next: (ids, time) => nearest('after', ids, time).sort((a, b) => a - b)[0] ?? null,
    previous: (ids, time) => nearest('before', ids, time).sort((a, b) => b - a)[0] ?? null,
  };
}
