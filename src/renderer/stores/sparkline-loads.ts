import type { InstrumentId } from '#domain/instrument.ts';

/** So many questions at once: a long list that is scrolled through must not flood the hub. */
const MOST_AT_ONCE = 4;

/** Loads the past of what is on screen, and of nothing else: what left it before its turn is let go. */
export class SparklineLoads {
  readonly #load: (id: InstrumentId) => Promise<void>;
  /** How many show it. */
  readonly #shown = new Map<InstrumentId, number>();
  readonly #waiting = new Set<InstrumentId>();
  readonly #loaded = new Set<InstrumentId>();
  #underWay = 0;

  constructor(load: (id: InstrumentId) => Promise<void>) {
    this.#load = load;
  }

  /** Somebody shows the line. Returns the end of that. */
  show(id: InstrumentId): () => void {
    this.#shown.set(id, (this.#shown.get(id) ?? 0) + 1);
    this.#want(id);
    let isShown = true;
    return () => {
      if (isShown) this.#hide(id);
      isShown = false;
    };
  }

  /** What was loaded may have a hole since: the connection was lost. */
  refresh(): void {
    this.#loaded.clear();
    for (const id of this.#shown.keys()) this.#want(id);
  }

  /** The line of an instrument begins anew. */
  renew(id: InstrumentId): void {
    this.#loaded.delete(id);
    if (this.#shown.has(id)) this.#want(id);
  }

  #hide(id: InstrumentId): void {
    const count = (this.#shown.get(id) ?? 1) - 1;
    if (count > 0) {
      this.#shown.set(id, count);
      return;
    }
    this.#shown.delete(id);
    this.#waiting.delete(id);
  }

  #want(id: InstrumentId): void {
    if (this.#loaded.has(id)) return;
    this.#waiting.add(id);
    this.#next();
  }

  #next(): void {
    for (const id of this.#waiting) {
      if (this.#underWay >= MOST_AT_ONCE) return;
      this.#waiting.delete(id);
      this.#loaded.add(id);
      this.#underWay += 1;
      void this.#load(id).finally(() => {
        this.#underWay -= 1;
        this.#next();
      });
    }
  }
}
