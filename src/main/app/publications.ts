import type { Publishable } from '#contract/publications.ts';
import type { Broker } from '#main/broker/broker.ts';

type Kind = Publishable['of'];
type Listener<K extends Kind> = (item: Extract<Publishable, { of: K }>) => void;

/** Where every room publishes: to the broker, and to those in this process who listen to a kind. */
export class Publications {
  readonly #broker: Pick<Broker, 'publish'>;
  readonly #listeners = new Map<Kind, Set<(item: never) => void>>();

  constructor(broker: Pick<Broker, 'publish'>) {
    this.#broker = broker;
  }

  readonly publish = (item: Publishable): void => {
    this.#broker.publish(item);
    const listeners = this.#listeners.get(item.of);
    if (!listeners) return;
    // Filed under the item's own kind, so each takes just this kind of item.
    for (const listener of listeners) listener(item as never);
  };

  /** For the channels alone: those in this process were told when it happened, but it could not be kept. */
  catchUp(item: Publishable): void {
    this.#broker.publish(item);
  }

  /** The returned function stops it. */
  listen<K extends Kind>(kind: K, listener: Listener<K>): () => void {
    const listeners = this.#listeners.get(kind) ?? new Set();
    this.#listeners.set(kind, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }
}
