import { z } from 'zod';
import { decimalStringSchema } from '#contract/decimals.ts';
import {
  type Decimal,
  type DecimalString,
  decimal,
  smaller,
  toDecimalString,
  ZERO,
} from '#domain/decimal.ts';
import type { Trade } from '#domain/trade.ts';

export const savedQueueSchema = z.object({
  ahead: decimalStringSchema,
  untold: decimalStringSchema.default('0' as DecimalString),
  shown: z.number(),
  bookTime: z.number().nullable(),
});
export type SavedQueue = z.infer<typeof savedQueueSchema>;

interface Standing {
  readonly ahead: Decimal;
  /** What books have taken off it, which prints may be the cause of that are told after them. */
  readonly untold: Decimal;
  /** What the book showed then, and the exchange's time of that. */
  readonly shown: number;
  readonly bookTime: number | null;
}

/**
 * How much has to trade at our price before a resting order of ours does. Never less than can be
 * known: who cancels is thought to have stood behind us until the level shows less than our queue,
 * and a print that the book may have taken in already, since it is no younger, does not count twice.
 */
export class QueuePosition {
  /** Null: nobody has shown what stands at our price. */
  #standing: Standing | null;

  private constructor(standing: Standing | null) {
    this.#standing = standing;
  }

  static unknown(): QueuePosition {
    return new QueuePosition(null);
  }

  static restored({ ahead, untold, ...rest }: SavedQueue): QueuePosition {
    return new QueuePosition({ ...rest, ahead: decimal(ahead), untold: decimal(untold) });
  }

  /** The level at our price shows `size` in a book of `bookTime`. */
  show(size: number, bookTime: number | null): void {
    const standing = this.#standing;
    if (standing?.shown === size) return;
    const shown = decimal(size);
    const before = standing?.ahead ?? shown;
    const ahead = smaller(before, shown);
    const untold = (standing?.untold ?? ZERO).plus(before.minus(ahead));
    this.#standing = { ahead, untold, shown: size, bookTime };
  }

  /** Lets a print at our price eat the queue; returns what comes past it, null where that is unknown. */
  pass(trade: Pick<Trade, 'size' | 'eventTime'>): Decimal | null {
    const standing = this.#standing;
    if (!standing) return null;
    const size = decimal(trade.size);
    const isInBook = standing.bookTime !== null && trade.eventTime <= standing.bookTime;
    // Prints come in order: with one younger than the book, all that the book had taken in are told.
    const told = isInBook ? smaller(size, standing.untold) : standing.untold;
    const eats = isInBook ? size.minus(told) : size;
    const eaten = smaller(standing.ahead, eats);
    const [ahead, untold] = [standing.ahead.minus(eaten), standing.untold.minus(told)];
    this.#standing = { ...standing, ahead, untold };
    return eats.minus(eaten);
  }

  save(): SavedQueue | undefined {
    const standing = this.#standing;
    if (!standing) return undefined;
    const { ahead, untold } = standing;
    return { ...standing, ahead: toDecimalString(ahead), untold: toDecimalString(untold) };
  }
}
