import type { Failure } from '#contract/errors.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import type { FeedEnd, FeedSink } from '../feed.ts';
import type { DerivConnection } from './connection.ts';
import { failureOf } from './failures.ts';
import { Heartbeat } from './heartbeat.ts';
import type { DerivEnvelope, DerivError } from './messages.ts';
import { readTick } from './parse.ts';
import { sampleClock } from './server-clock.ts';
import { eventsOf, type SubscribedMarket } from './subscribed-market.ts';
import { Subscriptions } from './subscriptions.ts';

const BEAT_MS = 1_000;
const CLOCK_EVERY_MS = 60_000;

export interface SessionOptions {
  readonly connection: DerivConnection;
  readonly markets: readonly SubscribedMarket[];
  readonly sink: FeedSink;
  readonly clock: TimerClock;
}

/** One connection's life: from the first question to its end, and what it says between. */
export class DerivSession {
  readonly #connection: DerivConnection;
  readonly #markets: ReadonlyMap<string, SubscribedMarket>;
  readonly #subscriptions: Subscriptions;
  readonly #heartbeat: Heartbeat;
  readonly #sink: FeedSink;
  readonly #clock: TimerClock;
  readonly #ending = Promise.withResolvers<FeedEnd>();
  readonly #abort = new AbortController();
  #isLive = false;
  #sampledTime: EpochMs;

  constructor({ connection, markets, sink, clock }: SessionOptions) {
    this.#connection = connection;
    this.#markets = new Map(markets.map((market) => [market.symbol, market]));
    this.#sink = sink;
    this.#clock = clock;
    this.#heartbeat = new Heartbeat(connection, clock);
    this.#subscriptions = new Subscriptions({
      ...{ connection, markets, sink, clock },
      signal: this.#abort.signal,
      onRefused: ({ failure }) => this.#fail(failure),
      inBackground: (work) => this.#inBackground(work),
    });
    this.#sampledTime = clock.now();
    connection.listen({
      onMessage: (message, isAnswer) => this.#onMessage(message, isAnswer),
      onRejected: (reason) => this.#reject(reason),
    });
  }

  /** Runs until the connection breaks or `signal` aborts; nothing is open after that. */
  async run(signal: AbortSignal): Promise<FeedEnd> {
    const onAbort = () => this.#end({ kind: 'aborted' });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const stopBeating = this.#clock.setInterval(() => this.#beat(), BEAT_MS);
    this.#inBackground(
      this.#connection.ended.then((message) => this.#fail({ code: 'unavailable', message })),
    );
    this.#inBackground(this.#open());
    try {
      return await this.#ending.promise;
    } finally {
      this.#abort.abort();
      stopBeating();
      signal.removeEventListener('abort', onAbort);
      await this.#connection.close(this.#subscriptionIds());
    }
  }

  get #hasEnded(): boolean {
    return this.#abort.signal.aborted;
  }

  async #open(): Promise<void> {
    await this.#subscriptions.start();
    if (this.#hasEnded) return;
    if ([...this.#markets.values()].every(({ isRefused }) => isRefused)) {
      const symbols = [...this.#markets.keys()].join(', ');
      const message = `Deriv offers none of ${symbols} any more.`;
      this.#end({
        kind: 'failed',
        failure: { code: 'unknown_instrument', message },
        isFinal: true,
      });
      return;
    }
    this.#goLive();
    await this.#sampleClock();
  }

  #beat(): void {
    this.#inBackground(this.#listenForSilence());
    this.#inBackground(this.#subscriptions.check());
    const sinceSampled = Math.abs(this.#clock.now() - this.#sampledTime);
    const isSampleDue = sinceSampled >= CLOCK_EVERY_MS;
    if (this.#isLive && isSampleDue) this.#inBackground(this.#sampleClock());
  }

  async #listenForSilence(): Promise<void> {
    if ((await this.#heartbeat.beat()) || this.#hasEnded) return;
    this.#connection.cut();
    const message = 'Deriv has fallen silent: a ping was not answered.';
    this.#fail({ code: 'unavailable', message });
  }

  async #sampleClock(): Promise<void> {
    this.#sampledTime = this.#clock.now();
    const sample = await sampleClock(this.#connection, this.#clock, this.#abort.signal);
    if (sample && !this.#hasEnded) this.#sink.onClockSample(sample);
  }

  #onMessage(message: DerivEnvelope, isAnswer: boolean): void {
    if (this.#hasEnded || message.kind !== 'tick') return;
    if (!message.error) this.#onTick(message);
    else if (!isAnswer) this.#onSubscriptionEnded(message.error);
  }

  #onTick(message: DerivEnvelope): void {
    const parsed = readTick(message.content);
    if (!parsed.ok) {
      this.#reject(parsed.reason);
      return;
    }
    const market = this.#markets.get(parsed.value.symbol);
    if (!market) {
      this.#reject(`tick of ${parsed.value.symbol}, which was not asked for`);
      return;
    }
    market.subscriptionId = message.subscriptionId ?? market.subscriptionId;
    const now = this.#clock.now();
    const events = eventsOf(market, parsed.value, now);
    if (events === 'tooOld') this.#reject(`tick of ${market.symbol} is too old to be placed`);
    if (typeof events === 'string') return;
    market.heardTime = now;
    this.#goLive();
    this.#subscriptions.reopen(market);
    this.#sink.onEvents(events);
  }

  /** Because a market closes, or for a reason that ends the run. */
  #onSubscriptionEnded(error: DerivError): void {
    const { kind, failure } = failureOf(error);
    if (kind === 'marketClosed') this.#inBackground(this.#subscriptions.recheck());
    else this.#fail(failure);
  }

  #goLive(): void {
    if (this.#isLive || this.#hasEnded) return;
    this.#isLive = true;
    this.#sink.onState({ kind: 'live' });
  }

  /** Rule F5. */
  #reject(reason: string): void {
    if (!this.#hasEnded) this.#sink.onRejected({ line: null, reason });
  }

  #subscriptionIds(): string[] {
    return [...this.#markets.values()].flatMap(({ subscriptionId }) => subscriptionId ?? []);
  }

  #fail(failure: Failure): void {
    this.#end({ kind: 'failed', failure, isFinal: false });
  }

  #end(end: FeedEnd): void {
    this.#abort.abort();
    this.#ending.resolve(end);
  }

  /** A bug in what nobody awaits ends the run like one in what is awaited. */
  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#abort.abort();
      this.#ending.reject(error);
    });
  }
}
