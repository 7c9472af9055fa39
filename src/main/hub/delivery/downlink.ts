import type { TimerClock } from '#domain/clock.ts';
import type { HubMeter } from '#main/telemetry/hub-meter.ts';
import type { Delivery, HubBroker } from '../dependencies.ts';
import { Outbox } from './outbox.ts';
import { type EncodedDelivery, encodedOf, type Outgoing } from './outgoing.ts';
import type { BatchingSession, PriceBatch, PriceBatches } from './price-batches.ts';

/** Where one client's messages go. A window of this process is always ready. */
export interface DownlinkSink {
  readonly isReady: boolean;
  /** Calls once, when the sink is ready again. */
  whenReady(listener: () => void): void;
  push(outgoing: Outgoing): void;
  /** *stream* data overflowed: ends the connection as `slow_consumer`. */
  overflow(): void;
}

/** How the client wants its messages, by its handshake (DESIGN §5). */
export interface DownlinkWishes {
  readonly batch: boolean;
  readonly compact: boolean;
  readonly background: boolean;
}

export interface DownlinkOptions {
  readonly sink: DownlinkSink;
  readonly wishes: DownlinkWishes;
  readonly broker: Pick<HubBroker, 'start'>;
  readonly clock: TimerClock;
  readonly meter: HubMeter;
  readonly batches: PriceBatches;
}

const BACKGROUND_PERIOD_MS = 1_000;

/**
 * The way from the broker to one client: straight through while the client reads and looks, over a
 * bounded outbox while it does not (rules B6, B7).
 */
export class Downlink implements BatchingSession {
  // What each delivery needs lies here itself: at 10,000 clients every step to it is a cache miss.
  readonly #sink: DownlinkSink;
  readonly #clock: TimerClock;
  readonly #meter: HubMeter;
  readonly #isBatch: boolean;
  readonly #isCompact: boolean;
  readonly #broker: DownlinkOptions['broker'];
  readonly #batches: PriceBatches;
  /** Only while something waits, or the client is hidden. */
  #outbox: Outbox | null = null;
  #isHidden = false;
  #isWaiting = false;
  #isOver = false;
  #sent = 0;
  #batch: PriceBatch | null = null;
  /** What waits until the reply to a subscription is out; null while nothing does. */
  #held: Delivery[] | null = null;
  #cancelRelease: (() => void) | undefined;
  #cancelBackground: (() => void) | undefined;

  constructor({ sink, wishes, broker, clock, meter, batches }: DownlinkOptions) {
    this.#sink = sink;
    this.#clock = clock;
    this.#meter = meter;
    this.#isBatch = wishes.batch;
    this.#isCompact = wishes.compact;
    this.#broker = broker;
    this.#batches = batches;
    if (wishes.background) this.setHidden(true);
  }

  /** Pushes, since it began. */
  get sent(): number {
    return this.#sent;
  }

  get isHidden(): boolean {
    return this.#isHidden;
  }

  /** Something waits until the client has read what it was sent before. */
  get isBehind(): boolean {
    return this.#isWaiting;
  }

  /** What was published just now. */
  deliver(delivery: Delivery): void {
    const publishedTime = delivery.publications[0]?.timestamp;
    if (publishedTime !== undefined) this.#meter.delivered(this.#clock.now() - publishedTime);
    this.give(delivery);
  }

  /** What was published at any time: a start, or what was missed. */
  give(delivery: Delivery): void {
    if (this.#isOver) return;
    if (this.#held) {
      this.#held.push(delivery);
      return;
    }
    const encoded = encodedOf(delivery);
    if (this.#outbox === null && this.#sink.isReady) this.#send(encoded);
    else this.#put(encoded);
  }

  /** The channel is no more: behind all of it, its client is told. */
  end(channel: string, offset: number): void {
    const end = { offset, timestamp: this.#clock.now(), data: { of: 'ended', channel } } as const;
    this.give({ channel, epoch: '', prevOffset: offset, publications: [end] });
  }

  /** Until this turn of the event loop is over, so that a reply goes out before what follows it. */
  hold(): void {
    if (this.#held) return;
    this.#held = [];
    this.#cancelRelease = this.#clock.setTimeout(() => {
      const held = this.#held ?? [];
      this.#held = null;
      for (const delivery of held) this.give(delivery);
    }, 0);
  }

  setHidden(isHidden: boolean): void {
    if (this.#isHidden === isHidden) return;
    this.#isHidden = isHidden;
    if (isHidden) {
      this.#outbox ??= this.#createOutbox();
      return;
    }
    this.#cancelBackground?.();
    this.#cancelBackground = undefined;
    this.#drain();
  }

  /** The client left the channel, or begins it anew. */
  forget(channel: string): void {
    if (this.#held) this.#held = this.#held.filter((held) => held.channel !== channel);
    this.#outbox?.forget(channel);
  }

  sendBatch(): void {
    const batch = this.#batch;
    this.#batch = null;
    if (batch && !this.#isOver) this.#push(batch.as(this.#isCompact));
  }

  dispose(): void {
    this.#isOver = true;
    this.#outbox = null;
    this.#held = null;
    this.#cancelRelease?.();
    this.#cancelBackground?.();
  }

  #send(encoded: EncodedDelivery): void {
    if (this.#isBatch && encoded.isPrice) {
      this.#batch = (this.#batch ?? this.#batches.begin(this)).with(encoded);
      return;
    }
    // Its last prices go out before it.
    if (encoded.isEnd) this.sendBatch();
    this.#push(encoded.as(this.#isCompact));
  }

  #push(outgoing: Outgoing): void {
    for (const { event } of outgoing.messages) this.#meter.sent.add(event);
    this.#sent += outgoing.messages.length;
    this.#sink.push(outgoing);
  }

  #put(encoded: EncodedDelivery): void {
    this.#outbox ??= this.#createOutbox();
    const { delivery, kind } = encoded;
    if (this.#isHidden && kind === 'flow') {
      this.#outbox.skip(delivery);
      return;
    }
    if (!this.#outbox.put(encoded)) {
      this.dispose();
      this.#sink.overflow();
      return;
    }
    if (this.#isHidden && kind === 'latest') this.#sendLatestLater();
    else this.#drain();
  }

  /** As much as the client takes; the rest when it takes more. */
  #drain(): void {
    const outbox = this.#outbox;
    if (!outbox) return;
    while (this.#sink.isReady) {
      const next = this.#isHidden ? outbox.takeQueued() : outbox.take();
      if (next) this.#push(next);
      else if (this.#isHidden || !this.#sendLatest(outbox)) break;
    }
    if (outbox.isEmpty && !this.#isHidden) this.#outbox = null;
    else if (!this.#sink.isReady) this.#drainWhenReady();
  }

  #drainWhenReady(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#sink.whenReady(() => {
      this.#isWaiting = false;
      this.#drain();
    });
  }

  /** Once a second while the client is hidden. */
  #sendLatestLater(): void {
    this.#cancelBackground ??= this.#clock.setTimeout(() => {
      this.#cancelBackground = undefined;
      const outbox = this.#outbox;
      if (!outbox) return;
      while (this.#sink.isReady && this.#sendLatest(outbox));
      if (outbox.hasLatest) this.#sendLatestLater();
    }, BACKGROUND_PERIOD_MS);
  }

  /** The values of one channel; false where none wait. */
  #sendLatest(outbox: Outbox): boolean {
    const values = outbox.takeLatest();
    if (values) this.#send(values);
    return values !== undefined;
  }

  #createOutbox(): Outbox {
    return new Outbox({
      bookOf: (channel) => this.#broker.start(channel),
      onDropped: (count) => {
        this.#meter.publicationsDropped += count;
      },
    });
  }
}
