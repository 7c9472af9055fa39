import { z } from 'zod';
import type { Candle } from '#domain/candle.ts';
import type { Order } from '#domain/order.ts';
import { ExponentialCloseAverage, SimpleAverage } from '../indicators/averages.ts';
import type { Indicator } from '../indicators/indicator.ts';
import { defineStrategy, type Strategy, type StrategyContext } from '../strategy.ts';
import {
  directionsParameter,
  intervalParameter,
  periodParameter,
  quantityParameter,
  stopLossParameter,
} from './parameters.ts';
import { safeTarget, TargetPosition } from './target-position.ts';

const AVERAGES = ['SMA', 'EMA'] as const;

const parameters = z
  .strictObject({
    interval: intervalParameter('1m'),
    average: z.enum(AVERAGES).default('EMA').meta({
      title: 'Average',
      description:
        'Simple (SMA), or exponential (EMA), which follows the last closes more closely.',
      unit: '',
    }),
    fast: periodParameter(10, 'Fast average', 'How many candles the faster average looks back.'),
    slow: periodParameter(30, 'Slow average', 'How many candles the slower average looks back.'),
    quantity: quantityParameter('How much it holds at a time, in the base currency.'),
    directions: directionsParameter,
    stopLossPercent: stopLossParameter,
  })
  .refine(({ fast, slow }) => fast < slow, {
    path: ['slow'],
    message: 'must be longer than the fast average',
  });
type Parameters = z.output<typeof parameters>;

const savedSchema = z.object({
  fast: z.unknown(),
  slow: z.unknown(),
  side: z.number(),
  target: z.unknown(),
});

const averageOf = (kind: Parameters['average'], period: number): Indicator<number> =>
  kind === 'SMA' ? new SimpleAverage(period) : new ExponentialCloseAverage(period);

class MovingAverageCross implements Strategy {
  readonly #fast: Indicator<number>;
  readonly #slow: Indicator<number>;
  readonly #target: TargetPosition;
  readonly #name: string;
  /** On which side of the slow average the fast one was last: 1 above, -1 below, 0 not known. */
  #side = 0;

  constructor(given: Parameters, savedState: unknown) {
    const { average, fast, slow } = given;
    this.#fast = averageOf(average, fast);
    this.#slow = averageOf(average, slow);
    this.#name = `${average} ${fast}/${slow}`;
    const saved = savedState === undefined ? undefined : savedSchema.parse(savedState);
    this.#target = new TargetPosition(given, saved?.target);
    if (!saved) return;
    this.#fast.restore(saved.fast);
    this.#slow.restore(saved.slow);
    this.#side = saved.side;
  }

  onHistory(candle: Candle): void {
    this.#see(candle);
  }

  onForget(): void {
    this.#fast.reset();
    this.#slow.reset();
    this.#side = 0;
  }

  onCandle(candle: Candle, context: StrategyContext): void {
    const before = this.#side;
    const side = this.#see(candle);
    if (before === 0 || side === before) return;
    const word = side > 0 ? 'above' : 'below';
    const figures = `${this.#fast.value} and ${this.#slow.value} at the close ${candle.close}`;
    this.#target.moveTo(side > 0 ? 1 : -1, `${this.#name} crossed ${word}: ${figures}`, context);
  }

  onOrder(order: Order, context: StrategyContext): void {
    this.#target.onOrder(order, context);
  }

  state(): unknown {
    return {
      fast: this.#fast.save(),
      slow: this.#slow.save(),
      side: this.#side,
      target: this.#target.save(),
    };
  }

  /** Where both are equal the side stays what it was: touching is not crossing. */
  #see(candle: Candle): number {
    this.#fast.add(candle);
    this.#slow.add(candle);
    const { value: fast } = this.#fast;
    const { value: slow } = this.#slow;
    if (fast !== null && slow !== null && fast !== slow) this.#side = fast > slow ? 1 : -1;
    return this.#side;
  }
}

export const movingAverageCrossStrategy = defineStrategy({
  id: 'ma-cross',
  name: 'Moving-average cross',
  description:
    'Follows the trend with two averages of the closing prices. When the faster one crosses above the ' +
    'slower one it buys, when it crosses below it sells (and goes short where that is allowed). Earns ' +
    'in long moves, and loses a little at each false start while the market goes sideways.',
  parameters,
  safeParameters: safeTarget('at the next cross'),
  candles: ({ interval }) => interval,
  warmUpCandles: ({ average, slow }) => averageOf(average, slow).warmUpCandles,
  create: (given, savedState) => new MovingAverageCross(given, savedState),
});
