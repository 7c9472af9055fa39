import { type ChannelKind, channelKind, type ParsedChannel } from '#contract/channels.ts';
import type { Publishable } from '#contract/publications.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Consumer, Delivery, Publication } from './delivery.ts';
import {
  type ConflationKey,
  conflateInto,
  HistoryLog,
  type PublicationLog,
  RetainedLog,
} from './publication-log.ts';

export const HISTORY_AT_LEAST = 1_000;
export const HISTORY_AT_MOST = 10_000;
const HISTORY_MAX_AGE_MS = 60_000;
const START_WITH = 100;

/** One consumer's place in a channel. Queues and gap marks of a slow consumer (B7) belong here. */
export class Subscriber {
  readonly consumer: Consumer;
  isActive = true;

  constructor(consumer: Consumer) {
    this.consumer = consumer;
  }
}

/** The state of one channel: its position, its memory, its consumers, and what they are yet to get. */
export class Channel {
  readonly name: string;
  readonly parsed: ParsedChannel;
  readonly kind: ChannelKind;
  readonly epoch: string;
  readonly #log: PublicationLog;
  readonly #queue: Publication[] = [];
  readonly #conflated = new Map<ConflationKey, Publication>();
  readonly #outbox: { delivery: Delivery; subscribers: readonly Subscriber[] }[] = [];
  #subscribers: readonly Subscriber[] = [];
  #offset = 0;
  #sentOffset = 0;
  #sentTime = Number.NEGATIVE_INFINITY;
  #isDelivering = false;

  constructor(name: string, parsed: ParsedChannel, epoch: string) {
    this.name = name;
    this.parsed = parsed;
    this.kind = channelKind(parsed);
    this.epoch = epoch;
    this.#log = createLog(this.kind);
  }

  get offset(): number {
    return this.#offset;
  }

  get subscriberCount(): number {
    return this.#subscribers.length;
  }

  get pendingCount(): number {
    return this.kind === 'latest' ? this.#conflated.size : this.#queue.length;
  }

  /** When consumers were last sent something; minus infinity before the first time. */
  get sentTime(): number {
    return this.#sentTime;
  }

  append(data: Publishable, timestamp: EpochMs): void {
    this.#offset += 1;
    const publication: Publication = { offset: this.#offset, timestamp, data };
    this.#log.append(publication);
    if (this.#subscribers.length === 0) return;
    if (this.kind === 'latest') conflateInto(this.#conflated, publication);
    else this.#queue.push(publication);
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
    const subscriber = new Subscriber(consumer);
    this.#subscribers = [...this.#subscribers, subscriber];
    this.#sentOffset = this.#offset;
    return subscriber;
  }

  leave(subscriber: Subscriber): void {
    subscriber.isActive = false;
    this.#subscribers = this.#subscribers.filter((other) => other !== subscriber);
    if (this.#subscribers.length === 0) this.#takePending();
  }

  leaveAll(): readonly Subscriber[] {
    const left = this.#subscribers;
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
    // Whom it is for is fixed now: who joins while it is on its way has it in its start.
    this.#outbox.push({ delivery, subscribers: this.#subscribers });
    this.#drainOutbox();
    return this.#subscribers.length;
  }

  #takePending(): Publication[] {
    const pending = this.kind === 'latest' ? [...this.#conflated.values()] : this.#queue.splice(0);
    this.#conflated.clear();
    return pending;
  }

  /** A consumer may publish or subscribe while it is delivered to; order holds for all of them. */
  #drainOutbox(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    for (let next = this.#outbox.shift(); next; next = this.#outbox.shift()) {
      for (const subscriber of next.subscribers) {
        if (subscriber.isActive) deliverTo(subscriber.consumer, next.delivery);
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

/** Durable history (B5) is another `PublicationLog`, chosen here. */
function createLog(kind: ChannelKind): PublicationLog {
  if (kind === 'latest') return new RetainedLog();
  return new HistoryLog({
    atLeast: HISTORY_AT_LEAST,
    atMost: kind === 'flow' ? HISTORY_AT_MOST : HISTORY_AT_LEAST,
    maxAgeMs: HISTORY_MAX_AGE_MS,
    startWith: START_WITH,
  });
}
