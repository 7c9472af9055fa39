import { type Result, succeed } from '#contract/errors.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Feed, FeedEnd, FeedSink } from '#main/feeds/feed.ts';
import { SeededRandom } from '../../../fuzz/random.ts';
import { BusyInstrument } from './busy-instrument.ts';

export interface BusyFeedOptions {
  readonly clock: TimerClock;
  readonly instrumentCount: number;
  /** Over all instruments. */
  readonly tradesPerSecond: number;
  readonly seed: number;
}

const WAKE_MS = 4;
/** As often as Binance's books do. */
const BOOK_PERIOD_MS = 100;
/** After a longer pause (the process was stopped) it goes on from now. */
const MOST_BEHIND_MS = 5_000;
/** Told in one turn of the event loop: whoever is late must not be held up for long as well. */
const MOST_AT_ONCE = 100;

/**
 * An invented market at a constant rate, whatever the monitor does: what it is late for it gets at
 * once, stamped with the time at which it was due, so that whoever cannot keep up shows it. Trades
 * fall to instruments at random; each book moves ten times a second.
 */
export class BusyFeed implements Feed {
  readonly exchange = 'demo';
  readonly #options: BusyFeedOptions;
  readonly #instruments: readonly BusyInstrument[];

  constructor(options: BusyFeedOptions) {
    this.#options = options;
    this.#instruments = Array.from(
      { length: options.instrumentCount },
      (_, index) => new BusyInstrument(index, new SeededRandom(options.seed + index)),
    );
  }

  async instruments(): Promise<Result<readonly Instrument[]>> {
    return succeed(this.#instruments.map(({ instrument }) => instrument));
  }

  async history(
    id: InstrumentId,
    interval: CandleInterval,
    fromTime: EpochMs,
    toTime: EpochMs,
  ): Promise<readonly Candle[]> {
    if (interval !== '1m') return [];
    const found = this.#instruments.find(({ instrument }) => instrument.id === id);
    return found?.minutes(fromTime, toTime) ?? [];
  }

  run(sink: FeedSink, signal: AbortSignal): Promise<FeedEnd> {
    const { clock } = this.#options;
    const run = new BusyRun(this.#options, this.#instruments, sink);
    sink.onState({ kind: 'live' });
    sink.onEvents(run.opening());
    return new Promise((resolve) => {
      let cancel: () => void = () => undefined;
      const turn = () => {
        const isBehind = run.advance();
        cancel = clock.setTimeout(turn, isBehind ? 0 : WAKE_MS);
      };
      turn();
      signal.addEventListener('abort', () => {
        cancel();
        resolve({ kind: 'aborted' });
      });
    });
  }
}

/** One connection: what is due since the last time, in the order of time. */
class BusyRun {
  readonly #options: BusyFeedOptions;
  readonly #instruments: readonly BusyInstrument[];
  readonly #sink: FeedSink;
  readonly #random: SeededRandom;
  /** When the next step of any book is due, and whose: they take turns. */
  #bookTime: number;
  #bookTurn = 0;
  #tradeTime: number;

  constructor(options: BusyFeedOptions, instruments: readonly BusyInstrument[], sink: FeedSink) {
    this.#options = options;
    this.#instruments = instruments;
    this.#sink = sink;
    this.#random = new SeededRandom(options.seed);
    this.#bookTime = options.clock.now();
    this.#tradeTime = options.clock.now();
  }

  opening(): MarketEvent[] {
    const now = this.#options.clock.now();
    return this.#instruments.flatMap((one) => one.opening(now));
  }

  /** True where more is due than was told. */
  advance(): boolean {
    const now = this.#options.clock.now();
    if (now - this.#tradeTime > MOST_BEHIND_MS) this.#tradeTime = this.#bookTime = now;
    const events: MarketEvent[] = [];
    const isDue = () => Math.min(this.#tradeTime, this.#bookTime) <= now;
    while (isDue() && events.length < MOST_AT_ONCE) {
      if (this.#tradeTime <= this.#bookTime) events.push(this.#nextTrade(now));
      else events.push(...this.#nextStep());
    }
    if (events.length > 0) this.#sink.onEvents(events);
    return isDue();
  }

  #nextTrade(now: EpochMs): MarketEvent {
    const dueTime = Math.floor(this.#tradeTime) as EpochMs;
    this.#tradeTime += 1_000 / this.#options.tradesPerSecond;
    return this.#random.pick(this.#instruments).trade(dueTime, now);
  }

  #nextStep(): MarketEvent[] {
    const dueTime = Math.floor(this.#bookTime) as EpochMs;
    this.#bookTime += BOOK_PERIOD_MS / this.#instruments.length;
    const turn = this.#bookTurn++ % this.#instruments.length;
    return this.#instruments[turn]?.step(dueTime) ?? [];
  }
}
