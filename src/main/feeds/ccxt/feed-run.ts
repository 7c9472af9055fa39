import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TimerClock } from '#domain/clock.ts';
import type { FeedState } from '#domain/feed.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { backoffMs } from '../backoff.ts';
import type { ClockSample, FeedEnd, Rejection } from '../feed.ts';
import { sleep } from '../sleep.ts';
import { type BookGuard, bookGuardOf, type Hole } from './book-guard.ts';
import { BookStream, UnsoundBook } from './book-stream.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';
import { sampleClock } from './clock-sampling.ts';
import type { ExchangeHouse } from './exchange-house.ts';
import { traitsOf } from './exchange-traits.ts';
import { krakenHole } from './kraken-checksum.ts';
import { closeExchange } from './open-exchange.ts';
import { Outbox } from './outbox.ts';
import { watchSockets } from './socket-watch.ts';
import type { Stream, StreamHost } from './stream.ts';
import { streamsOf } from './streams-of.ts';
import type { Trouble } from './trouble.ts';

const RESUBSCRIBE_MS = 5_000;
/** Between looks at a stream that gives an old error again. */
const REPEATED_ERROR_MS = 50;
const MOST_REJECTED_TEXT = 200;

interface RunTold {
  readonly events: (events: readonly MarketEvent[]) => void;
  readonly state: (state: FeedState) => void;
  readonly rejected: (rejection: Rejection) => void;
  readonly clockSample: (sample: ClockSample) => void;
}

export interface FeedRunOptions {
  readonly house: ExchangeHouse;
  readonly symbols: readonly string[];
  readonly clock: TimerClock;
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number;
  readonly told: RunTold;
}

/**
 * One connection to an exchange, from dialling to its end. It ends at the first socket that breaks:
 * the supervisor begins another one, and its backoff is the only one (each run has a fresh instance
 * of ccxt, whose own backoff is then at zero).
 */
export class FeedRun {
  readonly #options: FeedRunOptions;
  readonly #outbox: Outbox;
  readonly #over = new AbortController();
  readonly #books: BookStream[] = [];
  #end: FeedEnd = { kind: 'aborted' };
  #running = 0;

  constructor(options: FeedRunOptions) {
    this.#options = options;
    this.#outbox = new Outbox({
      clock: options.clock,
      send: options.told.events,
      onOverflow: () => {
        for (const book of this.#books) book.forget();
      },
    });
  }

  onTaken(): void {
    this.#outbox.onTaken();
  }

  /** Resolves when it is over, however that came. */
  async run(signal: AbortSignal): Promise<FeedEnd> {
    const abort = () => this.#finish({ kind: 'aborted' });
    if (signal.aborted) return { kind: 'aborted' };
    signal.addEventListener('abort', abort, { once: true });
    try {
      await this.#waitUntilWanted();
      if (!this.#over.signal.aborted) await this.#connect();
      return this.#end;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#outbox.dispose();
    }
  }

  /** An exchange that asked to be left alone is, and the user is told until when. */
  async #waitUntilWanted(): Promise<void> {
    const { house, clock, told } = this.#options;
    const until = house.notBefore;
    if (until === null) return;
    const reason = `${house.name} asks to slow down.`;
    told.state({ kind: 'disconnected', reason, nextTryTime: until });
    await sleep(clock, until - clock.now(), this.#over.signal);
    told.state({ kind: 'connecting', attempt: 1, nextTryTime: null });
  }

  async #connect(): Promise<void> {
    const opened = await this.#options.house.openForRun();
    if (this.#over.signal.aborted) return;
    if (!opened.ok) {
      this.#finish({ kind: 'failed', failure: opened.error, isFinal: false });
      return;
    }
    const exchange = opened.value;
    const host = this.#hostOf(exchange);
    const stopWatching = this.#watch(exchange);
    const { house, clock, told, symbols } = this.#options;
    const stopSampling = sampleClock(house, clock, told.clockSample);
    const stopCounting = house.refusedAnswers.listen(symbols, (reason) => this.#reject(reason));
    keepAwake(exchange, traitsOf(house.exchange).heartbeatChannel);
    for (const stream of symbols.flatMap((symbol) => streamsOf(host, symbol))) {
      if (stream instanceof BookStream) this.#books.push(stream);
      this.#start(host, stream);
    }
    try {
      await over(this.#over.signal);
    } finally {
      stopWatching();
      stopSampling();
      stopCounting();
      await closeExchange(exchange);
    }
  }

  #hostOf(exchange: CcxtExchange): StreamHost {
    const { house, clock } = this.#options;
    return {
      ...{ house, exchange, clock },
      tell: (event) => {
        if (!this.#over.signal.aborted) this.#outbox.push(event);
      },
      reject: (reason) => this.#reject(reason),
    };
  }

  #watch(exchange: CcxtExchange): () => void {
    const { house, clock, told } = this.#options;
    const guards = new Map<string, BookGuard | undefined>();
    return watchSockets(exchange, {
      clock,
      onAlive: () => told.state({ kind: 'live' }),
      onFrame: (frame, url) => {
        if (isBrokenJson(frame)) {
          this.#reject(`a frame is not valid JSON: ${frame.slice(0, MOST_REJECTED_TEXT)}`);
          return false;
        }
        if (!guards.has(url)) guards.set(url, bookGuardOf(house.exchange));
        const verdict = guards.get(url)?.(frame);
        if (verdict?.hole) this.#spoil(exchange, verdict.hole);
        return verdict?.isGood ?? true;
      },
      onTaken: (frame) => {
        const hole = house.exchange === 'kraken' ? krakenHole(frame, exchange) : null;
        if (hole) this.#spoil(exchange, hole);
      },
      onUnreadable: (error) => {
        const { message } = house.understand(error, exchange).failure;
        this.#reject(message);
        // It may have stumbled in the midst of a book; of Binance's it would have said so itself.
        if (!traitsOf(house.exchange).resubscribesBooks) {
          this.#spoil(exchange, { marketId: null, reason: message });
        }
      },
      onBroken: (error) => this.#fail(house.understand(error, exchange)),
    });
  }

  #spoil(exchange: CcxtExchange, { marketId, reason }: Hole): void {
    for (const book of this.#books) {
      const isMeant = marketId === null || exchange.market(book.symbol).id === marketId;
      if (isMeant) book.spoil(reason);
    }
  }

  #start(host: StreamHost, stream: Stream): void {
    this.#running++;
    void this.#drain(host, stream).finally(() => {
      this.#running--;
      if (this.#running > 0 || this.#over.signal.aborted) return;
      const message = `${host.house.name} offers nothing of ${this.#options.symbols.join(', ')}.`;
      this.#finish({ kind: 'failed', failure: { code: 'unavailable', message }, isFinal: true });
    });
  }

  /** Takes what comes, as fast as it comes: a loop that pauses loses trades in silence. */
  async #drain(host: StreamHost, stream: Stream): Promise<void> {
    let failures = 0;
    let lastError: unknown;
    while (!this.#over.signal.aborted) {
      try {
        await stream.next();
        failures = 0;
      } catch (error) {
        // The socket's own end may be told in the same turn; it says more than its consequences.
        await nextTurn();
        if (this.#over.signal.aborted) return;
        // ccxt keeps an error that came while nobody waited, and gives it until there is news.
        if (error === lastError) {
          await sleep(this.#options.clock, REPEATED_ERROR_MS, this.#over.signal);
          continue;
        }
        lastError = error;
        failures++;
        if (!(await this.#goOn(host, stream, { error, failures }))) return;
      }
    }
  }

  /** Whether the stream is watched on. */
  async #goOn(
    host: StreamHost,
    stream: Stream,
    { error, failures }: { readonly error: unknown; readonly failures: number },
  ): Promise<boolean> {
    const { house, clock, random } = this.#options;
    const trouble = house.understand(error, host.exchange);
    const reason = error instanceof UnsoundBook ? error.message : trouble.failure.message;
    stream.lose(reason);
    switch (trouble.kind) {
      case 'geoBlocked':
        this.#fail(trouble);
        return false;
      case 'notOffered':
        this.#reject(`${stream.symbol} has no ${stream.name} here: ${reason}`);
        return false;
      case 'unreadable':
        this.#reject(reason);
        break;
      case 'badBook':
      case 'network':
      case 'rateLimited':
        break;
    }
    if (stream.name === 'book') await this.#resubscribe(host, stream.symbol, trouble);
    const wanted = (house.notBefore ?? clock.now()) - clock.now();
    const pause = failures === 1 ? 0 : backoffMs(failures - 1, random);
    await sleep(clock, Math.max(wanted, pause), this.#over.signal);
    return !this.#over.signal.aborted;
  }

  /** A book that was thrown away is had again only by a new subscription. */
  async #resubscribe(host: StreamHost, symbol: string, { kind }: Trouble): Promise<void> {
    const { exchange, house } = host;
    if (kind === 'network' || kind === 'rateLimited') return;
    if (kind === 'badBook' && traitsOf(house.exchange).resubscribesBooks) return;
    if (exchange.has['unWatchOrderBook']) {
      // Some exchanges have a channel for each depth: the one to leave is the one that was asked for.
      const limit = traitsOf(house.exchange).bookLimit;
      const isDone = await Promise.race([
        exchange.unWatchOrderBook(symbol, limit === undefined ? {} : { limit }).then(
          () => true,
          () => false,
        ),
        sleep(this.#options.clock, RESUBSCRIBE_MS, this.#over.signal).then(() => false),
      ]);
      if (isDone || this.#over.signal.aborted) return;
    }
    const message = `${house.name} gives the book of ${symbol} anew only to a new connection.`;
    this.#finish({ kind: 'failed', failure: { code: 'unavailable', message }, isFinal: false });
  }

  #reject(reason: string): void {
    if (!this.#over.signal.aborted) this.#options.told.rejected({ line: null, reason });
  }

  #fail({ failure }: Trouble): void {
    this.#finish({ kind: 'failed', failure, isFinal: false });
  }

  /** The first word holds. */
  #finish(end: FeedEnd): void {
    if (this.#over.signal.aborted) return;
    this.#end = end;
    this.#over.abort();
  }
}

/** Its frames are no news: nobody waits for them. */
function keepAwake(exchange: CcxtExchange, channel: string | undefined): void {
  const subscribe: unknown = channel && Reflect.get(exchange, 'subscribe');
  if (typeof subscribe !== 'function') return;
  const isPrivate = false;
  // It ends as the connection does, which is told there.
  Promise.resolve(subscribe.call(exchange, channel, isPrivate)).catch(() => undefined);
}

const over = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** ccxt hands on as text what it could not parse; some exchanges send words such as `pong`. */
const isBrokenJson = (frame: unknown): frame is string =>
  typeof frame === 'string' && /^\s*[[{]/.test(frame);
