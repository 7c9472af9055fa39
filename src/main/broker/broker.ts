import { parseChannel } from '#contract/channels.ts';
import type { StreamPosition } from '#contract/client-events.ts';
import type { HubChannelInfo } from '#contract/inspection-requests.ts';
import { type BookChange, channelOf, type Publishable } from '#contract/publications.ts';
import { invariant } from '#domain/assert.ts';
import type { TimerClock } from '#domain/clock.ts';
import { type InstrumentId, isInstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { Channel } from './channel.ts';
import { ConflationWindow, type LoadMeter } from './conflation-window.ts';
import type { Consumer, Delivery, Publication, Subscription } from './delivery.ts';
import type { DurableHistory } from './durable-history.ts';
import { FlushSchedule } from './flush-schedule.ts';
import { type SuppliedValue, Supply } from './supply.ts';

/** Nothing of a *flow* is conflated: it is collected for as long as it takes to spare messages. */
const FLOWS_A_WINDOW = 2;

/** A run is cut at this length, so that a burst makes several messages and no giant. */
export const MAX_RUN = 1_000;

export type BookSource = (id: InstrumentId) => BookChange | undefined;

export interface BrokerOptions {
  readonly clock: TimerClock;
  /** A random text of at most 64 characters (B1). */
  readonly createEpoch: () => string;
  /** Stretches the window of conflation (B6); without it the loop is taken to have room. */
  readonly load?: LoadMeter;
  /** Keeps the durable channels beyond this process (B5); without it they are kept in memory. */
  readonly history?: DurableHistory;
}

export interface SubscribeOptions {
  /** Where its consumer stands already. */
  readonly since?: StreamPosition | undefined;
  /** Of a *latest* channel: so long between two deliveries, ms; others have each at its time. */
  readonly minIntervalMs?: number | undefined;
}

export interface BrokerStats {
  readonly channels: number;
  readonly subscribedChannels: number;
  readonly subscriptions: number;
  readonly publications: number;
  /** Deliveries handed out, counted once a consumer. */
  readonly deliveries: number;
  readonly flushWindowMs: number;
}

/**
 * The embedded message broker. *stream* channels deliver at once; *latest* at once after a quiet
 * window, else conflated at the window's end; *flow* twice a window at most, in runs.
 */
export class Broker {
  readonly #clock: TimerClock;
  readonly #createEpoch: () => string;
  readonly #channels = new Map<string, Channel>();
  readonly #latest: FlushSchedule;
  readonly #flows: FlushSchedule;
  /** When flows were sent last: all of them go out together. */
  #flowTime = Number.NEGATIVE_INFINITY;
  readonly #window: ConflationWindow;
  readonly #history: DurableHistory | undefined;
  /**
   * Of every channel that begins now. Not one each, so that an empty channel can be forgotten and
   * come again as the same stream; a channel that ends takes it along, so that its name begins anew.
   */
  #epoch: string;
  #bookSource: BookSource | undefined;
  #publications = 0;
  #deliveries = 0;
  #isDisposed = false;

  constructor({ clock, createEpoch, load = () => 0, history }: BrokerOptions) {
    this.#clock = clock;
    this.#createEpoch = createEpoch;
    this.#epoch = createEpoch();
    this.#window = new ConflationWindow(clock, load);
    const flush = (channel: Channel) => this.#flush(channel);
    this.#latest = new FlushSchedule({
      ...{ clock, flush, onDue: () => this.#window.adapt() },
      // What is wanted less often than once a window has its own time.
      goesAlong: ({ paceMs }) => paceMs === 0,
    });
    this.#flows = new FlushSchedule({
      ...{ clock, flush, goesAlong: () => true },
      onDue: () => {
        this.#window.adapt();
        this.#flowTime = clock.now();
      },
    });
    this.#history = history;
  }

  /** Where a subscriber to an order book gets the full book from that it starts with. */
  setBookSource(source: BookSource): void {
    this.#bookSource = source;
  }

  publish(item: Publishable): void {
    const name = channelOf(item);
    this.#publications += 1;
    // It is written, and nobody listens: who comes later finds it in the history.
    if (!this.#channels.has(name) && this.#history?.find(item)) return;
    const channel = this.#open(name);
    const now = this.#clock.now();
    this.#append(channel, item, now);
    if (channel.pendingCount === 0) {
      this.#forgetIfUnused(channel);
      return;
    }
    this.#flushWhenDue(channel, now);
  }

  /**
   * A value of a *latest* channel that is published when somebody is to get it: what changes a hundred
   * times a second, and is looked at by nobody, costs nothing.
   */
  supply(name: string, read: () => Publishable | null): SuppliedValue {
    const channel = this.#open(name);
    invariant(channel.kind === 'latest', `${name} is a channel of latest values`);
    channel.isSupplied = true;
    return new Supply(read, (supply) => {
      channel.markStale(supply);
      if (channel.subscriberCount > 0) this.#flushWhenDue(channel, this.#clock.now());
    });
  }

  /** Where a consumer starts that joins now, for one that is there already and lost its way. */
  start(name: string): Delivery | undefined {
    const channel = this.#channels.get(name);
    if (!channel) return undefined;
    this.#flush(channel);
    return deliveryOf(channel, this.#startOf(channel), undefined);
  }

  subscribe(
    name: string,
    consumer: Consumer,
    { since, minIntervalMs = 0 }: SubscribeOptions = {},
  ): Subscription {
    invariant(!this.#isDisposed, 'subscribing to a broker that was disposed');
    const channel = this.#open(name);
    this.#flush(channel);
    const missed = since?.epoch === channel.epoch ? channel.since(since.offset) : undefined;
    const start = missed ?? this.#startOf(channel);
    const leave = channel.join(consumer, minIntervalMs);
    return {
      epoch: channel.epoch,
      offset: channel.offset,
      recovered: missed !== undefined,
      initial: deliveryOf(channel, start, missed && since?.offset),
      dispose: () => {
        leave();
        this.#forgetIfUnused(channel);
      },
    };
  }

  /** Forgets a channel for good; its consumers are told that it ended. */
  drop(name: string): void {
    const channel = this.#channels.get(name);
    if (!channel) return;
    invariant(!channel.isSupplied, `${name} ends while somebody supplies its values`);
    this.#flush(channel);
    channel.flushAll(this.#clock.now());
    this.#channels.delete(name);
    this.#epoch = this.#createEpoch();
    for (const { consumer } of channel.leaveAll()) consumer.ended?.(name, channel.offset);
  }

  /** Every channel that there is, in no order. */
  *inspect(): Iterable<HubChannelInfo> {
    for (const { name, kind, subscriberCount, offset } of this.#channels.values()) {
      yield { channel: name, kind, subscribers: subscriberCount, offset };
    }
  }

  stats(): BrokerStats {
    let subscriptions = 0;
    let subscribedChannels = 0;
    for (const { subscriberCount } of this.#channels.values()) {
      subscriptions += subscriberCount;
      if (subscriberCount > 0) subscribedChannels += 1;
    }
    return {
      channels: this.#channels.size,
      subscribedChannels,
      subscriptions,
      publications: this.#publications,
      deliveries: this.#deliveries,
      flushWindowMs: this.#window.ms,
    };
  }

  /** Sends what is pending and lets go of all consumers; later publications reach nobody. */
  dispose(): void {
    this.#isDisposed = true;
    this.#latest.finish();
    this.#flows.finish();
    const now = this.#clock.now();
    for (const channel of this.#channels.values()) {
      channel.flushAll(now);
      channel.leaveAll();
    }
  }

  #open(name: string): Channel {
    const known = this.#channels.get(name);
    if (known) return known;
    const parsed = parseChannel(name);
    invariant(parsed, `"${name}" is no channel`);
    const channel = new Channel({
      ...{ name, parsed, epoch: this.#epoch, history: this.#history, clock: this.#clock },
      onDelivered: (count) => {
        this.#deliveries += count;
      },
    });
    this.#channels.set(name, channel);
    return channel;
  }

  /** What was written before it was published has its offset already; anything else gets one now. */
  #append(channel: Channel, item: Publishable, now: EpochMs): void {
    const { history } = channel;
    if (!history) {
      channel.append(item, now);
      return;
    }
    const written = history.find(item) ?? history.append(item, now);
    if (written) channel.catchUp(written);
  }

  /** A channel that was only looked at, or is remembered elsewhere, leaves nothing behind. */
  #forgetIfUnused(channel: Channel): void {
    const isEmpty = channel.offset === 0 || channel.history !== undefined;
    const isUnused = channel.subscriberCount === 0 && isEmpty && !channel.isSupplied;
    if (isUnused && this.#channels.get(channel.name) === channel) {
      this.#channels.delete(channel.name);
    }
  }

  #flushWhenDue(channel: Channel, now: number): void {
    const { kind } = channel;
    if (kind === 'stream' || channel.pendingCount >= MAX_RUN) this.#flush(channel);
    else if (kind === 'flow') this.#flows.wait(channel, this.#flowDueTime(now));
    else {
      const dueTime = this.#latestDueTime(channel, now);
      if (dueTime <= now) this.#flush(channel);
      else this.#latest.wait(channel, dueTime);
    }
  }

  // A clock that was set back must not hold anything up.
  #latestDueTime({ sentTime, paceMs }: Channel, now: number): number {
    return Math.min(sentTime, now) + Math.max(this.#window.ms, paceMs);
  }

  /** At the end of this turn of the event loop, where no flow was sent of late. */
  #flowDueTime(now: number): number {
    return Math.max(now, Math.min(this.#flowTime, now) + this.#window.ms / FLOWS_A_WINDOW);
  }

  #flush(channel: Channel): void {
    this.#latest.forget(channel);
    this.#flows.forget(channel);
    const now = this.#clock.now();
    this.#publications += channel.refresh(now);
    channel.flush(now);
  }

  #startOf(channel: Channel): readonly Publication[] {
    const { parsed } = channel;
    if (parsed.scope !== 'symbol' || parsed.topic !== 'orderbook') return channel.start();
    if (!this.#bookSource || !isInstrumentId(parsed.symbol)) return [];
    const change = this.#bookSource(parsed.symbol) ?? lostBook(parsed.symbol);
    return [{ offset: channel.offset, timestamp: this.#clock.now(), data: { of: 'book', change } }];
  }
}

/** What a subscriber starts with while there is no book: it throws away any that it had. */
const lostBook = (instrumentId: InstrumentId): BookChange => ({
  instrumentId,
  kind: 'lost',
  bids: [],
  asks: [],
  sequence: null,
});

function deliveryOf(
  channel: Channel,
  publications: readonly Publication[],
  sinceOffset: number | undefined,
): Delivery | undefined {
  const [first] = publications;
  if (!first) return undefined;
  // The first of a fresh start is preceded by nothing that its consumer should have.
  const prevOffset = sinceOffset ?? Math.max(0, first.offset - 1);
  return { channel: channel.name, epoch: channel.epoch, prevOffset, publications };
}
