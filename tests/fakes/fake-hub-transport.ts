import type { AckOf, ClientEvent, ClientPayload, SubscribeReply } from '#contract/client-events.ts';
import { fail } from '#contract/errors.ts';
import type { Push } from '#contract/pushes.ts';
import type { EpochMs } from '#domain/units.ts';
import type { HubTransport, TransportHandlers } from '#renderer/client/transport.ts';

type Answer<E extends ClientEvent> = (payload: ClientPayload<E>) => AckOf<E> | Promise<AckOf<E>>;

export interface RecordedCall {
  readonly event: ClientEvent;
  readonly payload: unknown;
}

const NO_ANSWER = fail('unavailable', 'no answer was scripted for subscribe');

/** A hub that says exactly what a test tells it to. What it was not told to answer is `unavailable`. */
export class FakeHubTransport implements HubTransport {
  readonly calls: RecordedCall[] = [];
  retries = 0;
  isStopped = false;
  #handlers: TransportHandlers | null = null;
  readonly #answers = new Map<ClientEvent, (payload: unknown) => unknown>();

  start(handlers: TransportHandlers): void {
    this.#handlers = handlers;
  }

  async call<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<AckOf<E>> {
    this.calls.push({ event, payload });
    if (event === 'subscribe:many') {
      const { channels } = payload as ClientPayload<'subscribe:many'>;
      const subscribe = this.#answers.get('subscribe') ?? (() => NO_ANSWER);
      const replies = await Promise.all(channels.map(async (wanted) => subscribe(wanted)));
      return { ok: true, replies } as AckOf<E>;
    }
    const answer = this.#answers.get(event);
    if (answer === undefined) return fail('unavailable', `no answer was scripted for ${event}`);
    return (await answer(payload)) as AckOf<E>;
  }

  retryNow(): void {
    this.retries += 1;
  }

  stop(): void {
    this.isStopped = true;
  }

  answer<E extends ClientEvent>(event: E, answer: Answer<E>): void {
    this.#answers.set(event, answer as (payload: unknown) => unknown);
  }

  /** Answers the request API by method. */
  answerRequests(results: Readonly<Record<string, (params: unknown) => unknown>>): void {
    this.answer('request', ({ method, params }) => {
      const result = results[method];
      return result === undefined
        ? fail('unknown_method', `no result was scripted for ${method}`)
        : { ok: true, result: result(params) };
    });
  }

  connect(): void {
    this.#handlers?.onConnection({ kind: 'connected' });
  }

  lose(): void {
    const nextTryTime = 1_000 as EpochMs;
    this.#handlers?.onConnection({ kind: 'lost', reason: 'test', attempt: 1, nextTryTime });
  }

  push(...pushes: Push[]): void {
    this.#handlers?.onPushes(pushes);
  }

  callsOf(event: ClientEvent): unknown[] {
    return this.calls.filter((call) => call.event === event).map((call) => call.payload);
  }
}

/** The reply to a subscription: at offset 0 and fresh, unless said otherwise. */
export const subscribeReply = (
  channel: string,
  reply: Partial<SubscribeReply> = {},
): AckOf<'subscribe'> => ({
  ok: true,
  channel,
  epoch: 'epoch-1',
  offset: 0,
  recovered: false,
  pushes: [],
  ...reply,
});
