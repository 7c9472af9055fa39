import { hash } from 'node:crypto';
import type { EpochMs } from '#domain/units.ts';

/**
 * Trades of files that give no ids. The n-th of those that are alike (same time, price and size)
 * is on the tape already if the tape has n of them, whoever recorded them and under whatever id.
 */
interface Likeness {
  readonly eventTime: EpochMs;
  readonly price: number;
  readonly size: number;
}

const ID_LENGTH = 10;
/** Alike trades stand close together: two generations of this many are remembered. */
const GENERATION = 50_000;

/** `resolutionMs`: how finely the file tells times; the tape may know them better. */
export const likenessOf = ({ eventTime, price, size }: Likeness, resolutionMs: number): string =>
  `${Math.floor(eventTime / resolutionMs)}|${price}|${size}`;

/** Always the same for the same trade of the same file, and no number, so that no range claims it. */
export const unnamedId = (likeness: string, occurrence: number): string =>
  `~${hash('sha1', `${likeness}|${occurrence}`, 'base64url').slice(0, ID_LENGTH)}`;

/** Counts, over a file, the trades that are alike. */
export class Occurrences {
  #young = new Map<string, number>();
  #old = new Map<string, number>();

  /** How many like this one came before it. */
  next(likeness: string): number {
    const count = this.#young.get(likeness) ?? this.#old.get(likeness) ?? 0;
    this.#young.set(likeness, count + 1);
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    return count;
  }
}
