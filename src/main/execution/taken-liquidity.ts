import { z } from 'zod';
import { decimalStringSchema } from '#contract/decimals.ts';
import { type Decimal, decimal, toDecimalString } from '#domain/decimal.ts';
import type { Side } from '#domain/side.ts';
import { type Source, shownAt } from './market-view.ts';

export const savedTakenSchema = z.object({
  side: z.enum(['buy', 'sell']),
  price: z.number(),
  shown: z.number(),
  taken: decimalStringSchema,
});
type SavedTaken = z.infer<typeof savedTakenSchema>;

interface Taken extends Omit<SavedTaken, 'taken'> {
  readonly taken: Decimal;
}

/**
 * What our fills have taken from the levels that the market shows. The market does not know of it and
 * goes on showing the same size: that size is not there a second time, until the level changes.
 */
export class TakenLiquidity {
  readonly #levels = new Map<string, Taken>();

  constructor(saved: readonly SavedTaken[]) {
    for (const level of saved) {
      this.#levels.set(keyOf(level.side, level.price), { ...level, taken: decimal(level.taken) });
    }
  }

  get isEmpty(): boolean {
    return this.#levels.size === 0;
  }

  /** What is left at a level of `side` that shows `shown`. */
  left(side: Side, price: number, shown: number): Decimal {
    const level = this.#levels.get(keyOf(side, price));
    const size = decimal(shown);
    return level?.shown === shown ? size.minus(level.taken) : size;
  }

  take(side: Side, price: number, shown: number, quantity: Decimal): void {
    const level = this.#levels.get(keyOf(side, price));
    const before = level?.shown === shown ? level.taken : null;
    const taken = before ? before.plus(quantity) : quantity;
    this.#levels.set(keyOf(side, price), { side, price, shown, taken });
  }

  /** To be called whenever book or quote have changed. */
  forgetChanged(source: Source): void {
    for (const [key, { side, price, shown }] of this.#levels) {
      if (shownAt(source, side, price) !== shown) this.#levels.delete(key);
    }
  }

  save(): readonly SavedTaken[] {
    return [...this.#levels.values()].map((level) => ({
      ...level,
      taken: toDecimalString(level.taken),
    }));
  }
}

const keyOf = (side: Side, price: number): string => `${side}${price}`;
