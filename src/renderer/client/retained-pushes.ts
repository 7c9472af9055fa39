import type { Push } from '#contract/pushes.ts';

/** The newest pushes of a *latest* channel, as a fresh start from the hub would hold them (rule B2). */
export class RetainedPushes {
  readonly #pushes = new Map<string, Push>();

  get size(): number {
    return this.#pushes.size;
  }

  put(push: Push): void {
    const key = keyOf(push);
    // As the newest of the map's order, which is the order of the offsets.
    this.#pushes.delete(key);
    this.#pushes.set(key, push);
  }

  clear(): void {
    this.#pushes.clear();
  }

  all(): readonly Push[] {
    return [...this.#pushes.values()];
  }
}

/** Of one key a newer push replaces an older one. Of candles a fresh start has the newest only. */
function keyOf({ event, payload }: Push): string {
  switch (event) {
    case 'price:update':
      return payload.symbol;
    case 'bot:position':
      return payload.position.instrumentId;
    case 'backtest:update':
      return payload.backtest.id;
    case 'backtest:removed':
      return payload.backtestId;
    default:
      return 'value';
  }
}
