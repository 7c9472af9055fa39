import { ChannelSubscription } from './channel-subscription.ts';

/** The channels that somebody here wants, by the names that the hub has for them. */
export class ChannelBook {
  readonly #byName = new Map<string, ChannelSubscription>();
  /** Which one a bare symbol (`BTC/USDT`) stands for: the hub says, and later it may be another. */
  readonly #fullNames = new Map<string, string>();

  open(name: string): ChannelSubscription {
    const fullName = this.#fullNames.get(name) ?? name;
    const subscription = this.#byName.get(fullName) ?? new ChannelSubscription(fullName);
    this.#byName.set(fullName, subscription);
    return subscription;
  }

  find(name: string): ChannelSubscription | undefined {
    return this.#byName.get(name);
  }

  holds(subscription: ChannelSubscription): boolean {
    return this.#byName.get(subscription.channel) === subscription;
  }

  all(): readonly ChannelSubscription[] {
    return [...this.#byName.values()];
  }

  /** Those of which the hub has not said yet what they stand for. */
  bare(): readonly ChannelSubscription[] {
    return this.all().filter(({ isBare }) => isBare);
  }

  /** Returns where its subscribers are from now on: with those who named it in full, if there are any. */
  nameInFull(subscription: ChannelSubscription, fullName: string): ChannelSubscription {
    this.#fullNames.set(subscription.channel, fullName);
    this.#byName.delete(subscription.channel);
    const known = this.#byName.get(fullName);
    if (known) {
      known.takeIn(subscription);
      return known;
    }
    subscription.channel = fullName;
    this.#byName.set(fullName, subscription);
    return subscription;
  }

  delete(subscription: ChannelSubscription): void {
    if (this.holds(subscription)) this.#byName.delete(subscription.channel);
  }

  /** The connection is gone, and with it what the hub said of names. */
  disconnected(): void {
    this.#fullNames.clear();
    for (const subscription of this.all()) {
      subscription.disconnected();
      if (subscription.listeners.size === 0) this.delete(subscription);
    }
  }

  clear(): void {
    this.#byName.clear();
    this.#fullNames.clear();
  }
}
