import type { StreamPosition, SubscribeReply } from '#contract/client-events.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { encodeDelivery } from '../delivery/encode-push.ts';
import type { BrokerSubscription, Delivery, HubBroker } from '../dependencies.ts';

/** Of one connection (rule H4). */
export const MAX_SUBSCRIPTIONS = 256;

/** A channel to subscribe to: its name is canonical and access to it settled. */
export interface WantedChannel {
  readonly channel: string;
  readonly since?: StreamPosition;
}

/** A subscription that was made: what its client is answered, and the start as it came. */
export interface Subscribed {
  readonly reply: SubscribeReply;
  readonly initial: Delivery | undefined;
}

/** The channels that one session is subscribed to. */
export class Subscriptions {
  readonly #broker: HubBroker;
  readonly #consumer: Parameters<HubBroker['subscribe']>[1];
  readonly #most: number;
  readonly #byChannel = new Map<string, BrokerSubscription>();

  constructor(
    broker: HubBroker,
    downlink: { deliver(delivery: Delivery): void },
    most = MAX_SUBSCRIPTIONS,
  ) {
    this.#broker = broker;
    this.#consumer = {
      deliver: (delivery) => downlink.deliver(delivery),
      ended: (channel) => {
        this.#byChannel.delete(channel);
      },
    };
    this.#most = most;
  }

  get size(): number {
    return this.#byChannel.size;
  }

  has(channel: string): boolean {
    return this.#byChannel.has(channel);
  }

  /** All of them or, where they do not all fit, none. A channel held already starts afresh. */
  add(wanted: readonly WantedChannel[]): Result<Subscribed[]> {
    const names = new Set([...this.#byChannel.keys(), ...wanted.map(({ channel }) => channel)]);
    if (names.size > this.#most) {
      return fail(
        'too_many_subscriptions',
        `A connection may hold ${this.#most} subscriptions; this one holds ${this.size}`,
      );
    }
    return succeed(wanted.map((one) => this.#subscribe(one)));
  }

  channels(): readonly string[] {
    return [...this.#byChannel.keys()];
  }

  remove(channel: string): void {
    this.#byChannel.get(channel)?.dispose();
    this.#byChannel.delete(channel);
  }

  removeAll(): void {
    for (const channel of [...this.#byChannel.keys()]) this.remove(channel);
  }

  #subscribe({ channel, since }: WantedChannel): Subscribed {
    const former = this.#byChannel.get(channel);
    const subscription = this.#broker.subscribe(channel, this.#consumer, since);
    // Left only now: joining has flushed to the former one what the new one starts after.
    former?.dispose();
    this.#byChannel.set(channel, subscription);
    const { epoch, offset, recovered, initial } = subscription;
    const pushes = initial ? encodeDelivery(initial) : [];
    return { reply: { channel, epoch, offset, recovered, pushes }, initial };
  }
}
