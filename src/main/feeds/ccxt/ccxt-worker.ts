import { Worker } from 'node:worker_threads';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Exchange, Instrument } from '#domain/instrument.ts';
import type { FeedEnd, FeedSink } from '../feed.ts';
import type { ExchangeConfigs } from './exchange-config.ts';
import type {
  ExchangeListing,
  FromWorker,
  Question,
  QuestionKind,
  Questions,
  ToWorker,
  WorkerBirth,
} from './messages.ts';
import { WORKER_ENTRY } from './worker-entry.ts';

/** A worker that nobody uses costs memory: it is ended after this, and begun again when needed. */
const IDLE_MS = 10_000;
/** A thread that does not even end a run is given up on: whoever stops a feed waits no longer. */
const MOST_STOP_MS = 1_500;

export interface CcxtWorkerOptions {
  readonly clock: TimerClock;
  readonly configs: ExchangeConfigs;
  /** Something went wrong that no feed waits for: to be logged. */
  readonly onTrouble: (reason: string) => void;
  /** The thread itself, unless told. */
  readonly beginThread?: (birth: WorkerBirth) => Worker;
}

interface RunHere {
  readonly sink: FeedSink;
  readonly resolve: (end: FeedEnd) => void;
}

/** A thread with what waits for it. */
interface Thread {
  readonly worker: Worker;
  readonly asks: Map<number, (answer: Result<never>) => void>;
  readonly runs: Map<number, RunHere>;
}

/**
 * The thread in which ccxt lives, seen from the main one: begun when the first feed needs it, ended
 * when none does. When it dies, all that waits for it fails, and the next use begins a fresh one.
 */
export class CcxtWorker {
  readonly #options: CcxtWorkerOptions;
  #thread: Thread | null = null;
  #nextId = 1;
  #cancelIdle: (() => void) | null = null;
  #isDisposed = false;
  #deaths = 0;

  constructor(options: CcxtWorkerOptions) {
    this.#options = options;
  }

  /** The thread's id while there is one. */
  get threadId(): number | null {
    return this.#thread?.worker.threadId ?? null;
  }

  /** Since the start. */
  get deaths(): number {
    return this.#deaths;
  }

  ask<K extends QuestionKind>(
    of: K,
    asked: Questions[K]['asked'],
  ): Promise<Result<Questions[K]['answer']>> {
    const thread = this.#need();
    if (!thread) return Promise.resolve(fail('unavailable', 'Tapedeck is closing.'));
    const askId = this.#nextId++;
    const question = { of, ...asked } as unknown as Question;
    return new Promise((resolve) => {
      thread.asks.set(askId, resolve);
      tell(thread, { kind: 'ask', askId, question });
    });
  }

  /** All exchanges that can be watched, by ccxt's ids. */
  exchanges(): Promise<Result<readonly ExchangeListing[]>> {
    return this.ask('exchanges', {});
  }

  /** Of an exchange's instruments those whose symbol contains `text`. */
  search(exchange: Exchange, text: string, limit: number): Promise<Result<readonly Instrument[]>> {
    return this.ask('search', { exchange, text, limit });
  }

  /** The same among the markets that are known already; no thread is begun and no exchange asked. */
  searchKnown(text: string, limit: number): Promise<Result<readonly Instrument[]>> {
    if (this.#thread === null) return Promise.resolve(succeed([]));
    return this.ask('searchKnown', { text, limit });
  }

  run(
    { exchange, symbols }: { readonly exchange: Exchange; readonly symbols: readonly string[] },
    sink: FeedSink,
    signal: AbortSignal,
  ): Promise<FeedEnd> {
    if (signal.aborted) return Promise.resolve({ kind: 'aborted' });
    const thread = this.#need();
    if (!thread) return Promise.resolve({ kind: 'aborted' });
    const runId = this.#nextId++;
    return new Promise((resolve) => {
      let cancelGivingUp = (): void => undefined;
      const end = (how: FeedEnd) => {
        cancelGivingUp();
        signal.removeEventListener('abort', stop);
        resolve(how);
      };
      const stop = () => {
        tell(thread, { kind: 'stop', runId });
        const giveUp = () => end({ kind: 'aborted' });
        cancelGivingUp = this.#options.clock.setTimeout(giveUp, MOST_STOP_MS);
      };
      signal.addEventListener('abort', stop, { once: true });
      thread.runs.set(runId, { sink, resolve: end });
      tell(thread, { kind: 'run', runId, exchange, symbols });
    });
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#cancelIdle?.();
    const thread = this.#thread;
    if (thread) this.#lose(thread, 'Tapedeck is closing.');
    await thread?.worker.terminate();
  }

  /** Null once it is disposed. */
  #need(): Thread | null {
    this.#cancelIdle?.();
    this.#cancelIdle = null;
    if (this.#isDisposed) return null;
    this.#thread ??= this.#begin();
    return this.#thread;
  }

  #begin(): Thread {
    const { beginThread = beginCcxtThread, configs } = this.#options;
    const worker = beginThread({ configs });
    const thread: Thread = { worker, asks: new Map(), runs: new Map() };
    worker.stdout.resume();
    worker.stderr.setEncoding('utf8').on('data', (text: string) => this.#options.onTrouble(text));
    worker.on('message', (message: FromWorker) => this.#onMessage(thread, message));
    worker.on('error', (error) => this.#onDeath(thread, error.message));
    worker.on('exit', (code) => this.#onDeath(thread, `it ended with code ${code}`));
    return thread;
  }

  #onMessage(thread: Thread, message: FromWorker): void {
    switch (message.kind) {
      case 'answer':
        // The question of this number was asked with this answer's type (`ask`).
        thread.asks.get(message.askId)?.(message.answer as Result<never>);
        thread.asks.delete(message.askId);
        this.#rest(thread);
        return;
      case 'trouble':
        this.#options.onTrouble(message.reason);
        return;
      case 'end':
        thread.runs.get(message.runId)?.resolve(message.end);
        thread.runs.delete(message.runId);
        this.#rest(thread);
        return;
      case 'events':
        thread.runs.get(message.runId)?.sink.onEvents(message.events);
        tell(thread, { kind: 'taken', runId: message.runId });
        return;
      case 'state':
        thread.runs.get(message.runId)?.sink.onState(message.state);
        return;
      case 'rejected':
        thread.runs.get(message.runId)?.sink.onRejected(message.rejection);
        return;
      case 'clockSample':
        thread.runs.get(message.runId)?.sink.onClockSample(message.sample);
        return;
    }
  }

  #onDeath(thread: Thread, reason: string): void {
    if (this.#thread !== thread) return;
    this.#deaths += 1;
    this.#options.onTrouble(`The exchange worker died: ${reason}`);
    this.#lose(thread, 'The exchange worker stopped unexpectedly.');
  }

  /** All that waits for it is answered; the supervisor begins the feeds again. */
  #lose(thread: Thread, message: string): void {
    if (this.#thread === thread) this.#thread = null;
    const failed = fail('unavailable', message);
    for (const answer of thread.asks.values()) answer(failed);
    for (const { resolve } of thread.runs.values()) {
      resolve({ kind: 'failed', failure: failed.error, isFinal: false });
    }
    thread.asks.clear();
    thread.runs.clear();
  }

  #rest(thread: Thread): void {
    if (thread !== this.#thread || thread.asks.size > 0 || thread.runs.size > 0) return;
    this.#cancelIdle?.();
    this.#cancelIdle = this.#options.clock.setTimeout(() => {
      this.#cancelIdle = null;
      if (thread !== this.#thread || thread.asks.size > 0 || thread.runs.size > 0) return;
      this.#thread = null;
      void thread.worker.terminate();
    }, IDLE_MS);
  }
}

/**
 * Its output is kept from ours: standard output is for programs. And it loads nothing native (what `ws`
 * would mask its frames with): a thread that is ended while it does takes the whole process with it.
 */
export const beginCcxtThread = (workerData: WorkerBirth): Worker =>
  new Worker(WORKER_ENTRY, {
    ...{ workerData, stdout: true, stderr: true },
    env: { ...process.env, WS_NO_BUFFER_UTIL: '1' },
  });

const tell = ({ worker }: Thread, message: ToWorker): void => worker.postMessage(message);
