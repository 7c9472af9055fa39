import type { ClientRequest, IncomingMessage } from 'node:http';
import { type RawData, WebSocket } from 'ws';
import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import type { CallBudget } from './call-budget.ts';
import { type DerivFailure, failureOf, refusedDial, unanswered, unreadable } from './failures.ts';
import type { DerivEnvelope } from './messages.ts';
import { type Parsed, parseDerivText } from './parse.ts';

const DIAL_MS = 10_000;
const ANSWER_MS = 10_000;
/** How long a proper goodbye may take before the socket is cut. */
const GOODBYE_MS = 500;
/** The list of all symbols is some hundred kilobytes; nothing of Deriv's is larger. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A request, or what comes of it. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: DerivFailure };

export type DerivRequest = Readonly<Record<string, string | number>>;

export interface ConnectionOptions {
  readonly url: string;
  readonly clock: TimerClock;
  readonly budget: CallBudget;
}

interface ConnectionListener {
  /** Every message as it comes, before a request that it answers is told of it. */
  readonly onMessage: (message: DerivEnvelope, isAnswer: boolean) => void;
  /** Rule F5: what could not be read. */
  readonly onRejected: (reason: string) => void;
}

interface Pending {
  readonly settle: (answer: Answer<DerivEnvelope>) => void;
  readonly cancelTimer: () => void;
}

/** One WebSocket to Deriv: requests and their answers by number, and whatever it pushes. */
export class DerivConnection {
  /** Resolves with the reason, in a sentence for the user, when the connection has ended. */
  readonly ended: Promise<string>;
  /** Our clock when anything was last heard. */
  lastHeardTime: EpochMs;
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #abort = new AbortController();
  #listener: ConnectionListener | null = null;
  #nextRequestId = 1;

  private constructor(socket: WebSocket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.lastHeardTime = options.clock.now();
    socket.on('message', (data) => this.#onMessage(data));
    this.ended = new Promise((resolve) => {
      let reason: string | null = null;
      socket.on('error', (error) => {
        reason = `The connection to Deriv broke (${codeOf(error)}).`;
        socket.terminate();
      });
      socket.once('close', (code) => {
        reason ??= `Deriv closed the connection (code ${code}).`;
        this.#abort.abort();
        this.#fail(unanswered(reason));
        resolve(reason);
      });
    });
  }

  /** Dials. Ends by itself within 10 s; at once where `signal` aborts. */
  static open(options: ConnectionOptions, signal?: AbortSignal): Promise<Answer<DerivConnection>> {
    const { url, clock } = options;
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      maxPayload: MOST_BYTES,
    });
    return new Promise((resolve) => {
      const settle = (answer: Answer<DerivConnection>) => {
        cancelTimer();
        signal?.removeEventListener('abort', onAbort);
        resolve(answer);
      };
      const giveUp = (error: DerivFailure) => {
        settle({ ok: false, error });
        socket.terminate();
      };
      const onAbort = () => giveUp(unanswered('The connection to Deriv was given up.'));
      const cancelTimer = clock.setTimeout(
        () => giveUp(unanswered('Deriv did not answer within 10 s.')),
        DIAL_MS,
      );
      socket.on('unexpected-response', (request: ClientRequest, response: IncomingMessage) => {
        giveUp(refusedDial(response.statusCode ?? 0));
        request.destroy();
      });
      socket.on('error', (error) => {
        giveUp(unanswered(`Deriv cannot be reached (${codeOf(error)}).`));
      });
      socket.once('open', () => {
        socket.removeAllListeners();
        settle({ ok: true, value: new DerivConnection(socket, options) });
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      if (signal?.aborted) onAbort();
    });
  }

  /** Deriv says nothing unasked, so that nothing is missed before. */
  listen(listener: ConnectionListener): void {
    this.#listener = listener;
  }

  /** Asks, and reads the answer with `read`. Waits first where the limit of calls wants it. */
  async request<T>(
    request: DerivRequest,
    read: (content: unknown) => Parsed<T>,
  ): Promise<Answer<T>> {
    const answer = await this.#ask(request);
    if (!answer.ok) return answer;
    const parsed = read(answer.value.content);
    if (parsed.ok) return { ok: true, value: parsed.value };
    this.#listener?.onRejected(parsed.reason);
    return { ok: false, error: unreadable(parsed.reason) };
  }

  /** Says goodbye to the given subscriptions and closes; resolves when nothing is open any more. */
  async close(subscriptionIds: Iterable<string> = []): Promise<void> {
    if (this.#socket.readyState === WebSocket.OPEN) {
      for (const forget of subscriptionIds) this.#socket.send(JSON.stringify({ forget }));
      this.#socket.close(1000);
    }
    const cancelTimer = this.#options.clock.setTimeout(() => this.cut(), GOODBYE_MS);
    await this.ended;
    cancelTimer();
  }

  /** Ends it without a word: the other side does not answer. */
  cut(): void {
    this.#socket.terminate();
  }

  async #ask(request: DerivRequest): Promise<Answer<DerivEnvelope>> {
    await this.#options.budget.take(this.#abort.signal);
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return { ok: false, error: unanswered('The connection to Deriv has ended.') };
    }
    const requestId = this.#nextRequestId++;
    return new Promise((resolve) => {
      const cancelTimer = this.#options.clock.setTimeout(() => {
        const error = unanswered('Deriv did not answer within 10 s.');
        this.#settle(requestId, { ok: false, error });
      }, ANSWER_MS);
      this.#pending.set(requestId, { settle: resolve, cancelTimer });
      this.#socket.send(JSON.stringify({ ...request, req_id: requestId }));
    });
  }

  #onMessage(data: RawData): void {
    this.lastHeardTime = this.#options.clock.now();
    const parsed = parseDerivText(String(data));
    if (!parsed.ok) {
      this.#listener?.onRejected(parsed.reason);
      return;
    }
    const message = parsed.value;
    const { requestId, error } = message;
    const isAnswer = requestId !== null && this.#pending.has(requestId);
    this.#listener?.onMessage(message, isAnswer);
    if (!isAnswer) return;
    this.#settle(
      requestId,
      error ? { ok: false, error: failureOf(error) } : { ok: true, value: message },
    );
  }

  /** Nothing where it was settled before: pushes carry the number of the request that began them. */
  #settle(requestId: number, answer: Answer<DerivEnvelope>): void {
    const pending = this.#pending.get(requestId);
    if (!pending) return;
    this.#pending.delete(requestId);
    pending.cancelTimer();
    pending.settle(answer);
  }

  #fail(error: DerivFailure): void {
    for (const requestId of [...this.#pending.keys()])
      this.#settle(requestId, { ok: false, error });
  }
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.message;
