import {
  type AckOf,
  type ClientPayload,
  MOST_SUBSCRIBED_AT_ONCE,
} from '#contract/client-events.ts';
import type { HubTransport } from './transport.ts';

type Wanted = ClientPayload<'subscribe'>;
type Settle = (ack: AckOf<'subscribe'>) => void;

interface Waiting {
  readonly wanted: Wanted;
  readonly settle: Settle;
}

/** Well below what the hub takes as one message (10 KiB). */
const MOST_CHARACTERS = 8_000;

/**
 * Asks for channels in few messages: what is wanted in one turn goes out together at its end. Each is
 * answered by itself.
 */
export class SubscribeQueue {
  readonly #transport: Pick<HubTransport, 'call'>;
  #waiting: Waiting[] = [];

  constructor(transport: Pick<HubTransport, 'call'>) {
    this.#transport = transport;
  }

  ask(wanted: Wanted, settle: Settle): void {
    this.#waiting.push({ wanted, settle });
    if (this.#waiting.length === 1) queueMicrotask(() => this.flush());
  }

  /** Before anything else is sent: the hub answers in the order in which it is asked. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    let message: Waiting[] = [];
    let characters = 0;
    for (const one of waiting) {
      const { length } = JSON.stringify(one.wanted);
      const isFull =
        message.length === MOST_SUBSCRIBED_AT_ONCE || characters + length > MOST_CHARACTERS;
      if (isFull) {
        void this.#send(message);
        message = [];
        characters = 0;
      }
      message.push(one);
      characters += length;
    }
    void this.#send(message);
  }

  async #send(message: readonly Waiting[]): Promise<void> {
    const [first] = message;
    if (!first) return;
    if (message.length === 1) {
      first.settle(await this.#transport.call('subscribe', first.wanted));
      return;
    }
    const channels = message.map(({ wanted }) => wanted);
    const ack = await this.#transport.call('subscribe:many', { channels });
    message.forEach(({ settle }, index) => {
      const reply = ack.ok ? ack.replies[index] : ack;
      if (reply) settle(reply);
    });
  }
}
