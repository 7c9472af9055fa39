import { parseChannel } from '#contract/channels.ts';
import { type ConflationKey, conflationKeyOf } from '#contract/publications.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Delivery } from '../dependencies.ts';
import { EncodedDelivery, Outgoing } from './outgoing.ts';

/** *stream* data that a client may leave unread before it is disconnected (rule B7). */
export const MAX_STREAM_BYTES = 1_024 * 1_024;
/** *flow* data that may wait before a run of it is replaced by a gap mark. */
export const MAX_FLOW_BYTES = 256 * 1_024;

type Publication = Delivery['publications'][number];

interface Queued {
  readonly channel: string;
  readonly isFlow: boolean;
  readonly outgoing: Outgoing;
  readonly bytes: number;
  readonly publications: number;
  readonly lastOffset: number;
  readonly timestamp: EpochMs;
}

/** A run of a *flow* channel that its client does not get. */
interface Gap {
  readonly channel: string;
  readonly missed: number;
  readonly lastOffset: number;
  readonly timestamp: EpochMs;
}

interface Conflated {
  readonly channel: string;
  readonly epoch: string;
  readonly prevOffset: number;
  readonly values: Map<ConflationKey, Publication>;
}

export interface OutboxOptions {
  /** The start of an order book, for one whose deltas were dropped. */
  readonly bookOf: (channel: string) => Delivery | undefined;
  /** Publications replaced by a gap mark. */
  readonly onDropped: (count: number) => void;
}

/**
 * What one client has not been sent yet, in bounded memory (rule B7): of *latest* channels the
 * newest values, of *flow* a little and then only how much is missing, of *streams* everything, up
 * to a limit.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #queue: Queued[] = [];
  #streamBytes = 0;
  #flowBytes = 0;
  readonly #gaps = new Map<string, Gap>();
  readonly #latest = new Map<string, Conflated>();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0 && this.#gaps.size === 0 && this.#latest.size === 0;
  }

  get hasLatest(): boolean {
    return this.#latest.size > 0;
  }

  /** False where *stream* data no longer fits: the client is to be disconnected. */
  put(encoded: EncodedDelivery): boolean {
    if (encoded.isEnd) this.#dropUnordered(encoded.delivery.channel);
    if (encoded.kind === 'latest') this.#conflate(encoded.delivery);
    else if (encoded.kind === 'flow') this.#putFlow(encoded);
    else this.#putStream(encoded);
    return this.#streamBytes <= MAX_STREAM_BYTES;
  }

  /** Counts a run as missed, although there would be room for it. */
  skip(delivery: Delivery): void {
    const last = delivery.publications.at(-1);
    if (last) this.#addGap(delivery.channel, delivery.publications.length, last);
  }

  /** Leaves the channel: nothing of it is sent any more. */
  forget(channel: string): void {
    this.#queue = this.#queue.filter((queued) => queued.channel !== channel);
    this.#streamBytes = bytesOf(this.#queue, false);
    this.#flowBytes = bytesOf(this.#queue, true);
    this.#dropUnordered(channel);
  }

  /** What would be sent behind all that has its order. */
  #dropUnordered(channel: string): void {
    this.#gaps.delete(channel);
    this.#latest.delete(channel);
  }

  /** What to send next, before any value: first what has its order, then gap marks with their books. */
  take(): Outgoing | undefined {
    return this.takeQueued() ?? this.#takeGap();
  }

  takeQueued(): Outgoing | undefined {
    const queued = this.#queue.shift();
    if (!queued) return undefined;
    if (queued.isFlow) this.#flowBytes -= queued.bytes;
    else this.#streamBytes -= queued.bytes;
    return queued.outgoing;
  }

  /** The values of one channel. */
  takeLatest(): EncodedDelivery | undefined {
    for (const [name, { channel, epoch, prevOffset, values }] of this.#latest) {
      this.#latest.delete(name);
      const delivery = { channel, epoch, prevOffset, publications: [...values.values()] };
      return new EncodedDelivery(delivery);
    }
    return undefined;
  }

  #takeGap(): Outgoing | undefined {
    for (const name of this.#gaps.keys()) {
      // Asking for the book flushes its channel, which may lengthen this very gap.
      const book = isBook(name) ? this.#options.bookOf(name) : undefined;
      const gap = this.#gaps.get(name);
      if (!gap) continue;
      this.#gaps.delete(name);
      const { channel, missed, lastOffset: seq, timestamp } = gap;
      const mark = { event: 'gap', payload: { channel, seq, missed, timestamp } } as const;
      return new Outgoing([mark, ...(book ? new EncodedDelivery(book).full.messages : [])]);
    }
    return undefined;
  }

  #conflate({ channel, epoch, prevOffset, publications }: Delivery): void {
    let conflated = this.#latest.get(channel);
    if (!conflated) {
      conflated = { channel, epoch, prevOffset, values: new Map() };
      this.#latest.set(channel, conflated);
    }
    for (const publication of publications) {
      const key = conflationKeyOf(publication.data);
      // As the newest of the map's order, which is the order of the offsets.
      conflated.values.delete(key);
      conflated.values.set(key, publication);
    }
  }

  #putStream(encoded: EncodedDelivery): void {
    const queued = queuedOf(encoded, false);
    this.#queue.push(queued);
    this.#streamBytes += queued.bytes;
  }

  #putFlow(encoded: EncodedDelivery): void {
    const { delivery } = encoded;
    const queued = queuedOf(encoded, true);
    const hasRoom = this.#flowBytes + queued.bytes <= MAX_FLOW_BYTES;
    if (hasRoom && !this.#gaps.has(delivery.channel)) {
      this.#queue.push(queued);
      this.#flowBytes += queued.bytes;
      return;
    }
    // A gap swallows what waits of its channel, so that the mark stands where the run began.
    for (const waiting of this.#queue) {
      if (waiting.channel === delivery.channel) {
        this.#addGap(waiting.channel, waiting.publications, {
          offset: waiting.lastOffset,
          timestamp: waiting.timestamp,
        });
      }
    }
    this.#queue = this.#queue.filter((waiting) => waiting.channel !== delivery.channel);
    this.#flowBytes = bytesOf(this.#queue, true);
    this.skip(delivery);
  }

  #addGap(channel: string, missed: number, last: Pick<Publication, 'offset' | 'timestamp'>): void {
    const before = this.#gaps.get(channel)?.missed ?? 0;
    const { offset: lastOffset, timestamp } = last;
    this.#gaps.set(channel, { channel, missed: before + missed, lastOffset, timestamp });
    this.#options.onDropped(missed);
  }
}

function queuedOf({ delivery, full }: EncodedDelivery, isFlow: boolean): Queued {
  const { channel, publications } = delivery;
  const last = publications.at(-1);
  return {
    ...{ channel, isFlow, outgoing: full, bytes: full.frames.length },
    publications: publications.length,
    lastOffset: last?.offset ?? 0,
    timestamp: last?.timestamp ?? (0 as EpochMs),
  };
}

const bytesOf = (queue: readonly Queued[], isFlow: boolean): number =>
  queue.reduce((sum, queued) => sum + (queued.isFlow === isFlow ? queued.bytes : 0), 0);

function isBook(channel: string): boolean {
  const parsed = parseChannel(channel);
  return parsed?.scope === 'symbol' && parsed.topic === 'orderbook';
}
