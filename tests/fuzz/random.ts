/** The same sequence for the same seed (mulberry32). */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  /** Flips, drops, doubles or inserts a few characters. */
  mutate(text: string): string {
    let mutated = text;
    for (let count = 1 + this.below(3); count > 0; count -= 1) {
      const at = this.below(mutated.length + 1);
      const [before, after] = [mutated.slice(0, at), mutated.slice(at)];
      mutated = this.pick([
        before + after.slice(1),
        before + String.fromCharCode(this.below(0x250)) + after.slice(1),
        before + this.pick(SPECIAL) + after,
        mutated + mutated.slice(0, this.below(64)),
        before,
      ]);
    }
    return mutated;
  }
}

const SPECIAL = [
  '\0',
  '\n',
  '\r\n',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ':',
  ',',
  '/',
  '-',
  '..',
  '%00',
  '\ud800',
  '\u2028',
  '\x1e',
  '__proto__',
  'constructor',
  '1e999',
  '-0',
  '😀',
];
