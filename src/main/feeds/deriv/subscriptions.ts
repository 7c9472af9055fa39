import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import type { FeedSink } from '../feed.ts';
import type { Answer, DerivConnection } from './connection.ts';
import type { DerivFailure } from './failures.ts';
import type { DerivOffer } from './messages.ts';
import { OpeningTimes } from './opening-times.ts';
import { listingsReader } from './parse.ts';
import type { SubscribedMarket } from './subscribed-market.ts';

/** A market that is silent for so long may have closed: before it would be called stale. */
const SILENT_MS = 8_000;
/** While that goes on it is asked about again, but not for each hesitation of a slow market. */
const ASK_AGAIN_MS = 30_000;
const ASK_AT_MOST_EVERY_MS = 10_000;

const acceptAny = () => ({ ok: true, value: null }) as const;

export interface SubscriptionsOptions {
  readonly connection: Pick<DerivConnection, 'request'>;
  readonly markets: readonly SubscribedMarket[];
  readonly sink: FeedSink;
  readonly clock: TimerClock;
  /** Aborted: nothing is told any more. */
  readonly signal: AbortSignal;
  /** Deriv refuses what the connection cannot do without. */
  readonly onRefused: (failure: DerivFailure) => void;
  /** Takes over what nobody waits for. */
  readonly inBackground: (work: Promise<void>) => void;
}

/** Which markets are open, and the subscriptions to those that are. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  readonly #openingTimes: OpeningTimes;
  #isAsking = false;
  #askedTime: EpochMs;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
    this.#openingTimes = new OpeningTimes(options.connection);
    this.#askedTime = options.clock.now();
  }

  /** Resolves when Deriv has said of each market what becomes of it. */
  async start(): Promise<void> {
    const { signal, onRefused } = this.#options;
    const offer = await this.#askOffer();
    if (signal.aborted) return;
    if (offer.ok) await this.#apply(offer.value, () => true);
    else onRefused(offer.error);
  }

  /** Looks for markets that may have closed or opened, where it is time to. */
  async check(): Promise<void> {
    if (this.#isDue()) await this.#ask((market) => this.#isSilent(market));
  }

  /** Deriv says that one of them has closed, not which. */
  async recheck(): Promise<void> {
    await this.#ask(() => true);
  }

  /** It ticks, or Deriv says that it may. */
  reopen(market: SubscribedMarket): void {
    if (market.isOpen) return;
    market.isOpen = true;
    market.closedTime = null;
    market.heardTime = this.#options.clock.now();
    this.#options.sink.onMarketHours(market.id, { isOpen: true });
  }

  /** At the beginning of a silence, then now and then. */
  #isDue(): boolean {
    // A closed market must not wait for a clock that was set back.
    const sinceAskedMs = Math.abs(this.#options.clock.now() - this.#askedTime);
    if (sinceAskedMs < ASK_AT_MOST_EVERY_MS) return false;
    const isAgain = sinceAskedMs >= ASK_AGAIN_MS;
    return this.#options.markets.some(
      (market) =>
        (market.isOpen === false && isAgain) ||
        (this.#isSilent(market) && (isAgain || market.heardTime >= this.#askedTime)),
    );
  }

  #isSilent({ heardTime }: SubscribedMarket): boolean {
    return this.#options.clock.now() - heardTime >= SILENT_MS;
  }

  async #ask(mayClose: (market: SubscribedMarket) => boolean): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#askedTime = this.#options.clock.now();
    const offer = await this.#askOffer();
    this.#isAsking = false;
    if (offer.ok && !this.#options.signal.aborted) await this.#apply(offer.value, mayClose);
  }

  #askOffer(): Promise<Answer<DerivOffer>> {
    const { connection, markets } = this.#options;
    const wanted = new Set(markets.map(({ symbol }) => symbol));
    return connection.request({ active_symbols: 'brief' }, listingsReader(wanted));
  }

  /** A market that still ticks is open, whatever the list says. */
  async #apply(
    { listings }: DerivOffer,
    mayClose: (market: SubscribedMarket) => boolean,
  ): Promise<void> {
    const applied = this.#options.markets.map(async (market) => {
      const listing = listings.get(market.symbol);
      if (!listing) this.#reject(market, 'Deriv does not list it.');
      else if (!listing.isOpen) {
        if (mayClose(market)) this.#close(market);
      } else if (!market.isSubscribed || market.isOpen === false) {
        // Whether a subscription outlives the close is not documented: asking again is harmless.
        await this.#subscribe(market);
      } else this.reopen(market);
    });
    await Promise.all(applied);
  }

  async #subscribe(market: SubscribedMarket): Promise<void> {
    const { connection, signal, onRefused } = this.#options;
    const { closedTime } = market;
    market.isSubscribed = true;
    const answer = await connection.request({ ticks: market.symbol, subscribe: 1 }, acceptAny);
    if (signal.aborted) return;
    if (answer.ok || answer.error.kind === 'alreadySubscribed') {
      this.reopen(market);
      if (answer.ok && closedTime !== null) this.#tellLateOpening(market, closedTime);
      return;
    }
    market.isSubscribed = false;
    const { kind, failure } = answer.error;
    if (kind === 'marketClosed') this.#close(market);
    else if (kind === 'unknownSymbol') this.#reject(market, failure.message);
    else onRefused(answer.error);
  }

  /** It opened some time since it was last known to be closed: its first ticks may be missing. */
  #tellLateOpening({ id }: SubscribedMarket, fromTime: EpochMs): void {
    const toTime = this.#options.clock.now();
    if (toTime <= fromTime) return;
    const reason = 'the market opened before it was asked about again';
    this.#options.sink.onEvents([{ kind: 'gap', instrumentId: id, fromTime, toTime, reason }]);
  }

  /** Says at once that it is closed, and until when as soon as that is known. */
  #close(market: SubscribedMarket): void {
    const { sink, clock, inBackground } = this.#options;
    market.closedTime = clock.now();
    if (market.isOpen === false) return;
    market.isOpen = false;
    sink.onMarketHours(market.id, { isOpen: false, untilTime: null });
    inBackground(this.#tellOpening(market));
  }

  async #tellOpening(market: SubscribedMarket): Promise<void> {
    const { sink, clock, signal } = this.#options;
    const untilTime = await this.#openingTimes.next(market.symbol, clock.now());
    if (untilTime === null || signal.aborted || market.isOpen) return;
    sink.onMarketHours(market.id, { isOpen: false, untilTime });
  }

  /** Once a connection: the other markets go on without it. */
  #reject(market: SubscribedMarket, reason: string): void {
    if (market.isRefused) return;
    market.isRefused = true;
    this.#options.sink.onRejected({ line: null, reason: `${market.symbol}: ${reason}` });
  }
}
