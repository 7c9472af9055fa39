import { channelKind, parseChannel } from '#contract/channels.ts';
import type { StreamPosition } from '#contract/client-events.ts';
import { deckOfBot, deckOfInstrument } from '#contract/decks.ts';
import type { Failure } from '#contract/errors.ts';
import type { Push } from '#contract/pushes.ts';
import { isInstrumentId } from '#domain/instrument.ts';
import { RetainedPushes } from './retained-pushes.ts';
import { tell } from './tell.ts';

/** What a subscriber of a channel is told. */
export interface ChannelHandler {
  onPush(push: Push): void;
  /** What was known of the channel no longer holds: a fresh start follows at once by `onPush`. */
  onReset?(): void;
  /** The start (fresh, or what was missed) has been handed over; what follows is new. */
  onStarted?(): void;
  /**
   * The hub refused the subscription. It is tried again at the next connection; one that only came too
   * soon (`rate_limited`) is tried again by itself, and not told of.
   */
  onRefused?(failure: Failure): void;
}

export interface SubscribeOptions {
  /**
   * Of a *latest* channel: so long between two pushes, ms. Where others here want the same channel more
   * often, it comes as often as they want it.
   */
  readonly minIntervalMs?: number;
}

type Phase = 'idle' | 'subscribing' | 'live' | 'refused';

/** One subscriber of a channel here; the same handler may be several. */
export interface Listener {
  readonly handler: ChannelHandler;
  readonly minIntervalMs: number;
  /** It was told where it starts: what others miss before that is nothing to it. */
  hasStart: boolean;
  home: ChannelSubscription;
}

/** One channel with all its subscribers here. */
export class ChannelSubscription {
  /** As the hub knows it, once it has said so of a bare symbol. */
  channel: string;
  readonly listeners = new Set<Listener>();
  readonly kind: 'latest' | 'stream' | 'flow';
  phase: Phase = 'idle';
  position: StreamPosition | null = null;
  /** What came while the reply to `subscribe` was under way. */
  early: Push[] = [];
  /** Grows with each try, so that the answer to an older one is recognised. */
  generation = 0;

  /** As the hub was asked last. */
  minIntervalMs = 0;
  readonly #retained = new RetainedPushes();

  constructor(name: string) {
    const parsed = parseChannel(name);
    this.channel = name;
    this.kind = parsed === undefined ? 'stream' : channelKind(parsed);
  }

  /** It goes by a symbol without its exchange: its pushes will come by another name. */
  get isBare(): boolean {
    const parsed = parseChannel(this.channel);
    return parsed?.scope === 'symbol' && !isInstrumentId(parsed.symbol);
  }

  /** Its channels end with each run of the deck, which is told of otherwise. */
  get isOfDeck(): boolean {
    const parsed = parseChannel(this.channel);
    if (parsed?.scope === 'bot') return deckOfBot(parsed.botId) !== undefined;
    if (parsed?.scope === 'symbol') return deckOfInstrument(parsed.symbol) !== undefined;
    return parsed?.scope === 'replay';
  }

  /** As the one wants that wants them most often. */
  get wantedIntervalMs(): number {
    if (this.kind !== 'latest') return 0;
    return Math.min(...[...this.listeners].map(({ minIntervalMs }) => minIntervalMs));
  }

  /** Whether a subscriber can start from what is known here. */
  get canWelcome(): boolean {
    if (this.kind !== 'latest') return false;
    return this.phase === 'live' || (this.phase !== 'refused' && this.#retained.size > 0);
  }

  join(handler: ChannelHandler, minIntervalMs: number): Listener {
    const listener: Listener = { handler, minIntervalMs, hasStart: false, home: this };
    this.listeners.add(listener);
    return listener;
  }

  /** All of another one's subscribers, as newcomers. */
  takeIn(other: ChannelSubscription): void {
    for (const listener of other.listeners) {
      listener.hasStart = false;
      listener.home = this;
      this.listeners.add(listener);
    }
    other.listeners.clear();
  }

  disconnected(): void {
    this.phase = 'idle';
    this.early = [];
    this.generation += 1;
  }

  /** Those that have no start yet. */
  newcomers(): readonly Listener[] {
    return [...this.listeners].filter(({ hasStart }) => !hasStart);
  }

  /** Gives a newcomer its start from what is known here. */
  welcome(listener: Listener): void {
    const { handler } = listener;
    listener.hasStart = true;
    tell(() => handler.onReset?.());
    for (const push of this.#retained.all()) tell(() => handler.onPush(push));
    tell(() => handler.onStarted?.());
  }

  /** All begin anew, newcomers as well. */
  reset(): void {
    this.#retained.clear();
    for (const listener of this.listeners) listener.hasStart = true;
    this.#tell((handler) => handler.onReset?.());
  }

  hand(push: Push): void {
    if (this.kind === 'latest') this.#retained.put(push);
    this.#tell((handler) => handler.onPush(push));
  }

  started(): void {
    this.#tell((handler) => handler.onStarted?.());
  }

  refused(failure: Failure): void {
    for (const { handler } of [...this.listeners]) tell(() => handler.onRefused?.(failure));
  }

  #tell(call: (handler: ChannelHandler) => void): void {
    for (const listener of [...this.listeners]) {
      // One may have left by what another was told.
      const isHere = this.listeners.has(listener) && listener.hasStart;
      if (isHere) tell(() => call(listener.handler));
    }
  }
}

/** The book that follows a gap mark stands at the mark's own place. */
export function isNewAfter(push: Push, lastSeq: number): boolean {
  const isBook = push.event === 'orderbook:update' && push.payload.kind === 'snapshot';
  return push.payload.seq > lastSeq || (isBook && push.payload.seq === lastSeq);
}

export function hasGapBefore(
  subscription: ChannelSubscription,
  push: Push,
  lastSeq: number,
): boolean {
  if (push.event === 'gap') return false;
  if (push.event === 'orderbook:update' && push.payload.kind === 'snapshot') return false;
  if ('prevSeq' in push.payload) return push.payload.prevSeq !== lastSeq;
  return subscription.kind === 'stream' && push.payload.seq !== lastSeq + 1;
}
