import { z } from 'zod';
import { decimalStringSchema } from '#contract/decimals.ts';
import { type Decimal, decimal, smaller, toDecimalString } from '#domain/decimal.ts';
import type { Trade } from '#domain/trade.ts';

export const savedQueueSchema = z.object({
  ahead: decimalStringSchema,
  before: decimalStringSchema,
  shown: z.number(),
  bookTime: z.number().nullable(),
});
export type SavedQueue = z.infer<typeof savedQueueSchema>;

interface Standing {
  readonly ahead: Decimal;
  /** As it was before the book was last seen to change at our price. */
  readonly before: Decimal;
  /** What the book showed then, and the exchange's time of that. */
  readonly shown: number;
  readonly bookTime: number | null;
}

/**
 * How much has to trade at our price before a resting order of ours does. Never less than can be
 * known: who cancels is thought to have stood behind us until the level shows less than our queue,
 * and a print that the book had taken in already, since it is older, does not count twice.
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

  static restored({ ahead, before, ...rest }: SavedQueue): QueuePosition {
    return new QueuePosition({ ...rest, ahead: decimal(ahead), before: decimal(before) });
  }

  /** The level at our price shows `size` in a book of `bookTime`. */
  show(size: number, bookTime: number | null): void {
    const standing = this.#standing;
    if (standing?.shown === size) return;
    const shown = decimal(size);
    const before = standing?.ahead ?? shown;
    this.#standing = { ahead: smaller(before, shown), before, shown: size, bookTime };
  }

  /** Lets a print at our price eat the queue; returns what comes past it, null where that is unknown. */
  pass(trade: Pick<Trade, 'size' | 'eventTime'>): Decimal | null {
    const standing = this.#standing;
    if (!standing) return null;
    const size = decimal(trade.size);
    const isInBook = standing.bookTime !== null && trade.eventTime < standing.bookTime;
    const queue = isInBook ? standing.before : standing.ahead;
    const left = queue.minus(smaller(queue, size));
    this.#standing = isInBook
      ? { ...standing, before: left, ahead: smaller(standing.ahead, left) }
      : { ...standing, ahead: left };
    return size.minus(queue.minus(left));
  }

  save(): SavedQueue | undefined {
    const standing = this.#standing;
    if (!standing) return undefined;
    const { ahead, before } = standing;
    return { ...standing, ahead: toDecimalString(ahead), before: toDecimalString(before) };
  }
}
