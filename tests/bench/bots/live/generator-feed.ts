import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Result, succeed } from '#contract/errors.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { Feed, FeedEnd, FeedSink } from '#main/feeds/feed.ts';
import { instruments, TRADES_A_SECOND } from './setting.ts';
import type { GeneratedTrades, GeneratorTerms } from './trade-generator.ts';

/** More than are under way at any moment. */
const MOST_UNDER_WAY = 1 << 20;

/** The generator's thread, and what is known of it here. */
export class TradeGenerator {
  readonly #sentTimes = new SharedArrayBuffer(MOST_UNDER_WAY * Float64Array.BYTES_PER_ELEMENT);
  readonly #sent = new Float64Array(this.#sentTimes);
  cpuMicros = 0;
  given = 0;

  /** When a trade was sent: milliseconds of the machine's monotonic clock. */
  sentAt({ id }: Trade): number {
    return this.#sent[Number(id) % MOST_UNDER_WAY] ?? 0;
  }

  /** The returned function ends it. */
  start(onTrades: (trades: readonly Trade[]) => void): () => void {
    const terms: GeneratorTerms = { tradesPerSecond: TRADES_A_SECOND, sentTimes: this.#sentTimes };
    const worker = new Worker(join(import.meta.dirname, 'trade-generator.ts'), {
      workerData: terms,
    });
    worker.on('message', ({ trades, cpuMicros }: GeneratedTrades) => {
      this.cpuMicros = cpuMicros;
      this.given += trades.length;
      onTrades(trades);
    });
    return () => void worker.terminate();
  }
}

/** A feed of the generator's trades, as an exchange's worker would bring them. */
export class GeneratorFeed implements Feed {
  readonly exchange = 'bench';
  readonly #generator: TradeGenerator;

  constructor(generator: TradeGenerator) {
    this.#generator = generator;
  }

  async instruments(): Promise<Result<readonly Instrument[]>> {
    return succeed(instruments);
  }

  run(sink: FeedSink, signal: AbortSignal): Promise<FeedEnd> {
    sink.onState({ kind: 'live' });
    const stop = this.#generator.start((trades) =>
      sink.onEvents(trades.map((trade) => ({ kind: 'trade', trade }))),
    );
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        stop();
        resolve({ kind: 'aborted' });
      });
    });
  }
}
