/** More is not kept while no run is there to tell of it. */
const MOST_KEPT = 1_000;

interface Refused {
  readonly symbol: string;
  readonly reason: string;
}

/** Whoever counts what was refused of some symbols. */
interface Listener {
  readonly symbols: readonly string[];
  readonly onRefused: (reason: string) => void;
}

/**
 * What was refused of the answers to questions (rule F5). A question belongs to no run, and history is
 * asked for before the first: it is counted by the next run that carries the symbol.
 */
export class RefusedAnswers {
  readonly #listeners = new Set<Listener>();
  #kept: Refused[] = [];

  add(symbol: string, reason: string): void {
    const heard = [...this.#listeners].filter(({ symbols }) => symbols.includes(symbol));
    for (const { onRefused } of heard) onRefused(reason);
    if (heard.length === 0 && this.#kept.length < MOST_KEPT) this.#kept.push({ symbol, reason });
  }

  /** Tells what is kept at once, the rest as it comes. Returns what ends it. */
  listen(symbols: readonly string[], onRefused: (reason: string) => void): () => void {
    const listener = { symbols, onRefused };
    this.#listeners.add(listener);
    const kept = this.#kept;
    this.#kept = [];
    for (const { symbol, reason } of kept) this.add(symbol, reason);
    return () => this.#listeners.delete(listener);
  }
}
