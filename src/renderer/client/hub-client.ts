import { z } from 'zod';
import {
  type BotCommand,
  type BotRecordInput,
  type BotRecordReceipt,
  botRecordSchema,
} from '#contract/bot-records.ts';
import type {
  AckOf,
  ClientEvent,
  ClientPayload,
  StreamPosition,
  SubscribeReply,
} from '#contract/client-events.ts';
import { type Failure, fail, type Result, succeed } from '#contract/errors.ts';
import { type Push, pushSchemas } from '#contract/pushes.ts';
import {
  type RequestInput,
  type RequestMethod,
  type RequestResult,
  requestSchemas,
} from '#contract/requests.ts';
import { type Guard, guardOf } from '#contract/schema-guard.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import { ChannelBook } from './channel-book.ts';
import {
  type ChannelHandler,
  type ChannelSubscription,
  hasGapBefore,
  isNewAfter,
  type Listener,
  type SubscribeOptions,
} from './channel-subscription.ts';
import { HubClock } from './hub-clock.ts';
import { SubscribeQueue } from './subscribe-queue.ts';
import { systemClock } from './system-clock.ts';
import { tell } from './tell.ts';
import type { ConnectionState, HubTransport } from './transport.ts';

/** Pushes come by the thousand, and are used as they came. */
const PUSH_GUARDS: ReadonlyMap<string, Guard> = new Map(
  Object.entries(pushSchemas).map(([event, schema]) => [event, guardOf(schema)]),
);

/** A hub that is asked for too much at once gives back its patience by the second. */
const TRY_AGAIN_MS = 2_000;

export interface HubClientOptions {
  readonly transport: HubTransport;
  /** The machine's, if not given. */
  readonly clock?: TimerClock;
  /** A push that the contract does not know: counted and shown, never guessed at. */
  readonly onRejectedPush?: (event: string) => void;
  /** What a failure is said with; the hub's own words, if not given. */
  readonly words?: (sentence: string) => string;
}

/**
 * The only owner of the connection to the hub. Subscribers see each channel complete and in order:
 * a fresh start or exactly what was missed (rules B3, B4), no duplicates, gaps noticed and closed.
 */
export class HubClient {
  readonly #transport: HubTransport;
  readonly #onRejectedPush: (event: string) => void;
  readonly #clock: TimerClock;
  readonly #hubClock: HubClock;
  readonly #words: (sentence: string) => string;
  readonly #queue: SubscribeQueue;
  readonly #channels = new ChannelBook();
  /** Refused for coming too soon: they are tried again together. */
  readonly #tooSoon = new Set<ChannelSubscription>();
  readonly #commandListeners = new Set<(command: BotCommand) => void>();
  readonly #connectionListeners = new Set<(state: ConnectionState) => void>();
  readonly #silenceListeners = new Set<(sinceTime: EpochMs | null) => void>();
  #connection: ConnectionState = { kind: 'connecting', attempt: 0 };
  #isHidden = false;

  constructor(options: HubClientOptions) {
    const { transport, clock = systemClock, onRejectedPush, words } = options;
    this.#transport = transport;
    this.#clock = clock;
    this.#hubClock = new HubClock(clock);
    this.#queue = new SubscribeQueue(transport);
    this.#onRejectedPush = onRejectedPush ?? (() => undefined);
    this.#words = words ?? ((sentence) => sentence);
  }

  start(): void {
    this.#transport.start({
      onPushes: (pushes) => {
        for (const push of pushes) this.#receive(push);
      },
      onConnection: (state) => this.#connectionChanged(state),
      onSilence: (sinceTime) => {
        for (const listener of this.#silenceListeners) tell(() => listener(sinceTime));
      },
      onCommand: (command) => {
        for (const listener of this.#commandListeners) tell(() => listener(command));
      },
    });
  }

  stop(): void {
    this.#transport.stop();
    this.#channels.clear();
    this.#connectionListeners.clear();
    this.#silenceListeners.clear();
    this.#commandListeners.clear();
  }

  retryNow(): void {
    this.#transport.retryNow();
  }

  /** Tells the hub that nobody looks: it sends values once a second until somebody does (B6). */
  setHidden(hidden: boolean): void {
    if (this.#isHidden === hidden) return;
    this.#isHidden = hidden;
    void this.#tellVisibility();
  }

  /** The hub's time: what ends by its clock ends by this one, however this machine's is set. */
  now(): EpochMs {
    return this.#hubClock.now();
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  /** The listener is told of the present state at once. Returns its removal. */
  onConnection(listener: (state: ConnectionState) => void): () => void {
    this.#connectionListeners.add(listener);
    listener(this.#connection);
    return () => this.#connectionListeners.delete(listener);
  }

  /**
   * Since when a hub that is connected has neither answered nor said anything else; null once it does
   * again. Returns the listener's removal.
   */
  onSilence(listener: (sinceTime: EpochMs | null) => void): () => void {
    this.#silenceListeners.add(listener);
    return () => this.#silenceListeners.delete(listener);
  }

  /** What bots that report here are told to do. Returns the listener's removal. */
  onCommand(listener: (command: BotCommand) => void): () => void {
    this.#commandListeners.add(listener);
    return () => this.#commandListeners.delete(listener);
  }

  async request<M extends RequestMethod>(
    method: M,
    ...[params]: undefined extends RequestInput<M>
      ? [params?: RequestInput<M>]
      : [params: RequestInput<M>]
  ): Promise<Result<RequestResult<M>>> {
    const ack = await this.#call('request', { method, params: params ?? {} });
    if (!ack.ok) return ack;
    const parsed = requestSchemas[method].result.safeParse(ack.result);
    if (!parsed.success) {
      return fail('internal', this.#words(`The hub's answer to ${method} is not understood`));
    }
    return succeed(parsed.data as RequestResult<M>);
  }

  /** What is neither a channel nor a request: the desk. Never rejects. */
  async call<E extends 'desk:join' | 'desk:leave' | 'desk:send'>(
    event: E,
    payload: ClientPayload<E>,
  ): Promise<AckOf<E>> {
    return this.#call(event, payload);
  }

  /**
   * Reports for an external bot; the answer comes when the record is on disk. Whoever got none
   * (`unavailable`) sends it again with the same `id`: it counts once (rule X4.2).
   */
  async publish(record: BotRecordInput): Promise<Result<BotRecordReceipt>> {
    const parsed = botRecordSchema.safeParse(record);
    if (!parsed.success) return fail('invalid_payload', z.prettifyError(parsed.error));
    const ack = await this.#call('bot:publish', parsed.data);
    return ack.ok ? succeed({ duplicate: ack.duplicate }) : ack;
  }

  /** Reference-counted: the hub is asked once a channel. Returns the end of the subscription. */
  subscribe(
    channel: string,
    handler: ChannelHandler,
    { minIntervalMs = 0 }: SubscribeOptions = {},
  ): () => void {
    const subscription = this.#channels.open(channel);
    const listener = subscription.join(handler, minIntervalMs);
    if (subscription.canWelcome) {
      subscription.welcome(listener);
      this.#keepPace(subscription);
    } else if (subscription.phase !== 'subscribing') {
      // A later subscriber of a flow or stream gets its start by starting afresh for all.
      this.#open(subscription, null);
    }
    return () => this.#leave(listener);
  }

  /** Asks for the channel anew, from where it is, where it is wanted more or less often than it comes. */
  #keepPace(subscription: ChannelSubscription): void {
    const { phase, position, minIntervalMs, wantedIntervalMs } = subscription;
    // Whoever was told of the start may have left by it.
    const isWanted = this.#channels.holds(subscription);
    if (!isWanted || phase !== 'live' || minIntervalMs === wantedIntervalMs) return;
    this.#open(subscription, position);
  }

  #leave(listener: Listener): void {
    const { home } = listener;
    if (!home.listeners.delete(listener)) return;
    if (home.listeners.size > 0) this.#keepPace(home);
    // By a bare symbol it could be the channel of others here: the hub is about to say which one it is.
    else if (!home.isBare || home.phase !== 'subscribing') this.#end(home);
  }

  #end(subscription: ChannelSubscription): void {
    if (!this.#channels.holds(subscription)) return;
    this.#channels.delete(subscription);
    if (this.#connection.kind === 'connected') {
      void this.#call('unsubscribe', { channel: subscription.channel });
    }
  }

  #connectionChanged(state: ConnectionState): void {
    const wasConnected = this.#connection.kind === 'connected';
    this.#connection = state;
    if (state.kind === 'connected') {
      if (this.#isHidden) void this.#tellVisibility();
      for (const subscription of this.#channels.all()) {
        this.#open(subscription, subscription.position);
      }
      this.#queue.flush();
    } else if (wasConnected) this.#channels.disconnected();
    for (const listener of this.#connectionListeners) tell(() => listener(state));
  }

  async #tellVisibility(): Promise<void> {
    if (this.#connection.kind !== 'connected') return;
    const ack = await this.#call('visibility', { hidden: this.#isHidden });
    const wasTooSoon = !ack.ok && ack.error.code === 'rate_limited';
    if (wasTooSoon) this.#clock.setTimeout(() => void this.#tellVisibility(), TRY_AGAIN_MS);
  }

  /** After what was to be subscribed to before it. */
  async #call<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<AckOf<E>> {
    this.#queue.flush();
    const ack = await this.#transport.call(event, payload);
    return ack.ok ? ack : { ...ack, error: this.#said(ack.error) };
  }

  #said({ code, message }: Failure): Failure {
    return { code, message: this.#words(message) };
  }

  #open(subscription: ChannelSubscription, since: StreamPosition | null): void {
    if (this.#connection.kind !== 'connected') return;
    subscription.phase = 'subscribing';
    subscription.early = [];
    subscription.generation += 1;
    const { channel, generation, wantedIntervalMs: minIntervalMs } = subscription;
    subscription.minIntervalMs = minIntervalMs;
    const payload = {
      ...{ channel, ...(since && { since }), ...(minIntervalMs > 0 && { minIntervalMs }) },
    };
    this.#queue.ask(payload, (ack) => {
      const isCurrent = subscription.generation === generation;
      if (!isCurrent || !this.#channels.holds(subscription)) return;
      if (ack.ok) this.#opened(subscription, ack);
      else this.#refused(subscription, ack.error);
    });
  }

  #refused(subscription: ChannelSubscription, failure: Failure): void {
    subscription.phase = 'refused';
    if (subscription.listeners.size === 0) {
      this.#channels.delete(subscription);
      return;
    }
    if (failure.code === 'rate_limited') {
      this.#tryAgainLater(subscription);
      return;
    }
    subscription.refused(this.#said(failure));
  }

  #tryAgainLater(subscription: ChannelSubscription): void {
    this.#tooSoon.add(subscription);
    if (this.#tooSoon.size > 1) return;
    this.#clock.setTimeout(() => {
      const waiting = [...this.#tooSoon];
      this.#tooSoon.clear();
      for (const one of waiting) {
        if (this.#channels.holds(one) && one.phase === 'refused') this.#open(one, one.position);
      }
    }, TRY_AGAIN_MS);
  }

  #opened(subscription: ChannelSubscription, reply: SubscribeReply): void {
    const early = subscription.early.filter(({ payload }) => payload.channel === reply.channel);
    if (subscription.channel !== reply.channel) {
      const home = this.#channels.nameInFull(subscription, reply.channel);
      if (home !== subscription) {
        // For the hub these are one subscription, which has just begun anew.
        this.#open(home, home.position);
        return;
      }
    }
    if (subscription.listeners.size === 0) {
      this.#end(subscription);
      return;
    }
    subscription.phase = 'live';
    subscription.early = [];
    subscription.position = { epoch: reply.epoch, offset: reply.offset };
    if (!reply.recovered) subscription.reset();
    for (const push of reply.pushes) {
      if (this.#isUnderstood(push)) subscription.hand(push);
    }
    subscription.started();
    for (const push of early) this.#accept(subscription, push);
    this.#startNewcomers(subscription);
    // Somebody may have come or gone while the hub was asked.
    this.#keepPace(subscription);
  }

  /** Others have recovered what they missed, which is no start. */
  #startNewcomers(subscription: ChannelSubscription): void {
    const newcomers = subscription.newcomers();
    if (newcomers.length === 0 || subscription.phase !== 'live') return;
    if (subscription.kind !== 'latest') this.#open(subscription, null);
    else for (const newcomer of newcomers) subscription.welcome(newcomer);
  }

  #receive(push: Push): void {
    if (!this.#isUnderstood(push)) return;
    this.#hubClock.heard(push.payload.timestamp);
    const known = this.#channels.find(push.payload.channel);
    for (const subscription of known ? [known] : this.#channels.bare()) {
      if (subscription.phase === 'subscribing') subscription.early.push(push);
      else if (subscription.phase === 'live') this.#accept(subscription, push);
    }
  }

  #isUnderstood(push: Push): boolean {
    const isValid = PUSH_GUARDS.get(push.event)?.(push.payload) === true;
    if (!isValid) this.#onRejectedPush(String(push.event));
    return isValid;
  }

  /** Takes a push of a live channel: once, and only where nothing is missing before it. */
  #accept(subscription: ChannelSubscription, push: Push): void {
    const { position } = subscription;
    if (subscription.phase !== 'live' || position === null) return;
    if (push.event === 'ended') {
      subscription.position = null;
      // Either its name means another channel by now, or the hub refuses it, which is told.
      if (!subscription.isOfDeck) this.#open(subscription, null);
      return;
    }
    if (!isNewAfter(push, position.offset)) return;
    if (hasGapBefore(subscription, push, position.offset)) {
      // A stream can be completed from where it broke; a flow is worth only its present.
      this.#open(subscription, subscription.kind === 'stream' ? position : null);
      return;
    }
    subscription.position = { epoch: position.epoch, offset: push.payload.seq };
    subscription.hand(push);
  }
}
