import { type Result, succeed } from '#contract/errors.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Feed, FeedEnd, FeedSink } from '../feed.ts';
import { DemoHistory } from './demo-history.ts';
import { DEMO_EXCHANGE, DEMO_INSTRUMENTS } from './demo-instruments.ts';
import { DemoMarket, type TimedEvent } from './demo-market.ts';

const WAKE_MS = 50;
/** After a longer sleep of the machine the missed stretch is a gap, not a burst of old news. */
const MOST_CATCH_UP_MS = 5_000;

/** The demo exchange: offline, deterministic, alive from the first moment. */
export class DemoFeed implements Feed {
  readonly exchange = DEMO_EXCHANGE;
  readonly #clock: TimerClock;
  readonly #seed: number;
  readonly #histories: ReadonlyMap<InstrumentId, DemoHistory>;

  constructor(seed: number, clock: TimerClock) {
    this.#clock = clock;
    this.#seed = seed;
    this.#histories = new Map(
      DEMO_INSTRUMENTS.map((spec) => [
        spec.instrument.id,
        new DemoHistory(seed, new DemoMarket(seed, spec)),
      ]),
    );
  }

  async instruments(): Promise<Result<readonly Instrument[]>> {
    return succeed(DEMO_INSTRUMENTS.map(({ instrument }) => instrument));
  }

  async history(
    id: InstrumentId,
    interval: CandleInterval,
    fromTime: EpochMs,
    toTime: EpochMs,
  ): Promise<readonly Candle[]> {
    const history = this.#histories.get(id);
    return history ? history.candles(interval, fromTime, toTime, this.#clock.now()) : [];
  }

  run(sink: FeedSink, signal: AbortSignal): Promise<FeedEnd> {
    if (signal.aborted) return Promise.resolve({ kind: 'aborted' });
    const session = new DemoSession(this.#seed, this.#clock, sink);
    return new Promise((resolve) => {
      session.open();
      const stop = this.#clock.setInterval(() => session.advance(), WAKE_MS);
      signal.addEventListener(
        'abort',
        () => {
          stop();
          resolve({ kind: 'aborted' });
        },
        { once: true },
      );
    });
  }
}

/** One connection to the demo exchange: remembers up to when everything was told. */
class DemoSession {
  readonly #clock: TimerClock;
  readonly #sink: FeedSink;
  readonly #markets: readonly DemoMarket[];
  #toldUntil: EpochMs;

  constructor(seed: number, clock: TimerClock, sink: FeedSink) {
    this.#clock = clock;
    this.#sink = sink;
    this.#markets = DEMO_INSTRUMENTS.map((spec) => new DemoMarket(seed, spec));
    this.#toldUntil = clock.now();
  }

  open(): void {
    const now = this.#clock.now();
    this.#toldUntil = now;
    this.#sink.onState({ kind: 'live' });
    this.#tell(this.#markets.flatMap((market) => market.opening(now, now)));
  }

  /** Tells what happened since the last time. A clock set back makes it wait, never repeat itself. */
  advance(): void {
    const now = this.#clock.now();
    const from = this.#toldUntil;
    if (now <= from) return;
    if (now - from > MOST_CATCH_UP_MS) {
      this.#skip(from, now);
      return;
    }
    this.#toldUntil = now;
    this.#tell(this.#markets.flatMap((market) => market.eventsBetween(from, now, now)));
  }

  #skip(fromTime: EpochMs, toTime: EpochMs): void {
    const reason = 'the machine was asleep or too busy';
    this.#sink.onEvents(
      this.#markets.map(({ spec }): MarketEvent => {
        return { kind: 'gap', instrumentId: spec.instrument.id, fromTime, toTime, reason };
      }),
    );
    this.open();
  }

  /** Merges the instruments by time; the sort is stable, so ties keep the instruments' order. */
  #tell(events: TimedEvent[]): void {
    if (events.length === 0) return;
    events.sort((a, b) => a.time - b.time);
    this.#sink.onEvents(events.map(({ event }) => event));
  }
}
