import { channelKind, parseChannel } from '#contract/channels.ts';
import type { StreamPosition } from '#contract/client-events.ts';
import type { Failure } from '#contract/errors.ts';
import type { Push } from '#contract/pushes.ts';
import { RetainedPushes } from './retained-pushes.ts';

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

/** One channel with all its subscribers here. */
export class ChannelSubscription {
  readonly channel: string;
  /** With how often each wants values, ms. */
  readonly handlers = new Map<ChannelHandler, number>();
  readonly kind: 'latest' | 'stream' | 'flow';
  phase: Phase = 'idle';
  position: StreamPosition | null = null;
  /** Of a *latest* channel, for a subscriber that comes later. */
  readonly retained = new RetainedPushes();
  /** What came while the reply to `subscribe` was under way. */
  early: Push[] = [];
  /** Grows with each try, so that the answer to an older one is recognised. */
  generation = 0;

  /** As the hub was asked last. */
  minIntervalMs = 0;

  constructor(name: string) {
    const parsed = parseChannel(name);
    this.channel = name;
    this.kind = parsed === undefined ? 'stream' : channelKind(parsed);
  }

  /** As the one wants that wants them most often. */
  get wantedIntervalMs(): number {
    return this.kind === 'latest' ? Math.min(...this.handlers.values()) : 0;
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
