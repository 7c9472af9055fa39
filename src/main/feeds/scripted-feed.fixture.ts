import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Failure, type Result, succeed } from '#contract/errors.ts';
import type { Clock } from '#domain/clock.ts';
import { type Instrument, type InstrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import type { Feed, FeedEnd, FeedSink } from './feed.ts';

export const BTC = 'test:BTC/USDT' as InstrumentId;
export const ETH = 'test:ETH/USDT' as InstrumentId;

const instrument = (id: InstrumentId): Instrument => ({
  ...{ id, exchange: 'test', symbol: id.slice(5), base: id.slice(5, 8), quote: 'USDT' },
  ...{ priceIncrement: 0.1, sizeIncrement: 0.1 },
  ...UNKNOWN_TERMS,
});

/** A feed that does what the test says. */
export class ScriptedFeed implements Feed {
  readonly exchange = 'test';
  offered: Result<readonly Instrument[]> = succeed([instrument(BTC), instrument(ETH)]);
  runs = 0;
  asked = 0;
  /** Does not end when it is told to. */
  isStubborn = false;
  backfill?: NonNullable<Feed['backfill']>;
  remaining?: NonNullable<Feed['remaining']>;
  sink: FeedSink | null = null;
  #end: (end: FeedEnd) => void = () => undefined;
  #crash: (error: unknown) => void = () => undefined;
  #nextTrade = 1;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async instruments() {
    this.asked++;
    return this.offered;
  }

  run(sink: FeedSink, signal: AbortSignal): Promise<FeedEnd> {
    this.runs++;
    this.sink = sink;
    return new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#crash = reject;
      signal.addEventListener('abort', () => {
        if (!this.isStubborn) resolve({ kind: 'aborted' });
      });
    });
  }

  live(): void {
    this.sink?.onState({ kind: 'live' });
  }

  trade(id: InstrumentId, lagMs = 5): Trade {
    const trade = this.made(id, this.#clock.now(), lagMs);
    this.sink?.onEvents([{ kind: 'trade', trade }]);
    return trade;
  }

  /** A trade that is told of by whoever asks for it. */
  made(id: InstrumentId, receivedTime: EpochMs, lagMs = 5): Trade {
    return {
      ...{ instrumentId: id, id: String(this.#nextTrade++), price: 1 as Price, size: 1 as Size },
      ...{ aggressorSide: 'buy', eventTime: (receivedTime - lagMs) as EpochMs, receivedTime },
    };
  }

  async end(end: FeedEnd): Promise<void> {
    this.#end(end);
    await nextTurn();
  }

  async fail(message = 'the line dropped', isFinal = false): Promise<void> {
    const failure: Failure = { code: 'unavailable', message };
    await this.end({ kind: 'failed', failure, isFinal });
  }

  async crash(error: unknown): Promise<void> {
    this.#crash(error);
    await nextTurn();
  }
}
