import { z } from 'zod';
import { decimal, ZERO } from '#domain/decimal.ts';
import { isOpen, type Order } from '#domain/order.ts';
import { quotient } from '#domain/quotient.ts';
import { atLot, atTick } from '../increments.ts';
import { defineStrategy, type Strategy, type StrategyContext } from '../strategy.ts';
import { moneyParameter } from './parameters.ts';

const MINUTE_MS = 60_000;
const A_YEAR_MINUTES = 527_040;

const parameters = z.strictObject({
  amount: moneyParameter(
    '100',
    'Amount a purchase',
    'For how much it buys each time, in the quote currency.',
  ),
  everyMinutes: z.int().min(1).max(A_YEAR_MINUTES).default(1_440).meta({
    title: 'Every',
    description:
      'How often it buys: at whole multiples of this since 1970 in UTC, so 1440 is at midnight, and once when it starts.',
    unit: 'minutes',
  }),
  mostPurchases: z.int().min(0).max(1_000_000).default(0).meta({
    title: 'Most purchases',
    description: 'After so many it buys no more; 0 for no end.',
    unit: 'orders',
  }),
  takeProfitPercent: z.number().min(0).max(10_000).default(0).meta({
    title: 'Take profit',
    description:
      'Sells everything by a limit order so far above the average price paid; 0 to keep it.',
    unit: '%',
  }),
});
type Parameters = z.output<typeof parameters>;

const savedSchema = z.object({
  purchases: z.number().int(),
  hasBegun: z.boolean(),
  exitId: z.string().nullable(),
  /** Absent in what was saved before this was kept. */
  sentId: z.string().nullable().default(null),
});

/** Dollar-cost averaging. */
class CostAveraging implements Strategy {
  readonly #parameters: Parameters;
  #purchases = 0;
  #hasBegun = false;
  #exitId: string | null = null;
  /** The purchase that was sent last, and counted. */
  #sentId: string | null = null;

  constructor(given: Parameters, savedState: unknown) {
    this.#parameters = given;
    if (savedState === undefined) return;
    const saved = savedSchema.parse(savedState);
    this.#purchases = saved.purchases;
    this.#hasBegun = saved.hasBegun;
    this.#exitId = saved.exitId;
    this.#sentId = saved.sentId;
  }

  onTrade(_trade: unknown, context: StrategyContext): void {
    if (this.#hasBegun) return;
    this.#buy('first purchase', context);
  }

  onTimer(context: StrategyContext): void {
    this.#buy(`purchase of every ${this.#parameters.everyMinutes} minutes`, context);
  }

  onOrder(order: Order, context: StrategyContext): void {
    if (isOpen(order)) return;
    if (order.id === this.#sentId) this.#onPurchased(order, context);
    if (order.side === 'buy') this.#moveExit(context);
    else if (order.id === this.#exitId) this.#exitId = null;
  }

  state(): unknown {
    return {
      ...{ purchases: this.#purchases, hasBegun: this.#hasBegun },
      ...{ exitId: this.#exitId, sentId: this.#sentId },
    };
  }

  #buy(what: string, context: StrategyContext): void {
    const { amount, mostPurchases } = this.#parameters;
    const price = context.market.lastTrade?.price;
    if (price === undefined) return;
    this.#hasBegun = true;
    if (mostPurchases > 0 && this.#purchases >= mostPurchases) return;
    if (price <= 0) {
      context.log('warn', `No ${what}: at ${price} an amount of money is no quantity`);
      return;
    }
    const quantity = atLot(quotient(decimal(amount), decimal(price)), context.instrument);
    if (decimal(quantity).lte(ZERO)) {
      context.log('warn', `No ${what}: ${amount} is less than the least quantity at ${price}`);
      return;
    }
    const number = this.#purchases + 1;
    const why = `No. ${number}, ${what}, for ${amount} at ${price}`;
    const order = context.place({ type: 'market', side: 'buy', quantity, why });
    if (order.status === 'rejected') {
      context.log('warn', `Purchase no. ${number} was refused: ${order.reason}`);
      return;
    }
    this.#purchases = number;
    this.#sentId = order.id;
  }

  /** What was refused when it came to the market, or found nobody who offers, is no purchase. */
  #onPurchased({ filledQuantity, reason }: Order, context: StrategyContext): void {
    this.#sentId = null;
    if (decimal(filledQuantity).gt(ZERO)) return;
    context.log('warn', `Purchase no. ${this.#purchases} bought nothing: ${reason}`);
    this.#purchases -= 1;
  }

  /** The exit is for the whole position, at the average that it now has, whatever the one before still fills. */
  #moveExit(context: StrategyContext): void {
    const { takeProfitPercent } = this.#parameters;
    const { averagePrice, quantity } = context.position;
    if (takeProfitPercent === 0 || averagePrice === null || decimal(quantity).lte(ZERO)) return;
    if (this.#exitId !== null) context.cancel(this.#exitId, 'the average price has changed');
    const limitPrice = atTick(
      Number(averagePrice) * (1 + takeProfitPercent / 100),
      context.instrument,
    );
    const why = `Take profit: ${takeProfitPercent} % above the average ${averagePrice}`;
    const order = context.place({
      ...{ type: 'limit', side: 'sell', quantity, limitPrice, why, reduceOnly: true },
    });
    this.#exitId = isOpen(order) ? order.id : null;
  }
}

export const dcaStrategy = defineStrategy({
  id: 'dca',
  name: 'Cost averaging (DCA)',
  description:
    'Buys for the same amount of money at regular times, whatever the price, so that it gets more ' +
    'when the price is low and less when it is high. It never sells unless a take profit is set: then ' +
    'everything is sold when the price is so far above the average that was paid. Carries the whole ' +
    'risk of a market that falls.',
  parameters,
  safeParameters: {
    amount: 'with the next purchase',
    everyMinutes: 'after the purchase that is due next',
    mostPurchases: 'with the next purchase',
    takeProfitPercent: 'once the next purchase has moved the average',
  },
  timerMs: ({ everyMinutes }) => everyMinutes * MINUTE_MS,
  create: (given, savedState) => new CostAveraging(given, savedState),
});
