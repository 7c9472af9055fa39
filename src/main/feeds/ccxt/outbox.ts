import type { TimerClock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent, receivedTimeOf } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';

/** Long enough to make a batch of a burst, short against what an eye sees. */
const FLUSH_MS = 4;
const MOST_BATCH = 2_000;
/** Batches that the other thread has not taken yet; more are held back here. */
const MOST_UNTAKEN = 16;
const MOST_HELD = 200_000;

export interface OutboxOptions {
  readonly clock: TimerClock;
  readonly send: (events: readonly MarketEvent[]) => void;
  /** What was held is gone, and said as a gap: books must be told anew. */
  readonly onOverflow: () => void;
}

/**
 * Events on their way to the main thread: in batches, and no more than it takes. When it falls too
 * far behind, what is held is dropped and a gap says so; memory stays bounded.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #held: MarketEvent[] = [];
  #untaken = 0;
  #cancelFlush: (() => void) | null = null;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  push(event: MarketEvent): void {
    if (this.#held.length >= MOST_HELD) this.#overflow();
    this.#held.push(event);
    this.#schedule();
  }

  /** The other thread took a batch. */
  onTaken(): void {
    this.#untaken--;
    if (this.#held.length > 0) this.#schedule();
  }

  /** What is held goes out at once, as at the end of a run. */
  dispose(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = null;
    if (this.#held.length > 0) this.#options.send(this.#held);
    this.#held = [];
  }

  #schedule(): void {
    if (this.#untaken >= MOST_UNTAKEN) return;
    this.#cancelFlush ??= this.#options.clock.setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    this.#cancelFlush = null;
    while (this.#held.length > 0 && this.#untaken < MOST_UNTAKEN) {
      const batch = this.#held.length <= MOST_BATCH ? this.#held : this.#held.slice(0, MOST_BATCH);
      this.#held = batch === this.#held ? [] : this.#held.slice(MOST_BATCH);
      this.#untaken++;
      this.#options.send(batch);
    }
  }

  #overflow(): void {
    const dropped = this.#held;
    this.#held = [];
    this.#options.onOverflow();
    const toTime = this.#options.clock.now();
    for (const [instrumentId, fromTime] of firstTimes(dropped)) {
      const reason = 'Tapedeck was too busy to take what came';
      this.#held.push(
        { kind: 'bookLost', instrumentId, reason, receivedTime: toTime },
        { kind: 'gap', instrumentId, fromTime, toTime, reason },
      );
    }
  }
}

function firstTimes(events: readonly MarketEvent[]): Map<InstrumentId, EpochMs> {
  const first = new Map<InstrumentId, EpochMs>();
  for (const event of events) {
    const time = event.kind === 'gap' ? event.fromTime : receivedTimeOf(event);
    const id = instrumentOf(event);
    if (time !== null && !first.has(id)) first.set(id, time);
  }
  return first;
}
