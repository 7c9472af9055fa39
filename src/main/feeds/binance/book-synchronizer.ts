import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { BinanceDepth, BinanceDepthSnapshot } from './messages.ts';

interface Received<T> {
  readonly message: T;
  readonly receivedTime: EpochMs;
}

/** About eight minutes of 100 ms deltas: a snapshot that takes longer than this is not coming. */
const MOST_BUFFERED = 5_000;

/**
 * Rule F4 for Binance: joins the REST snapshot with the stream of deltas, and watches that none is
 * missing. While there is no book deltas are buffered; a gap throws the book away and says so.
 *
 * https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams#how-to-manage-a-local-order-book-correctly
 */
export class BookSynchronizer {
  readonly #instrumentId: InstrumentId;
  /** The last update id that the book contains; null while there is no book. */
  #sequence: number | null = null;
  /** Futures: the first delta after a snapshot straddles it, only later ones name their predecessor. */
  #isStraddling = false;
  #buffer: Received<BinanceDepth>[] = [];

  constructor(instrumentId: InstrumentId) {
    this.#instrumentId = instrumentId;
  }

  onDelta(message: BinanceDepth, receivedTime: EpochMs): readonly MarketEvent[] {
    const received = { message, receivedTime };
    if (this.#sequence === null) {
      this.#hold(received);
      return [];
    }
    if (this.#isStale(message, this.#sequence)) return [];
    if (this.#follows(message, this.#sequence)) return [this.#apply(received)];
    const reason = `depth updates between ${this.#sequence} and ${message.firstUpdateId} are missing`;
    return this.#lose(reason, received);
  }

  /** A snapshot while the book is whole tells nothing new. */
  onSnapshot(message: BinanceDepthSnapshot, receivedTime: EpochMs): readonly MarketEvent[] {
    if (this.#sequence !== null) return [];
    const local = message.lastUpdateId;
    this.#isStraddling = true;
    const pending = this.#buffer.filter((held) => !this.#isStale(held.message, local));
    const first = pending[0];
    if (first && !this.#follows(first.message, local)) {
      const reason = `the depth snapshot (${local}) is older than the first update held (${first.message.firstUpdateId})`;
      return [this.#lost(reason, receivedTime)];
    }
    this.#sequence = local;
    this.#buffer = [];
    return [
      this.#snapshot(message, receivedTime),
      ...pending.flatMap((held) => this.onDelta(held.message, receivedTime)),
    ];
  }

  /** Already contained. The first delta that a futures snapshot accepts may end exactly at it. */
  #isStale(message: BinanceDepth, local: number): boolean {
    const mayEndAtSnapshot = message.previousUpdateId !== null && this.#isStraddling;
    return mayEndAtSnapshot ? message.lastUpdateId < local : message.lastUpdateId <= local;
  }

  /**
   * Futures number updates across symbols, so that ids leave holes and the snapshot's may fall into
   * one: what counts is that the delta before did not end after it.
   */
  #follows(message: BinanceDepth, local: number): boolean {
    if (message.previousUpdateId === null) return message.firstUpdateId <= local + 1;
    return this.#isStraddling
      ? message.previousUpdateId <= local
      : message.previousUpdateId === local;
  }

  #apply({ message, receivedTime }: Received<BinanceDepth>): MarketEvent {
    this.#sequence = message.lastUpdateId;
    this.#isStraddling = false;
    const delta = {
      instrumentId: this.#instrumentId,
      bids: message.bids,
      asks: message.asks,
      sequence: message.lastUpdateId,
      eventTime: message.eventTime,
      receivedTime,
    };
    return { kind: 'bookDelta', delta };
  }

  #snapshot(message: BinanceDepthSnapshot, receivedTime: EpochMs): MarketEvent {
    const snapshot = {
      instrumentId: this.#instrumentId,
      bids: message.bids,
      asks: message.asks,
      sequence: message.lastUpdateId,
      eventTime: message.eventTime,
      receivedTime,
    };
    return { kind: 'bookSnapshot', snapshot };
  }

  #lose(reason: string, next: Received<BinanceDepth>): readonly MarketEvent[] {
    this.#sequence = null;
    this.#hold(next);
    return [this.#lost(reason, next.receivedTime)];
  }

  #lost(reason: string, receivedTime: EpochMs): MarketEvent {
    return { kind: 'bookLost', instrumentId: this.#instrumentId, reason, receivedTime };
  }

  #hold(received: Received<BinanceDepth>): void {
    if (this.#buffer.length === MOST_BUFFERED) this.#buffer.shift();
    this.#buffer.push(received);
  }
}
