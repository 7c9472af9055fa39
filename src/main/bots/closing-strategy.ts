import { z } from 'zod';
import { decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import { defineStrategy, type Strategy, type StrategyContext } from './strategy.ts';

/** So many orders may be canceled without anything filled, each at a new event of the market. */
const MAX_FRUITLESS_TRIES = 20;

export interface ClosingOptions {
  /** Whether the market that is known is the market of now. */
  readonly isHeardOf: () => boolean;
  /** Told why where the position cannot be closed. */
  readonly onGivingUp: (why: string) => void;
}

/** Closes the bot's position by market orders that only reduce it, at prices that somebody still offers. */
class Closing implements Strategy {
  readonly #options: ClosingOptions;
  #fruitlessTries = 0;
  #quantityBefore = '';

  constructor(options: ClosingOptions) {
    this.#options = options;
  }

  onStart(context: StrategyContext): void {
    this.#close(context);
  }

  onTrade(_trade: unknown, context: StrategyContext): void {
    this.#close(context);
  }

  onBook(context: StrategyContext): void {
    this.#close(context);
  }

  state(): unknown {
    return undefined;
  }

  #close(context: StrategyContext): void {
    const { isHeardOf, onGivingUp } = this.#options;
    if (!isHeardOf()) return;
    const quantity = decimal(context.position.quantity);
    if (quantity.eq(ZERO) || context.openOrders.length > 0) return;
    const isFruitless = context.position.quantity === this.#quantityBefore;
    this.#fruitlessTries = isFruitless ? this.#fruitlessTries + 1 : 0;
    this.#quantityBefore = context.position.quantity;
    const order = context.place({
      ...{ type: 'market', side: quantity.gt(ZERO) ? 'sell' : 'buy', reduceOnly: true },
      ...{ quantity: toDecimalString(quantity.abs()), why: 'closes the position' },
    });
    if (order.status === 'rejected') onGivingUp(order.reason ?? 'the order was rejected');
    else if (this.#fruitlessTries >= MAX_FRUITLESS_TRIES) {
      onGivingUp(order.reason ?? 'nobody takes the other side');
    }
  }
}

export const closingStrategy = (options: ClosingOptions) =>
  defineStrategy({
    id: 'closing',
    name: 'Closing',
    description: 'Closes the position, and does nothing else.',
    parameters: z.looseObject({}),
    create: () => new Closing(options),
  });

/** Of a bot that does not run: its account takes the user's own orders, and nobody answers. */
export const idleStrategy = defineStrategy({
  id: 'idle',
  name: 'Idle',
  description: 'Does nothing.',
  parameters: z.looseObject({}),
  create: () => ({ state: () => undefined }),
});
