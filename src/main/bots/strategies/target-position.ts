import { z } from 'zod';
import { type DecimalString, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import { isOpen, type Order } from '#domain/order.ts';
import type { Side } from '#domain/side.ts';
import { atTick } from '../increments.ts';
import type { StrategyContext } from '../strategy.ts';
import type { Directions } from './parameters.ts';

export type Direction = -1 | 0 | 1;

export interface TargetOptions {
  readonly quantity: DecimalString;
  readonly directions: Directions;
  /** 0 for none. */
  readonly stopLossPercent: number;
}

/** What can change of the target while a bot runs; `when` as it follows "takes effect ". */
export const safeTarget = (when: string) =>
  ({
    quantity: when,
    directions: when,
    stopLossPercent: 'behind the next position',
  }) satisfies Partial<Record<keyof TargetOptions, string>>;

const savedSchema = z.object({
  entryId: z.string().nullable(),
  stopId: z.string().nullable(),
  wish: z
    .object({ direction: z.union([z.literal(-1), z.literal(0), z.literal(1)]), why: z.string() })
    .nullable()
    .default(null),
});
type Saved = z.output<typeof savedSchema>;

/**
 * Holds one quantity long, short or none, by market orders, with a stop behind it where the user wants
 * one. Counts from the position that there is, so that what was left over before is made use of.
 */
export class TargetPosition {
  readonly #options: TargetOptions;
  /** The order that is on its way to the target. */
  #entryId: string | null = null;
  #stopId: string | null = null;
  /** Where it is to go once it is known what became of the order on its way. */
  #wish: Saved['wish'] = null;

  constructor(options: TargetOptions, saved: unknown) {
    this.#options = options;
    if (saved === undefined) return;
    const { entryId, stopId, wish } = savedSchema.parse(saved);
    this.#entryId = entryId;
    this.#stopId = stopId;
    this.#wish = wish;
  }

  save(): Saved {
    return { entryId: this.#entryId, stopId: this.#stopId, wish: this.#wish };
  }

  /** Where the position stands now: 1 long, -1 short, 0 flat. */
  directionOf({ position }: StrategyContext): Direction {
    return decimal(position.quantity).cmp(ZERO) as Direction;
  }

  /** Goes long (1), short (-1) or flat (0), as far as the user lets it. */
  moveTo(wanted: Direction, why: string, context: StrategyContext): void {
    if (this.#isRecalled(why, context)) {
      this.#wish = { direction: wanted, why };
      return;
    }
    this.#wish = null;
    const target = decimal(this.#options.quantity).times(this.#allowed(wanted));
    const delta = target.minus(decimal(context.position.quantity));
    if (delta.eq(ZERO)) return;
    this.#dropStop(`${why}: the position changes`, context);
    const order = context.place({
      ...{ type: 'market', why },
      side: delta.gt(ZERO) ? 'buy' : 'sell',
      quantity: toDecimalString(delta.abs()),
    });
    this.#entryId = isOpen(order) ? order.id : this.#entryId;
    if (!isOpen(order)) this.#afterEntry(order, context);
  }

  /** To be told of every order, so that the stop follows the entry. */
  onOrder(order: Order, context: StrategyContext): void {
    if (isOpen(order)) return;
    if (order.id === this.#stopId) this.#stopId = null;
    if (order.id !== this.#entryId) return;
    this.#entryId = null;
    const wish = this.#wish;
    if (!wish) {
      this.#afterEntry(order, context);
      return;
    }
    this.moveTo(wish.direction, wish.why, context);
    // It may be there already, by the order that was to be canceled.
    if (this.#entryId === null) this.#guard(context);
  }

  /** What is on its way is canceled. With latency it may be filled before that: true while nobody knows. */
  #isRecalled(why: string, context: StrategyContext): boolean {
    const onTheWay = context.openOrders.find(({ id }) => id === this.#entryId);
    if (!onTheWay) return false;
    const recalled = context.cancel(onTheWay.id, `${why}: what was on its way is no longer wanted`);
    return recalled !== undefined && isOpen(recalled);
  }

  #allowed(wanted: Direction): Direction {
    const { directions } = this.#options;
    if (wanted === 1 && directions === 'short') return 0;
    return wanted === -1 && directions === 'long' ? 0 : wanted;
  }

  #afterEntry(order: Order, context: StrategyContext): void {
    if (order.status === 'rejected') {
      context.log('warn', `The order was refused: ${order.reason ?? 'no reason was given'}`);
    }
    this.#guard(context);
  }

  /** A stop behind the whole position. */
  #guard(context: StrategyContext): void {
    const { stopLossPercent } = this.#options;
    const { position, instrument } = context;
    if (stopLossPercent === 0 || this.#stopId !== null || position.averagePrice === null) return;
    const held = decimal(position.quantity);
    const side: Side = held.gt(ZERO) ? 'sell' : 'buy';
    const entry = Number(position.averagePrice);
    const room = Math.abs(entry) * (stopLossPercent / 100);
    const stop = context.place({
      ...{ type: 'stop', side, reduceOnly: true },
      quantity: toDecimalString(held.abs()),
      triggerPrice: atTick(side === 'sell' ? entry - room : entry + room, instrument),
      why: `Stop loss: ${stopLossPercent} % from the average entry ${position.averagePrice}`,
    });
    if (isOpen(stop)) this.#stopId = stop.id;
    else if (stop.status === 'rejected') {
      context.log('warn', `The stop was refused: ${stop.reason ?? 'no reason was given'}`);
    }
  }

  #dropStop(why: string, context: StrategyContext): void {
    if (this.#stopId === null) return;
    context.cancel(this.#stopId, why);
    this.#stopId = null;
  }
}
