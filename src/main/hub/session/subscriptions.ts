import { parseChannel } from '#contract/channels.ts';
import type { StreamPosition, SubscribeReply } from '#contract/client-events.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Downlink } from '../delivery/downlink.ts';
import { encodeDelivery } from '../delivery/encode-push.ts';
import type { BrokerSubscription, Delivery, HubBroker } from '../dependencies.ts';

/** Of one connection, beside those of bots (rule H4). */
export const MAX_SUBSCRIPTIONS = 256;

/** Of bots there are no more than those that one may see, and a window shows them all. */
const isCounted = (name: string): boolean => parseChannel(name)?.scope !== 'bot';

/** A channel to subscribe to: its name is canonical and access to it settled. */
export interface WantedChannel {
  readonly channel: string;
  readonly since?: StreamPosition | undefined;
  readonly minIntervalMs?: number | undefined;
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
  /** Of those held, the ones that the limit is for. */
  readonly #counted = new Set<string>();
  readonly #byChannel = new Map<string, BrokerSubscription>();

  constructor(
    broker: HubBroker,
    downlink: Pick<Downlink, 'deliver' | 'end'>,
    most = MAX_SUBSCRIPTIONS,
  ) {
    this.#broker = broker;
    this.#consumer = {
      deliver: (delivery) => downlink.deliver(delivery),
      ended: (channel, offset) => {
        this.#forget(channel);
        downlink.end(channel, offset);
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
    const held = this.#counted.size;
    const names = new Set(wanted.map(({ channel }) => channel));
    const added = [...names].filter((name) => isCounted(name) && !this.#counted.has(name));
    if (held + added.length > this.#most) {
      return fail(
        'too_many_subscriptions',
        `A connection may hold ${this.#most} subscriptions beside those of bots; this one holds ${held}`,
      );
    }
    return succeed(wanted.map((one) => this.#subscribe(one)));
  }

  channels(): readonly string[] {
    return [...this.#byChannel.keys()];
  }

  remove(channel: string): void {
    this.#byChannel.get(channel)?.dispose();
    this.#forget(channel);
  }

  removeAll(): void {
    for (const channel of [...this.#byChannel.keys()]) this.remove(channel);
  }

  #forget(channel: string): void {
    this.#byChannel.delete(channel);
    this.#counted.delete(channel);
  }

  #subscribe({ channel, ...options }: WantedChannel): Subscribed {
    const former = this.#byChannel.get(channel);
    const subscription = this.#broker.subscribe(channel, this.#consumer, options);
    // Left only now: joining has flushed to the former one what the new one starts after.
    former?.dispose();
    this.#byChannel.set(channel, subscription);
    if (isCounted(channel)) this.#counted.add(channel);
    const { epoch, offset, recovered, initial } = subscription;
    const pushes = initial ? encodeDelivery(initial) : [];
    return { reply: { channel, epoch, offset, recovered, pushes }, initial };
  }
}
