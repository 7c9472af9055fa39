import {
  type ChannelKind,
  channelKind,
  isDurable,
  type ParsedChannel,
} from '#contract/channels.ts';
import type { ConflationKey, Publishable } from '#contract/publications.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Consumer, Delivery, Publication } from './delivery.ts';
import { type DurableHistory, DurableLog } from './durable-history.ts';
import { HistoryLog } from './history-log.ts';
import { conflateInto, type PublicationLog, RetainedLog } from './publication-log.ts';
import type { Supply } from './supply.ts';

export const HISTORY_AT_LEAST = 1_000;
export const HISTORY_AT_MOST = 10_000;
const HISTORY_MAX_AGE_MS = 60_000;
const START_WITH = 100;

/** One consumer's place in a channel. */
export class Subscriber {
  readonly consumer: Consumer;
  /** What was published up to here stands in its start, and is not delivered to it. */
  readonly startOffset: number;

  constructor(consumer: Consumer, startOffset: number) {
    this.consumer = consumer;
    this.startOffset = startOffset;
  }
}

export interface ChannelOptions {
  readonly name: string;
  readonly parsed: ParsedChannel;
  /** Of a channel that is remembered in memory. */
  readonly epoch: string;
  /** Keeps the durable channels, where there is one (rule B5). */
  readonly history: DurableHistory | undefined;
}

/** The state of one channel: its position, its memory, its consumers, and what they are yet to get. */
export class Channel {
  readonly name: string;
  readonly parsed: ParsedChannel;
  readonly kind: ChannelKind;
  readonly epoch: string;
  /** Set where the channel outlives the process. */
  readonly history: DurableHistory | undefined;
  readonly #log: PublicationLog;
  readonly #queue: Publication[] = [];
  readonly #conflated = new Map<ConflationKey, Publication>();
  /** Those whose value is newer than what was published. */
  #stale: Supply[] = [];
  readonly #outbox: Delivery[] = [];
  readonly #subscribers = new Set<Subscriber>();
  #offset = 0;
  #sentOffset = 0;
  #sentTime = Number.NEGATIVE_INFINITY;
  #isDelivering = false;
  /** Somebody makes its values on demand: it is not forgotten. */
  isSupplied = false;

  constructor({ name, parsed, epoch, history }: ChannelOptions) {
    this.name = name;
    this.parsed = parsed;
    this.kind = channelKind(parsed);
    this.history = isDurable(parsed) ? history : undefined;
    this.epoch = this.history?.epoch ?? epoch;
    this.#log = this.history
      ? new DurableLog(this.history, name, START_WITH)
      : createLog(this.kind);
    this.#offset = this.history?.lastOffset(name) ?? 0;
    this.#sentOffset = this.#offset;
  }

  get offset(): number {
    return this.#offset;
  }

  get subscriberCount(): number {
    return this.#subscribers.size;
  }

  get pendingCount(): number {
    return this.kind === 'latest' ? this.#conflated.size : this.#queue.length;
  }

  /** When consumers were last sent something; minus infinity before the first time. */
  get sentTime(): number {
    return this.#sentTime;
  }

  append(data: Publishable, timestamp: EpochMs): void {
    this.#add({ offset: this.#offset + 1, timestamp, data });
  }

  /** Its value is asked for before anybody is given anything. */
  markStale(supply: Supply): void {
    this.#stale.push(supply);
  }

  /** Publishes the values that are newer than what was published; returns how many. */
  refresh(timestamp: EpochMs): number {
    if (this.#stale.length === 0) return 0;
    const stale = this.#stale;
    this.#stale = [];
    const before = this.#offset;
    for (const supply of stale) {
      const item = supply.take();
      if (item) this.append(item, timestamp);
    }
    return this.#offset - before;
  }

  /** Takes over what the durable history holds beyond this channel's position. */
  catchUp(): void {
    if (!this.history) return;
    const news = this.history.since(this.name, this.#offset);
    // Unreadable: the offsets jump, which consumers notice and answer by asking anew.
    if (!news) this.#offset = this.history.lastOffset(this.name);
    for (const publication of news ?? []) this.#add(publication);
  }

  start(): readonly Publication[] {
    return this.#log.start();
  }

  /** Everything after `offset`; undefined where that is not known, or lies in the future. */
  since(offset: number): readonly Publication[] | undefined {
    if (offset > this.#offset) return undefined;
    return offset === this.#offset ? [] : this.#log.since(offset);
  }

  /** The caller has flushed: a newcomer must not be sent what its start already holds (B3). */
  join(consumer: Consumer): Subscriber {
    const subscriber = new Subscriber(consumer, this.#offset);
    this.#subscribers.add(subscriber);
    this.#sentOffset = this.#offset;
    return subscriber;
  }

  leave(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size === 0) this.#takePending();
  }

  leaveAll(): readonly Subscriber[] {
    const left = [...this.#subscribers];
    for (const subscriber of left) this.leave(subscriber);
    return left;
  }

  /** Sends what is pending to all subscribers as one delivery; returns how many got it. */
  flush(now: EpochMs): number {
    if (this.pendingCount === 0) return 0;
    const delivery: Delivery = {
      channel: this.name,
      epoch: this.epoch,
      prevOffset: this.#sentOffset,
      publications: this.#takePending(),
    };
    this.#sentOffset = this.#offset;
    this.#sentTime = now;
    this.#outbox.push(delivery);
    this.#drainOutbox();
    return this.#subscribers.size;
  }

  #add(publication: Publication): void {
    this.#offset = publication.offset;
    this.#log.append(publication);
    if (this.#subscribers.size === 0) return;
    if (this.kind === 'latest') conflateInto(this.#conflated, publication);
    else this.#queue.push(publication);
  }

  #takePending(): Publication[] {
    const pending = this.kind === 'latest' ? [...this.#conflated.values()] : this.#queue.splice(0);
    this.#conflated.clear();
    return pending;
  }

  /** A consumer may publish, join or leave while it is delivered to; order holds for all of them. */
  #drainOutbox(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    for (let next = this.#outbox.shift(); next; next = this.#outbox.shift()) {
      const lastOffset = next.publications.at(-1)?.offset ?? 0;
      for (const { consumer, startOffset } of this.#subscribers) {
        // Who joined while it was on its way has it in its start.
        if (startOffset < lastOffset) deliverTo(consumer, next);
      }
    }
    this.#isDelivering = false;
  }
}

/** A consumer's bug goes to the process's one handler; neither publisher nor other consumers feel it. */
function deliverTo(consumer: Consumer, delivery: Delivery): void {
  try {
    consumer.deliver(delivery);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function createLog(kind: ChannelKind): PublicationLog {
  if (kind === 'latest') return new RetainedLog();
  return new HistoryLog({
    atLeast: HISTORY_AT_LEAST,
    atMost: kind === 'flow' ? HISTORY_AT_MOST : HISTORY_AT_LEAST,
    maxAgeMs: HISTORY_MAX_AGE_MS,
    startWith: START_WITH,
  });
}
