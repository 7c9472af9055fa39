import type { Order } from '#domain/order.ts';
import type { EpochMs } from '#domain/units.ts';

/** What is on its way to the exchange. */
export type Message = { readonly sentTime: EpochMs; readonly dueTime: EpochMs } & (
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'cancel'; readonly orderId: string; readonly reason: string }
);

/** A market's time that is this much before a message was sent has jumped, and is not waited for. */
const MOST_DISORDER_MS = 60_000;

/** The way to the exchange: what was sent first arrives first, each message at its due time or after. */
export class OrderFlight {
  #messages: Message[];

  constructor(messages: readonly Message[]) {
    this.#messages = [...messages];
  }

  get isEmpty(): boolean {
    return this.#messages.length === 0;
  }

  get messages(): readonly Message[] {
    return this.#messages;
  }

  get orders(): readonly Order[] {
    return this.#messages.flatMap((one) => (one.kind === 'order' ? [one.order] : []));
  }

  send(message: Message): void {
    this.#messages.push(message);
  }

  /** Takes the next one off that has arrived at `time`; undefined where none has. */
  arrived(time: EpochMs): Message | undefined {
    const [first] = this.#messages;
    if (!first) return undefined;
    const hasArrived = time >= first.dueTime || time < first.sentTime - MOST_DISORDER_MS;
    return hasArrived ? this.#messages.shift() : undefined;
  }

  /** The same of a cancel that had arrived before `time`, and has none before it that has not. */
  canceledBefore(time: EpochMs): Extract<Message, { kind: 'cancel' }> | undefined {
    const [first] = this.#messages;
    if (first?.kind !== 'cancel' || time <= first.dueTime) return undefined;
    this.#messages.shift();
    return first;
  }

  /** An order that will not be sent after all, and the cancels of it; undefined where it is not under way. */
  withdraw(orderId: string): Order | undefined {
    const order = this.orders.find(({ id }) => id === orderId);
    this.#messages = this.#messages.filter(
      (one) => (one.kind === 'order' ? one.order.id : one.orderId) !== orderId,
    );
    return order;
  }

  isCanceling(orderId: string): boolean {
    return this.#messages.some((one) => one.kind === 'cancel' && one.orderId === orderId);
  }
}
