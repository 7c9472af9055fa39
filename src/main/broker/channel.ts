import {
  type ChannelKind,
  channelKind,
  isDurable,
  type ParsedChannel,
} from '#contract/channels.ts';
import type { ConflationKey, Publishable } from '#contract/publications.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import { Audience, type Subscriber } from './audience.ts';
import type { Consumer, Delivery, Publication } from './delivery.ts';
import { type DurableHistory, DurableLog } from './durable-history.ts';
import { HistoryLog } from './history-log.ts';
import { PacedAudience } from './paced-audience.ts';
import { conflateInto, type PublicationLog, RetainedLog } from './publication-log.ts';
import type { Supply } from './supply.ts';

export const HISTORY_AT_LEAST = 1_000;
export const HISTORY_AT_MOST = 10_000;
const HISTORY_MAX_AGE_MS = 60_000;
const START_WITH = 100;

export interface ChannelOptions {
  readonly name: string;
  readonly parsed: ParsedChannel;
  /** Of a channel that is remembered in memory. */
  readonly epoch: string;
  /** Keeps the durable channels, where there is one (rule B5). */
  readonly history: DurableHistory | undefined;
  readonly clock: TimerClock;
  /** So many consumers were given something. */
  readonly onDelivered: (count: number) => void;
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
  /** Those that are given what is flushed, as it is. */
  readonly #audience = new Audience();
  /** Those that want it less often, by their interval, ms. */
  readonly #paced = new Map<number, PacedAudience>();
  readonly #clock: TimerClock;
  readonly #onDelivered: (count: number) => void;
  #offset = 0;
  #sentOffset = 0;
  #sentTime = Number.NEGATIVE_INFINITY;
  /** Somebody makes its values on demand: it is not forgotten. */
  isSupplied = false;

  constructor({ name, parsed, epoch, history, clock, onDelivered }: ChannelOptions) {
    this.#clock = clock;
    this.#onDelivered = onDelivered;
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
    let count = this.#audience.size;
    for (const { size } of this.#paced.values()) count += size;
    return count;
  }

  /** No consumer wants it more often, ms; 0 where one takes whatever is flushed. */
  get paceMs(): number {
    return this.#isPaced ? Math.min(...this.#paced.keys()) : 0;
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

  /** Takes over what the durable history holds beyond this channel's position, up to this at least. */
  catchUp(written: Publication): void {
    if (!this.history || written.offset <= this.#offset) return;
    if (written.offset === this.#offset + 1) {
      this.#add(written);
      return;
    }
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

  /**
   * The caller has flushed: a newcomer must not be sent what its start already holds (B3). `intervalMs`
   * is 0 for a consumer that takes whatever is flushed. Returns the end of it.
   */
  join(consumer: Consumer, intervalMs: number): () => void {
    this.#sentOffset = this.#offset;
    const isPaced = this.kind === 'latest' && intervalMs > 0;
    const audience = isPaced ? this.#pacedAudience(intervalMs) : this.#audience;
    const subscriber = audience.join(consumer, this.#offset);
    return () => {
      audience.leave(subscriber);
      this.#forgetEmpty();
    };
  }

  leaveAll(): readonly Subscriber[] {
    const paced = [...this.#paced.values()];
    const left = [this.#audience, ...paced].flatMap((audience) => audience.leaveAll());
    this.#forgetEmpty();
    return left;
  }

  /** Sends what is pending as one delivery: to all subscribers, or as soon as they want it. */
  flush(now: EpochMs): void {
    if (this.pendingCount === 0) return;
    const delivery: Delivery = {
      channel: this.name,
      epoch: this.epoch,
      prevOffset: this.#sentOffset,
      publications: this.#takePending(),
    };
    this.#sentOffset = this.#offset;
    this.#sentTime = now;
    // First: who joins while another is delivered to has it in its start, and must not get it again (B3).
    for (const audience of this.#paced.values()) audience.collect(delivery);
    this.#audience.deliver(delivery);
    this.#onDelivered(this.#audience.size);
    for (const audience of this.#paced.values()) audience.flushWhenDue();
  }

  /** Also what waits for those that want it less often. */
  flushAll(now: EpochMs): void {
    this.flush(now);
    for (const audience of this.#paced.values()) audience.flush();
  }

  get #isPaced(): boolean {
    return this.#audience.size === 0 && this.#paced.size > 0;
  }

  #pacedAudience(intervalMs: number): PacedAudience {
    let audience = this.#paced.get(intervalMs);
    if (!audience) {
      const options = { intervalMs, clock: this.#clock, onDelivered: this.#onDelivered };
      audience = new PacedAudience(options);
      this.#paced.set(intervalMs, audience);
    }
    return audience;
  }

  #forgetEmpty(): void {
    for (const [intervalMs, { size }] of this.#paced) {
      if (size === 0) this.#paced.delete(intervalMs);
    }
    if (this.subscriberCount === 0) this.#takePending();
  }

  #add(publication: Publication): void {
    this.#offset = publication.offset;
    this.#log.append(publication);
    if (this.#audience.size === 0 && this.#paced.size === 0) return;
    if (this.kind === 'latest') conflateInto(this.#conflated, publication);
    else this.#queue.push(publication);
  }

  #takePending(): Publication[] {
    const pending = this.kind === 'latest' ? [...this.#conflated.values()] : this.#queue.splice(0);
    this.#conflated.clear();
    return pending;
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
