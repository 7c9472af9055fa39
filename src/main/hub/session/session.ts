import { eventScopes } from '#contract/access.ts';
import type { BotCommand, BotLine } from '#contract/bot-records.ts';
import { BOT_TOPICS, channel, channelKind, parseChannel } from '#contract/channels.ts';
import {
  type Ack,
  type AckOf,
  type ClientEvent,
  type ClientPayload,
  clientEventSchemas,
  type ErrorEvent,
  HUB_EVENTS,
  isClientEvent,
  type SubscribeReply,
} from '#contract/client-events.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { ClientOrder, HubClientInfo } from '#contract/inspection-requests.ts';
import { mayUse, reachesBot } from '#contract/scopes.ts';
import { assertNever, invariant } from '#domain/assert.ts';
import type { EpochMs } from '#domain/units.ts';
import type { HubMeter } from '#main/telemetry/hub-meter.ts';
import { resolveChannel } from '../access/channel-access.ts';
import { performRequest } from '../access/perform-request.ts';
import { Downlink, type DownlinkSink, type DownlinkWishes } from '../delivery/downlink.ts';
import type { PriceBatches } from '../delivery/price-batches.ts';
import type { Delivery, HubDependencies, HubUser } from '../dependencies.ts';
import { validate } from '../validation.ts';
import { DeskVisits } from './desk-visits.ts';
import { Subscriptions, type WantedChannel } from './subscriptions.ts';

/** What the hub says outside channels and acknowledgements. */
export type SessionNotice =
  | { readonly event: typeof HUB_EVENTS.botSubscribed; readonly payload: readonly string[] }
  | { readonly event: typeof HUB_EVENTS.botCommand; readonly payload: BotCommand }
  | { readonly event: typeof HUB_EVENTS.error; readonly payload: ErrorEvent };

/** The way to one client: a socket, or a window. */
export interface SessionSink extends DownlinkSink {
  readonly transport: HubClientInfo['transport'];
  notify(notice: SessionNotice): void;
}

export interface HubSessionOptions {
  readonly user: HubUser;
  readonly sink: SessionSink;
  readonly dependencies: HubDependencies;
  readonly meter: HubMeter;
  readonly batches: PriceBatches;
  /** Without them it gets full messages, each price by itself. */
  readonly wishes?: DownlinkWishes;
  /** 256, if not given (rule H4). */
  readonly maxSubscriptions?: number;
  readonly onClose: () => void;
}

type Handlers = {
  readonly [E in ClientEvent]: (
    session: HubSession,
    payload: ClientPayload<E>,
  ) => AckOf<E> | Promise<AckOf<E>>;
};

type Handle = (session: HubSession, payload: unknown) => Ack<unknown> | Promise<Ack<unknown>>;

/** The topics of a bot that its line in an overview needs. */
const OVERVIEW_TOPICS = ['status', 'trades', 'positions'] as const;
const MAX_SHOWN_NAME_LENGTH = 64;
const NO_WISHES: DownlinkWishes = { batch: false, compact: false, background: false };

/** One client's session with the hub, whatever the transport. `close` ends it. */
export class HubSession implements BotLine {
  #user: HubUser;
  readonly #sink: SessionSink;
  readonly #dependencies: HubDependencies;
  readonly #meter: HubMeter;
  readonly #onClose: () => void;
  readonly #subscriptions: Subscriptions;
  readonly #downlink: Downlink;
  readonly #deskVisits: DeskVisits;
  #stopFollowingBots: (() => void) | undefined;
  /** Whether it came with a position to recover from: it was here before. */
  #hasReturned = false;
  #isClosed = false;
  readonly #connectedTime: EpochMs;

  /** One table for all sessions: closures of their own would be the largest part of each. */
  static readonly #handlers: Handlers = {
    // A connection that has a token to give gives it to its door; a window needs none.
    authenticate: () => fail('invalid_state', 'This session needs no token'),
    'price:subscribe': (session, symbols) => session.#subscribeSymbols(symbols, channel.ticker),
    'price:unsubscribe': (session, symbols) => session.#unsubscribeTickers(symbols),
    'subscribe:price': (session, symbol) => session.#subscribeSymbols([symbol], channel.ticker),
    'subscribe:trades': (session, symbol) => session.#subscribeSymbols([symbol], channel.trades),
    'bot:subscribe': (session) => session.#subscribeBots(),
    'bot:subscribe:one': (session, botId) => session.#subscribeBot(botId),
    subscribe: (session, wanted) => session.#subscribeOne(wanted),
    'subscribe:many': (session, { channels }) => ({
      ok: true,
      replies: channels.map((wanted) => session.#subscribeOne(wanted)),
    }),
    unsubscribe: (session, { channel: name }) => {
      const left = session.#unsubscribe(name);
      return left.ok ? { ok: true, channel: left.value } : left;
    },
    'desk:join': (session, { room }) => session.#joinRoom(room),
    'desk:leave': (session, { room }) => {
      for (const { channel: name } of channelsOf(room)) session.#leave(name);
      session.#deskVisits.leave(room);
      return { ok: true, room };
    },
    'desk:send': async (session, { room, text }) => {
      const sent = await session.#deskVisits.send(room, session.#user.userId, text);
      return sent.ok ? { ok: true, message: sent.value } : sent;
    },
    'bot:publish': async (session, record) => {
      const taken = await session.#dependencies.publishRecord(record, session.#user, session);
      return taken.ok ? { ok: true, ...taken.value } : taken;
    },
    visibility: (session, { hidden }) => {
      session.#downlink.setHidden(hidden);
      return { ok: true, hidden };
    },
    request: (session, request) => session.#request(request),
  };

  constructor(options: HubSessionOptions) {
    const { user, sink, dependencies, meter, batches, wishes = NO_WISHES, onClose } = options;
    this.#user = user;
    this.#sink = sink;
    this.#dependencies = dependencies;
    this.#meter = meter;
    this.#onClose = onClose;
    const { broker, clock } = dependencies;
    this.#connectedTime = clock.now();
    this.#downlink = new Downlink({ sink, wishes, broker, clock, meter, batches });
    this.#subscriptions = new Subscriptions(broker, this.#downlink, options.maxSubscriptions);
    this.#deskVisits = new DeskVisits(dependencies.desk);
  }

  get isOpen(): boolean {
    return !this.#isClosed;
  }

  get subscriptionCount(): number {
    return this.#subscriptions.size;
  }

  /** Whether its user or its transport has this in its name, which is in lower case. */
  isFoundBy(text: string): boolean {
    const { userId } = this.#user;
    return userId.toLowerCase().includes(text) || this.#sink.transport.includes(text);
  }

  /** What it is ordered by among others. */
  orderValue(orderBy: Exclude<ClientOrder, 'since'>): number | string {
    switch (orderBy) {
      case 'user':
        return this.#user.userId;
      case 'transport':
        return this.#sink.transport;
      case 'subscriptions':
        return this.#subscriptions.size;
      case 'sent':
        return this.#downlink.sent;
      case 'state':
        return this.#downlink.isBehind ? 2 : Number(this.#downlink.isHidden);
      default:
        return assertNever(orderBy);
    }
  }

  describe(): Omit<HubClientInfo, 'id'> {
    const { userId, scopes } = this.#user;
    return {
      ...{ userId, scopes: [...scopes] },
      transport: this.#sink.transport,
      connectedTime: this.#connectedTime,
      subscriptions: this.#subscriptions.size,
      sent: this.#downlink.sent,
      isHidden: this.#downlink.isHidden,
      isBehind: this.#downlink.isBehind,
    };
  }

  /** Performs one event of the contract. Never rejects: a failure is a value (rule H6). */
  async handle(event: string, payload: unknown): Promise<Ack<unknown>> {
    const begun = this.#meter.begin();
    let ack: Ack<unknown>;
    try {
      ack = await this.#perform(event, payload);
    } catch (err) {
      this.#dependencies.log.error({ err, event }, 'An event of a client could not be handled');
      ack = fail('internal', 'The hub failed to handle this');
    }
    if (!ack.ok) this.#meter.failures.add(ack.error.code);
    this.#meter.handled(isClientEvent(event) ? event : 'unknown', begun);
    return ack;
  }

  /** Speaks for this user from now on, and leaves the channels that he may not see (rule H2). */
  changeUser(user: HubUser): void {
    if (user.userId !== this.#user.userId) this.#deskVisits.leaveAll();
    this.#user = user;
    for (const name of this.#subscriptions.channels()) {
      const allowed = resolveChannel(name, user, this.#dependencies);
      if (!allowed.ok && allowed.error.code === 'access_denied') this.#leave(name);
    }
  }

  /** Tells the bot that reports here, as long as it may. */
  command(command: BotCommand): boolean {
    const isHeard =
      this.isOpen &&
      mayUse(this.#user, eventScopes['bot:publish']) &&
      reachesBot(this.#user, command.botId);
    if (isHeard) this.#sink.notify({ event: HUB_EVENTS.botCommand, payload: command });
    return isHeard;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopFollowingBots?.();
    this.#downlink.dispose();
    this.#subscriptions.removeAll();
    this.#deskVisits.leaveAll();
    this.#onClose();
  }

  #perform(event: string, payload: unknown): Ack<unknown> | Promise<Ack<unknown>> {
    if (this.#isClosed) return fail('unavailable', 'The session is closed');
    if (!isClientEvent(event)) return fail('unknown_event', `No event "${shown(event)}"`);
    if (!mayUse(this.#user, eventScopes[event])) return fail('access_denied', 'Access denied');
    const valid = validate<unknown>(clientEventSchemas[event], payload);
    if (!valid.ok) return valid;
    // The schema of this very event has just made the value its handler's payload.
    const handle = HubSession.#handlers[event] as Handle;
    return handle(this, valid.value);
  }

  #joinRoom(room: string): AckOf<'desk:join'> {
    const presence = this.#deskVisits.enter(room, this.#user.userId);
    if (!presence.ok) return presence;
    const replies = this.#subscribe(channelsOf(room));
    if (!replies.ok) {
      this.#deskVisits.leave(room);
      return replies;
    }
    return { ok: true, presence: presence.value, channels: replies.value };
  }

  #subscribeOne(wanted: ClientPayload<'subscribe'>): AckOf<'subscribe'> {
    const replies = this.#subscribe([wanted]);
    if (!replies.ok) return replies;
    const [reply] = replies.value;
    invariant(reply, 'a subscription has its reply');
    return { ok: true, ...reply };
  }

  #subscribeSymbols(
    symbols: readonly string[],
    channelOf: (symbol: string) => string,
  ): Ack<{ channels: SubscribeReply[] }> {
    const wanted = symbols.map((symbol) => ({ channel: channelOf(symbol) }));
    const replies = this.#subscribe(wanted, isLatest);
    if (!replies.ok) return replies;
    return { ok: true, channels: replies.value };
  }

  #unsubscribeTickers(symbols: readonly string[]): AckOf<'price:unsubscribe'> {
    const channels: string[] = [];
    for (const symbol of symbols) {
      const left = this.#unsubscribe(channel.ticker(symbol));
      if (!left.ok) return left;
      channels.push(left.value);
    }
    return { ok: true, channels };
  }

  #subscribeBots(): AckOf<'bot:subscribe'> {
    const bots = [...this.#dependencies.botIds(this.#user)];
    const replies = this.#subscribe(bots.flatMap(overviewOf), isLatest);
    if (!replies.ok) return replies;
    this.#stopFollowingBots ??= this.#dependencies.onBotCreated((botId) => this.#joinBot(botId));
    this.#sink.notify({ event: HUB_EVENTS.botSubscribed, payload: bots });
    return { ok: true, bots, channels: replies.value };
  }

  /** A bot created while this session follows all of them. */
  #joinBot(botId: string): void {
    if (!this.#dependencies.isKnownBot(botId, this.#user)) return;
    const replies = this.#subscribe(overviewOf(botId), () => true);
    if (!replies.ok) {
      const payload = { ...replies.error, event: 'bot:subscribe' };
      this.#sink.notify({ event: HUB_EVENTS.error, payload });
      return;
    }
    const payload = this.#dependencies.botIds(this.#user);
    this.#sink.notify({ event: HUB_EVENTS.botSubscribed, payload });
  }

  #subscribeBot(botId: string): AckOf<'bot:subscribe:one'> {
    const wanted = BOT_TOPICS.map((topic) => ({ channel: channel.bot(botId, topic) }));
    const replies = this.#subscribe(wanted, isLatest);
    if (!replies.ok) return replies;
    return { ok: true, channels: replies.value };
  }

  async #request(request: ClientPayload<'request'>): Promise<AckOf<'request'>> {
    const { method, params } = request;
    const result = await performRequest(method, params, this.#user, this.#dependencies);
    return result.ok ? { ok: true, result: result.value } : result;
  }

  /**
   * All of these channels, by any of their names, or none. Of those that are `isPushed` the start
   * is pushed besides; of others, a run pushed again would be doubled.
   */
  #subscribe(
    named: readonly WantedChannel[],
    isPushed: (reply: SubscribeReply) => boolean = () => false,
  ): Result<SubscribeReply[]> {
    const wanted = new Map<string, WantedChannel>();
    for (const one of named) {
      const resolved = resolveChannel(one.channel, this.#user, this.#dependencies);
      if (!resolved.ok) return resolved;
      wanted.set(resolved.value, { ...one, channel: resolved.value });
    }
    this.#downlink.hold();
    const added = this.#subscriptions.add([...wanted.values()]);
    if (!added.ok) return added;
    for (const { reply, initial } of added.value) {
      // Of a channel that was held already: what still waits stands in the reply.
      this.#downlink.forget(reply.channel);
      if (wanted.get(reply.channel)?.since) this.#countReturn(reply, initial);
      if (initial && isPushed(reply)) this.#downlink.give(initial);
    }
    return succeed(added.value.map(({ reply }) => reply));
  }

  #countReturn({ recovered }: SubscribeReply, missed: Delivery | undefined): void {
    const count = missed?.publications.length ?? 0;
    this.#meter.resubscribed(recovered ? 'recovered' : 'fresh', count);
    if (!this.#hasReturned) this.#meter.reconnections += 1;
    this.#hasReturned = true;
  }

  /** Leaves also what could not be subscribed to any more: a removed bot, a removed instrument. */
  #unsubscribe(name: string): Result<string> {
    const resolved = this.#subscriptions.has(name)
      ? succeed(name)
      : resolveChannel(name, this.#user, this.#dependencies);
    if (!resolved.ok && resolved.error.code !== 'access_denied') return resolved;
    const left = resolved.ok ? resolved.value : name;
    this.#leave(left);
    return succeed(left);
  }

  #leave(name: string): void {
    this.#subscriptions.remove(name);
    this.#downlink.forget(name);
  }
}

const overviewOf = (botId: string): WantedChannel[] =>
  OVERVIEW_TOPICS.map((topic) => ({ channel: channel.bot(botId, topic) }));

const channelsOf = (room: string): WantedChannel[] => [
  { channel: channel.desk(room) },
  { channel: channel.deskPresence(room) },
];

function isLatest(reply: SubscribeReply): boolean {
  const parsed = parseChannel(reply.channel);
  return parsed !== undefined && channelKind(parsed) === 'latest';
}

const shown = (name: string): string => name.slice(0, MAX_SHOWN_NAME_LENGTH);
