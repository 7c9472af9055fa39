import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { FeedSink } from '../feed.ts';
import type { Pacer } from './pacer.ts';

const MOST_BATCH = 500;

/** What is due goes out in batches, and the event loop gets its turn. */
export class PacedSink {
  readonly #sink: Pick<FeedSink, 'onEvents'>;
  readonly #pacer: Pacer;
  readonly #signal: AbortSignal;
  #batch: MarketEvent[] = [];

  constructor(sink: Pick<FeedSink, 'onEvents'>, pacer: Pacer, signal: AbortSignal) {
    this.#sink = sink;
    this.#pacer = pacer;
    this.#signal = signal;
  }

  /** Waits until `recordedTime` is due. */
  async put(events: readonly MarketEvent[], recordedTime: EpochMs): Promise<void> {
    if (events.length === 0) return;
    if (this.#pacer.waitMs(recordedTime) > 0) {
      await this.flush();
      const waitMs = this.#pacer.waitMs(recordedTime);
      if (waitMs > 0) await this.#pacer.sleep(waitMs, this.#signal);
    }
    this.#batch.push(...events);
    if (this.#batch.length >= MOST_BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#batch.length === 0 || this.#signal.aborted) return;
    const events = this.#batch;
    this.#batch = [];
    this.#sink.onEvents(events);
    await nextTurn();
  }
}
