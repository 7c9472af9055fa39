import type { MarketEvent } from '#domain/market-event.ts';

/** More events than this that wait for a strategy are a strategy that cannot keep up. */
const MOST_WAITING = 100_000;

/** Events that wait, first come, first served. */
export class EventQueue {
  #events: MarketEvent[] = [];
  #next = 0;

  add(event: MarketEvent): void {
    this.#events.push(event);
    if (this.#events.length - this.#next > MOST_WAITING) {
      throw new Error(`The strategy cannot keep up: ${MOST_WAITING} events wait for it`);
    }
  }

  take(): MarketEvent | undefined {
    const event = this.#events[this.#next];
    this.#next += 1;
    if (event === undefined) this.clear();
    return event;
  }

  clear(): void {
    this.#events = [];
    this.#next = 0;
  }
}
