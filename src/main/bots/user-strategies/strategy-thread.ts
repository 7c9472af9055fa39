import { Worker } from 'node:worker_threads';
import type { TimerClock } from '#domain/clock.ts';
import { threadTally } from '#main/telemetry/thread-tally.ts';
import { faultSentence } from './fault-place.ts';
import type { LoadingTurns } from './loading-turns.ts';
import { CALLBACKS, type FromThread, type Question, type ThreadBirth } from './messages.ts';
import { STRATEGY_WORKER_ENTRY } from './strategy-worker-entry.ts';
import { glimpseOf } from './thread-place.ts';

export interface ThreadLimits {
  /** How long one answer may take, of the machine's time. */
  readonly answerMs: number;
  /** Loading is allowed more, from its turn on: the thread has to come up first. */
  readonly loadMs: number;
  readonly memoryMb: number;
}

export const USUAL_LIMITS: ThreadLimits = { answerMs: 5_000, loadMs: 15_000, memoryMb: 96 };
const YOUNG_MEMORY_MB = 16;
/** Before it is ended: on a busy machine it takes a while until it can be told where it stands. */
const LAST_LOOK_MS = 3_000;
const BYTES_A_MB = 1_048_576;
const ALMOST_ALL = 0.75;
/** An answer that takes longer is weighed, so often. */
const WEIGH_EVERY_MS = 20;
/** V8 lets so much of given-up arrays pile up before it looks for them. */
const GIVEN_UP_ARRAYS_MB = 64;

export interface ThreadSurroundings {
  /** The machine's, also in a replay. */
  readonly clock: TimerClock;
  readonly limits: ThreadLimits;
}

interface ThreadOptions extends ThreadSurroundings {
  readonly turns: LoadingTurns;
  readonly onEnd: () => void;
}

type Birth = Omit<ThreadBirth, 'callback' | 'memoryMb'>;
type Awaited = Exclude<FromThread, { kind: 'fault' | 'ready' }>;

/**
 * One thread with a user's module, seen from the main one. It is asked one thing at a time; where it
 * does not answer in time, needs too much memory or fails, it is ended, and whoever waits is told why
 * and where in the user's file.
 */
export class StrategyThread {
  readonly #birth: Birth;
  readonly #options: ThreadOptions;
  readonly #leaveTurn: () => void;
  readonly #callback = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  /** Null until it is its turn to come up. */
  #worker: Worker | null = null;
  /** What it was asked before that. */
  #asked: Question | null = null;
  #waiting: PromiseWithResolvers<Awaited> | null = null;
  #stopWatching: (() => void) | null = null;
  #stopWeighing: (() => void) | null = null;
  #lastPlace: string | null = null;
  #end: Error | null = null;
  #isReady = false;
  /** When it was looked at, it had almost no memory left. */
  #isFull = false;

  constructor(birth: Birth, options: ThreadOptions) {
    this.#birth = birth;
    this.#options = options;
    this.#leaveTurn = options.turns.take(() => this.#comeUp());
  }

  /** What it says of itself: once, of a thread that was born for nothing else. */
  manifest(): Promise<Extract<FromThread, { kind: 'manifest' }>> {
    return this.#wait('manifest');
  }

  ask(question: Question): Promise<Extract<FromThread, { kind: 'answer' }>> {
    if (!this.#worker) this.#asked = question;
    else if (!this.#end) this.#worker.postMessage(question);
    return this.#wait('answer');
  }

  dispose(): void {
    this.#over(new Error('The strategy was stopped'));
  }

  async #wait<K extends Awaited['kind']>(kind: K): Promise<Extract<Awaited, { kind: K }>> {
    if (this.#end) throw this.#end;
    this.#waiting = Promise.withResolvers();
    if (this.#worker) this.#watch();
    const message = await this.#waiting.promise;
    if (message.kind !== kind) throw new Error(`The strategy’s thread sent ${message.kind}`);
    return message as Extract<Awaited, { kind: K }>;
  }

  #comeUp(): void {
    const { memoryMb } = this.#options.limits;
    const workerData: ThreadBirth = { ...this.#birth, memoryMb, callback: this.#callback };
    const worker = new Worker(STRATEGY_WORKER_ENTRY, {
      workerData,
      // What it prints is nobody's: a module logs by its bot.
      ...{ stdout: true, stderr: true, env: {} },
      resourceLimits: {
        maxOldGenerationSizeMb: memoryMb,
        maxYoungGenerationSizeMb: YOUNG_MEMORY_MB,
      },
    });
    this.#worker = worker;
    threadTally.watch('strategy', worker);
    worker.unref();
    worker.stdout.resume();
    worker.stderr.resume();
    worker.on('message', (message: FromThread) => this.#onMessage(message));
    worker.on('error', (error: NodeJS.ErrnoException) => this.#onError(error));
    worker.on('exit', () => this.#over(new Error('The strategy’s thread has ended')));
    if (this.#asked) worker.postMessage(this.#asked);
    if (this.#waiting) this.#watch();
  }

  #watch(): void {
    const { clock, limits } = this.#options;
    const limitMs = this.#isReady ? limits.answerMs : limits.loadMs;
    this.#lastPlace = null;
    this.#stopWatching = clock.setTimeout(
      () => void this.#giveUp(`took longer than ${limitMs / 1_000} s`),
      limitMs,
    );
    this.#weighLater();
  }

  #weighLater(): void {
    this.#stopWeighing?.();
    const { clock } = this.#options;
    this.#stopWeighing = clock.setTimeout(() => void this.#weigh(), WEIGH_EVERY_MS);
  }

  /** The limits of the thread itself are of V8's heap, and arrays of numbers lie outside of it. */
  async #weigh(): Promise<void> {
    const late = this.#waiting;
    const { memoryMb } = this.#options.limits;
    // A thread that is coming up or ending has nothing to tell.
    const heap = await this.#worker?.getHeapStatistics().catch(() => null);
    if (this.#waiting !== late || late === null) return;
    const mostBytes = (memoryMb + GIVEN_UP_ARRAYS_MB) * BYTES_A_MB;
    if ((heap?.external_memory ?? 0) > mostBytes) await this.#giveUp(this.#memorySentence());
    else this.#weighLater();
  }

  #rest(): void {
    this.#stopWatching?.();
    this.#stopWeighing?.();
  }

  /** Only of a thread that is late: one that is looked at as its memory runs out does not end by it. */
  async #look(patienceMs?: number): Promise<void> {
    // While it comes up there is nothing of the user's to be seen.
    if (!this.#worker || Atomics.load(this.#callback, 0) === 0) return;
    const glimpse = await glimpseOf(this.#worker, this.#birth.folder, patienceMs);
    this.#lastPlace = glimpse?.place ?? this.#lastPlace;
    const { memoryMb } = this.#options.limits;
    this.#isFull = (glimpse?.heapBytes ?? 0) > ALMOST_ALL * memoryMb * BYTES_A_MB;
  }

  async #giveUp(what: string): Promise<void> {
    const late = this.#waiting;
    await this.#look(LAST_LOOK_MS);
    // The answer came while it was looked at.
    if (this.#waiting !== late) return;
    this.#overIn(this.#isFull ? this.#memorySentence() : what);
  }

  #onMessage(message: FromThread): void {
    if (message.kind === 'fault') {
      this.#over(new Error(faultSentence(message.fault)));
      return;
    }
    this.#rest();
    this.#leaveTurn();
    if (message.kind === 'ready') {
      this.#isReady = true;
      if (this.#waiting) this.#watch();
      return;
    }
    this.#waiting?.resolve(message);
    this.#waiting = null;
  }

  #onError(error: NodeJS.ErrnoException): void {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') this.#overIn(this.#memorySentence());
    else this.#over(error);
  }

  #memorySentence(): string {
    return `needed more than ${this.#options.limits.memoryMb} MB of memory`;
  }

  /** What the callback that runs has done wrong. */
  #overIn(what: string): void {
    const message = `${this.#callbackName()} ${what}`;
    this.#over(new Error(faultSentence({ message, at: this.#placeNow() })));
  }

  #over(why: Error): void {
    if (this.#end) return;
    this.#end = why;
    this.#rest();
    this.#waiting?.reject(why);
    this.#waiting = null;
    this.#leaveTurn();
    void this.#worker?.terminate();
    this.#options.onEnd();
  }

  #callbackName(): string {
    const name = CALLBACKS[Atomics.load(this.#callback, 0)] ?? null;
    if (name === null) return 'The strategy';
    return name === 'module' ? 'Loading the module' : name;
  }

  /** Where it was seen last, else where the callback begins. */
  #placeNow(): string | null {
    if (this.#lastPlace !== null) return this.#lastPlace;
    const name = CALLBACKS[Atomics.load(this.#callback, 0)];
    const { file, sources } = this.#birth;
    const lines = sources?.[file]?.split('\n') ?? [];
    const line = lines.findIndex((text) => new RegExp(`\\b${name}\\b\\s*[:(=]`).test(text)) + 1;
    return line === 0 ? null : `${file.slice(file.lastIndexOf('/') + 1)}:${line}`;
  }
}
