import type { Result } from '#contract/errors.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import { type Exchange, type Instrument, type InstrumentId, symbolOf } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Backfill, Feed, FeedEnd, FeedSink } from '../feed.ts';
import { type Remaining, remainingOf } from '../remaining-instruments.ts';
import type { CcxtWorker } from './ccxt-worker.ts';

/** A feed of any exchange that ccxt can watch (rule F1). The work is done in the worker. */
export class CcxtFeed implements Feed {
  readonly exchange: Exchange;
  #symbols: readonly string[];
  readonly #worker: CcxtWorker;

  constructor(exchange: Exchange, symbols: readonly string[], worker: CcxtWorker) {
    this.exchange = exchange;
    this.#symbols = symbols;
    this.#worker = worker;
  }

  instruments(): Promise<Result<readonly Instrument[]>> {
    return this.#ask(this.#symbols);
  }

  async remaining(): Promise<Result<Remaining>> {
    const left = await remainingOf(this.#symbols, (symbols) => this.#ask(symbols));
    if (left.ok) this.#symbols = left.value.instruments.map(({ symbol }) => symbol);
    return left;
  }

  /** None where the exchange keeps none, or cannot be asked now: a chart then begins empty. */
  async history(
    id: InstrumentId,
    interval: CandleInterval,
    fromTime: EpochMs,
    toTime: EpochMs,
  ): Promise<readonly Candle[]> {
    const { exchange } = this;
    const symbol = symbolOf(id);
    const asked = { exchange, symbol, interval, fromTime, toTime };
    const answer = await this.#worker.ask('history', asked);
    return answer.ok ? answer.value : [];
  }

  backfill(id: InstrumentId, fromTime: EpochMs, toTime: EpochMs): Promise<Result<Backfill>> {
    const { exchange } = this;
    return this.#worker.ask('backfill', { exchange, symbol: symbolOf(id), fromTime, toTime });
  }

  run(sink: FeedSink, signal: AbortSignal): Promise<FeedEnd> {
    return this.#worker.run({ exchange: this.exchange, symbols: this.#symbols }, sink, signal);
  }

  #ask(symbols: readonly string[]): Promise<Result<readonly Instrument[]>> {
    return this.#worker.ask('instruments', { exchange: this.exchange, symbols });
  }
}
