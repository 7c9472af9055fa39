import type { StreamPosition, SubscribeReply } from '#contract/client-events.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { BrokerSubscription, Delivery, HubBroker } from './dependencies.ts';
import { encodeDelivery } from './encode-push.ts';

/** Of one connection (rule H4). */
export const MAX_SUBSCRIPTIONS = 256;

/** A channel to subscribe to: its name is canonical and access to it settled. */
export interface WantedChannel {
  readonly channel: string;
  readonly since?: StreamPosition;
}

/** The channels that one session is subscribed to. */
export class Subscriptions {
  readonly #broker: HubBroker;
  readonly #deliver: (delivery: Delivery) => void;
  readonly #byChannel = new Map<string, BrokerSubscription>();

  constructor(broker: HubBroker, deliver: (delivery: Delivery) => void) {
    this.#broker = broker;
    this.#deliver = deliver;
  }

  get size(): number {
    return this.#byChannel.size;
  }

  has(channel: string): boolean {
    return this.#byChannel.has(channel);
  }

  /** All of them or, where they do not all fit, none. A channel held already starts afresh. */
  add(wanted: readonly WantedChannel[]): Result<SubscribeReply[]> {
    const names = new Set([...this.#byChannel.keys(), ...wanted.map(({ channel }) => channel)]);
    if (names.size > MAX_SUBSCRIPTIONS) {
      return fail(
        'too_many_subscriptions',
        `A connection may hold ${MAX_SUBSCRIPTIONS} subscriptions; this one holds ${this.size}`,
      );
    }
    return succeed(wanted.map((one) => this.#subscribe(one)));
  }

  remove(channel: string): void {
    this.#byChannel.get(channel)?.dispose();
    this.#byChannel.delete(channel);
  }

  removeAll(): void {
    for (const channel of [...this.#byChannel.keys()]) this.remove(channel);
  }

  #subscribe({ channel, since }: WantedChannel): SubscribeReply {
    const former = this.#byChannel.get(channel);
    const subscription = this.#broker.subscribe(channel, this.#consumer, since);
    // Left only now: joining has flushed to the former one what the new one starts after.
    former?.dispose();
    this.#byChannel.set(channel, subscription);
    const { epoch, offset, recovered, initial } = subscription;
    return { channel, epoch, offset, recovered, pushes: initial ? encodeDelivery(initial) : [] };
  }

  readonly #consumer = {
    deliver: (delivery: Delivery) => this.#deliver(delivery),
    ended: (channel: string) => {
      this.#byChannel.delete(channel);
    },
  };
}
