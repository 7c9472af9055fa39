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
import type { Push } from '#contract/pushes.ts';
import { isRequestMethod, requestSchemas } from '#contract/requests.ts';
import { invariant } from '#domain/assert.ts';
import { resolveChannel } from './channel-access.ts';
import type { Delivery, HubDependencies, HubUser } from './dependencies.ts';
import { encodeDelivery } from './encode-push.ts';
import type { HubMeter } from './hub-meter.ts';
import { Subscriptions, type WantedChannel } from './subscriptions.ts';
import { validate } from './validation.ts';

/** What the hub says outside channels and acknowledgements. */
export type SessionNotice =
  | { readonly event: typeof HUB_EVENTS.botSubscribed; readonly payload: readonly string[] }
  | { readonly event: typeof HUB_EVENTS.error; readonly payload: ErrorEvent };

/** The way to one client: a socket, or a window. */
export interface SessionSink {
  push(pushes: readonly Push[]): void;
  notify(notice: SessionNotice): void;
}

export interface HubSessionOptions {
  readonly user: HubUser;
  readonly sink: SessionSink;
  readonly dependencies: HubDependencies;
  readonly meter: HubMeter;
  readonly onClose: () => void;
}

type Handlers = {
  readonly [E in ClientEvent]: (payload: ClientPayload<E>) => AckOf<E> | Promise<AckOf<E>>;
};

/** The topics of a bot that its line in an overview needs. */
const OVERVIEW_TOPICS = ['status', 'trades', 'positions'] as const;
const MAX_SHOWN_NAME_LENGTH = 64;

/** One client's session with the hub, whatever the transport. `close` ends it. */
export class HubSession {
  readonly #user: HubUser;
  readonly #sink: SessionSink;
  readonly #dependencies: HubDependencies;
  readonly #meter: HubMeter;
  readonly #onClose: () => void;
  readonly #subscriptions: Subscriptions;
  readonly #handlers: Handlers;
  #stopFollowingBots: (() => void) | undefined;
  /** Pushes that wait until the reply to a subscription is out; null while none do. */
  #held: Push[] | null = null;
  #cancelRelease: (() => void) | undefined;
  #isClosed = false;

  constructor({ user, sink, dependencies, meter, onClose }: HubSessionOptions) {
    this.#user = user;
    this.#sink = sink;
    this.#dependencies = dependencies;
    this.#meter = meter;
    this.#onClose = onClose;
    this.#subscriptions = new Subscriptions(dependencies.broker, (delivery) =>
      this.#deliver(delivery),
    );
    this.#handlers = this.#createHandlers();
  }

  get subscriptionCount(): number {
    return this.#subscriptions.size;
  }

  /** Performs one event of the contract. Never rejects: a failure is a value (rule H6). */
  async handle(event: string, payload: unknown): Promise<Ack<unknown>> {
    const ack = await this.#perform(event, payload).catch((error: unknown) => {
      this.#dependencies.log.error(
        { err: error, event },
        'An event of a client could not be handled',
      );
      return fail('internal', 'The hub failed to handle this');
    });
    if (!ack.ok) this.#meter.errors += 1;
    return ack;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopFollowingBots?.();
    this.#cancelRelease?.();
    this.#subscriptions.removeAll();
    this.#onClose();
  }

  async #perform(event: string, payload: unknown): Promise<Ack<unknown>> {
    if (this.#isClosed) return fail('unavailable', 'The session is closed');
    if (!isClientEvent(event)) return fail('unknown_event', `No event "${shown(event)}"`);
    const valid = validate<unknown>(clientEventSchemas[event], payload);
    if (!valid.ok) return valid;
    // The schema of this very event has just made the value its handler's payload.
    return (this.#handlers[event] as (value: unknown) => Promise<Ack<unknown>>)(valid.value);
  }

  #createHandlers(): Handlers {
    return {
      'price:subscribe': (symbols) => this.#subscribeSymbols(symbols, channel.ticker),
      'price:unsubscribe': (symbols) => this.#unsubscribeTickers(symbols),
      'subscribe:price': (symbol) => this.#subscribeSymbols([symbol], channel.ticker),
      'subscribe:trades': (symbol) => this.#subscribeSymbols([symbol], channel.trades),
      'bot:subscribe': () => this.#subscribeBots(),
      'bot:subscribe:one': (botId) => this.#subscribeBot(botId),
      subscribe: ({ channel: name, since }) => {
        const replies = this.#subscribe([since ? { channel: name, since } : { channel: name }]);
        if (!replies.ok) return replies;
        const [reply] = replies.value;
        invariant(reply, 'a subscription has its reply');
        return { ok: true, ...reply };
      },
      unsubscribe: ({ channel: name }) => {
        const left = this.#unsubscribe(name);
        return left.ok ? { ok: true, channel: left.value } : left;
      },
      request: (request) => this.#request(request),
    };
  }

  #subscribeSymbols(
    symbols: readonly string[],
    channelOf: (symbol: string) => string,
  ): Ack<{ channels: SubscribeReply[] }> {
    const replies = this.#subscribe(symbols.map((symbol) => ({ channel: channelOf(symbol) })));
    if (!replies.ok) return replies;
    this.#pushLatest(replies.value);
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
    const bots = [...this.#dependencies.botIds(this.#user.userId)];
    const replies = this.#subscribe(bots.flatMap(overviewOf));
    if (!replies.ok) return replies;
    this.#stopFollowingBots ??= this.#dependencies.onBotCreated((botId) => this.#joinBot(botId));
    this.#sink.notify({ event: HUB_EVENTS.botSubscribed, payload: bots });
    this.#pushLatest(replies.value);
    return { ok: true, bots, channels: replies.value };
  }

  /** A bot created while this session follows all of them. */
  #joinBot(botId: string): void {
    if (!this.#dependencies.isKnownBot(botId, this.#user.userId)) return;
    const replies = this.#subscribe(overviewOf(botId));
    if (!replies.ok) {
      const payload = { ...replies.error, event: 'bot:subscribe' };
      this.#sink.notify({ event: HUB_EVENTS.error, payload });
      return;
    }
    const payload = this.#dependencies.botIds(this.#user.userId);
    this.#sink.notify({ event: HUB_EVENTS.botSubscribed, payload });
    this.#send(replies.value.flatMap((reply) => reply.pushes));
  }

  #subscribeBot(botId: string): AckOf<'bot:subscribe:one'> {
    const wanted = BOT_TOPICS.map((topic) => ({ channel: channel.bot(botId, topic) }));
    const replies = this.#subscribe(wanted);
    if (!replies.ok) return replies;
    this.#pushLatest(replies.value);
    return { ok: true, channels: replies.value };
  }

  async #request(request: ClientPayload<'request'>): Promise<AckOf<'request'>> {
    const { method } = request;
    if (!isRequestMethod(method)) return fail('unknown_method', `No method "${shown(method)}"`);
    const params = validate<unknown>(requestSchemas[method].params, request.params);
    if (!params.ok) return params;
    const result = await this.#dependencies.handleRequest(method, params.value, this.#user);
    return result.ok ? { ok: true, result: result.value } : result;
  }

  /** All of these channels, by any of their names, or none. */
  #subscribe(named: readonly WantedChannel[]): Result<SubscribeReply[]> {
    const wanted = new Map<string, WantedChannel>();
    for (const one of named) {
      const resolved = resolveChannel(one.channel, this.#user, this.#dependencies);
      if (!resolved.ok) return resolved;
      wanted.set(resolved.value, { ...one, channel: resolved.value });
    }
    this.#hold();
    return this.#subscriptions.add([...wanted.values()]);
  }

  /** Leaves also what could not be subscribed to any more: a removed bot, a removed instrument. */
  #unsubscribe(name: string): Result<string> {
    const resolved = this.#subscriptions.has(name)
      ? succeed(name)
      : resolveChannel(name, this.#user, this.#dependencies);
    if (!resolved.ok && resolved.error.code !== 'access_denied') return resolved;
    const left = resolved.ok ? resolved.value : name;
    this.#subscriptions.remove(left);
    return succeed(left);
  }

  /** A run of a *stream* or *flow* stands in the reply only: pushed again it would be doubled. */
  #pushLatest(replies: readonly SubscribeReply[]): void {
    this.#send(replies.filter(isLatest).flatMap((reply) => reply.pushes));
  }

  #deliver(delivery: Delivery): void {
    const pushes = encodeDelivery(delivery);
    const publishedTime = delivery.publications[0]?.timestamp;
    if (publishedTime !== undefined) {
      this.#meter.delivered(this.#dependencies.clock.now() - publishedTime);
    }
    this.#send(pushes);
  }

  #send(pushes: readonly Push[]): void {
    if (pushes.length === 0) return;
    this.#meter.messagesSent += pushes.length;
    if (this.#held) this.#held.push(...pushes);
    else this.#sink.push(pushes);
  }

  /** Until this turn of the event loop is over, so that a reply goes out before what follows it. */
  #hold(): void {
    if (this.#held) return;
    this.#held = [];
    this.#cancelRelease = this.#dependencies.clock.setTimeout(() => {
      const held = this.#held ?? [];
      this.#held = null;
      if (held.length > 0) this.#sink.push(held);
    }, 0);
  }
}

const overviewOf = (botId: string): WantedChannel[] =>
  OVERVIEW_TOPICS.map((topic) => ({ channel: channel.bot(botId, topic) }));

function isLatest(reply: SubscribeReply): boolean {
  const parsed = parseChannel(reply.channel);
  return parsed !== undefined && channelKind(parsed) === 'latest';
}

const shown = (name: string): string => name.slice(0, MAX_SHOWN_NAME_LENGTH);
