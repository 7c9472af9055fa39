import { type Result, succeed } from '#contract/errors.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import { type Instrument, type InstrumentId, instrumentId, symbolOf } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Backfill, Feed, FeedEnd, FeedSink } from '../feed.ts';
import { type Remaining, remainingOf } from '../remaining-instruments.ts';
import { derivAddress } from './address.ts';
import { CallBudget } from './call-budget.ts';
import { type Answer, DerivConnection } from './connection.ts';
import { type Asking, isOffered, pastCandles, pastTicks } from './history.ts';
import { DERIV_EXCHANGE, instrumentsOf } from './instruments.ts';
import { listingsReader } from './parse.ts';
import { QuestionLine, resultOf } from './question-line.ts';
import { DerivSession } from './session.ts';
import { printOf, type SubscribedMarket } from './subscribed-market.ts';
import { TickMemory } from './tick-memory.ts';

export interface DerivFeedOptions {
  /** Deriv's own, as in `R_100`. */
  readonly symbols: readonly string[];
  /** Chooses the dialect, too. */
  readonly url: string;
  readonly clock: TimerClock;
}

/**
 * Deriv's ticks. A tick is a price and no trade: it becomes a print of size 0 whose side is that of the
 * tick rule, and a quote of sizes 0 where it carries bid and ask (docs/adr/0006-deriv-ticks.md).
 */
export class DerivFeed implements Feed {
  readonly exchange = DERIV_EXCHANGE;
  #symbols: readonly string[];
  readonly #address: Result<string>;
  readonly #clock: TimerClock;
  readonly #budget: CallBudget;
  /** They outlive a connection: what was told before it broke is not told again after it. */
  #memories: ReadonlyMap<string, TickMemory>;
  readonly #line: QuestionLine;
  /** The one that runs; questions go over it while there is one. */
  #connection: DerivConnection | null = null;

  constructor({ symbols, url, clock }: DerivFeedOptions) {
    this.#symbols = symbols;
    this.#address = derivAddress(url);
    this.#clock = clock;
    this.#budget = new CallBudget(clock);
    this.#line = new QuestionLine(clock, () => this.#dial());
    this.#memories = new Map(symbols.map((symbol) => [symbol, new TickMemory()]));
  }

  instruments(): Promise<Result<readonly Instrument[]>> {
    return this.#instrumentsOf(this.#symbols);
  }

  async remaining(): Promise<Result<Remaining>> {
    const left = await remainingOf(this.#symbols, (symbols) => this.#instrumentsOf(symbols));
    if (!left.ok) return left;
    this.#symbols = left.value.instruments.map(({ symbol }) => symbol);
    this.#memories = new Map([...this.#memories].filter(([one]) => this.#symbols.includes(one)));
    return left;
  }

  async history(
    id: InstrumentId,
    interval: CandleInterval,
    fromTime: EpochMs,
    toTime: EpochMs,
  ): Promise<readonly Candle[]> {
    if (!isOffered(interval)) return [];
    const candles = await this.#ask(async (asking) => ({
      ok: true,
      value: await pastCandles(asking, symbolOf(id), interval, [fromTime, toTime]),
    }));
    return candles.ok ? candles.value : [];
  }

  /** Without the ticks that came live. Complete where the answer holds those, and was not cut off. */
  async backfill(id: InstrumentId, fromTime: EpochMs, toTime: EpochMs): Promise<Result<Backfill>> {
    const symbol = symbolOf(id);
    const past = await this.#ask((asking) => pastTicks(asking, symbol, fromTime, toTime));
    if (!past.ok) return past;
    const memory = this.#memories.get(symbol) ?? new TickMemory();
    const told = new Set(memory.between(fromTime, toTime).map((tick) => tick.id));
    const ticks = memory.identify(past.value.ticks);
    const found = new Set(ticks.map((tick) => tick.id));
    const receivedTime = this.#clock.now();
    const missed = ticks.filter((tick) => !told.has(tick.id));
    return succeed({
      trades: missed.map((tick) => printOf(id, tick, receivedTime)),
      isComplete: past.value.isWhole && [...told].every((known) => found.has(known)),
    });
  }

  async run(sink: FeedSink, signal: AbortSignal): Promise<FeedEnd> {
    const dialled = await this.#dial(signal);
    if (!dialled.ok) {
      if (signal.aborted) return { kind: 'aborted' };
      return { kind: 'failed', failure: dialled.error, isFinal: !this.#address.ok };
    }
    const connection = dialled.value;
    const session = new DerivSession({
      ...{ connection, sink, clock: this.#clock },
      markets: this.#markets(),
    });
    this.#connection = connection;
    try {
      await this.#line.close();
      return await session.run(signal);
    } finally {
      this.#connection = null;
    }
  }

  async #instrumentsOf(symbols: readonly string[]): Promise<Result<readonly Instrument[]>> {
    const offer = await this.#ask((asking) =>
      asking.request({ active_symbols: 'brief' }, listingsReader(new Set(symbols))),
    );
    return offer.ok ? instrumentsOf(symbols, offer.value) : offer;
  }

  /** Over the running connection, else over one that lives for questions only. */
  async #ask<T>(question: (asking: Asking) => Promise<Answer<T>>): Promise<Result<T>> {
    if (this.#connection) return resultOf(await question(this.#connection));
    return this.#line.ask(question);
  }

  async #dial(signal?: AbortSignal): Promise<Result<DerivConnection>> {
    if (!this.#address.ok) return this.#address;
    const options = { url: this.#address.value, clock: this.#clock, budget: this.#budget };
    return resultOf(await DerivConnection.open(options, signal));
  }

  #markets(): SubscribedMarket[] {
    return [...this.#memories].map(([symbol, memory]) => ({
      id: instrumentId(DERIV_EXCHANGE, symbol),
      symbol,
      memory,
      isOpen: null,
      closedTime: null,
      isSubscribed: false,
      isRefused: false,
      subscriptionId: null,
      heardTime: this.#clock.now(),
    }));
  }
}
