import { z } from 'zod';
import type { Candle } from '#domain/candle.ts';
import type { Order } from '#domain/order.ts';
import { DonchianChannel } from '../indicators/channels.ts';
import { defineStrategy, type Strategy, type StrategyContext } from '../strategy.ts';
import {
  directionsParameter,
  intervalParameter,
  periodParameter,
  quantityParameter,
  stopLossParameter,
} from './parameters.ts';
import { safeTarget, TargetPosition } from './target-position.ts';

const parameters = z.strictObject({
  interval: intervalParameter('5m'),
  entryPeriod: periodParameter(
    20,
    'Entry channel',
    'Enters when a close leaves the range of so many candles before it.',
  ),
  exitPeriod: periodParameter(
    10,
    'Exit channel',
    'Closes when a close leaves the range of so many candles on the other side.',
  ),
  quantity: quantityParameter('How much it holds at a time, in the base currency.'),
  directions: directionsParameter,
  stopLossPercent: stopLossParameter,
});
type Parameters = z.output<typeof parameters>;

const savedSchema = z.object({ entry: z.unknown(), exit: z.unknown(), target: z.unknown() });

class DonchianBreakout implements Strategy {
  readonly #entry: DonchianChannel;
  readonly #exit: DonchianChannel;
  readonly #target: TargetPosition;

  constructor(given: Parameters, savedState: unknown) {
    this.#entry = new DonchianChannel(given.entryPeriod);
    this.#exit = new DonchianChannel(given.exitPeriod);
    const saved = savedState === undefined ? undefined : savedSchema.parse(savedState);
    this.#target = new TargetPosition(given, saved?.target);
    if (!saved) return;
    this.#entry.restore(saved.entry);
    this.#exit.restore(saved.exit);
  }

  onHistory(candle: Candle): void {
    this.#entry.add(candle);
    this.#exit.add(candle);
  }

  onForget(): void {
    this.#entry.reset();
    this.#exit.reset();
  }

  /** The channels are of the candles before this one: it is what may leave them. */
  onCandle(candle: Candle, context: StrategyContext): void {
    const entry = this.#entry.value;
    const exit = this.#exit.value;
    this.onHistory(candle);
    const { close } = candle;
    const held = this.#target.directionOf(context);
    if (entry && close > entry.upper && held <= 0) {
      this.#target.moveTo(
        1,
        `The close ${close} is above the channel's top ${entry.upper}`,
        context,
      );
    } else if (entry && close < entry.lower && held >= 0) {
      this.#target.moveTo(
        -1,
        `The close ${close} is below the channel's foot ${entry.lower}`,
        context,
      );
    } else if (exit && held > 0 && close < exit.lower) {
      this.#target.moveTo(
        0,
        `The close ${close} is below the exit channel's ${exit.lower}`,
        context,
      );
    } else if (exit && held < 0 && close > exit.upper) {
      this.#target.moveTo(
        0,
        `The close ${close} is above the exit channel's ${exit.upper}`,
        context,
      );
    }
  }

  onOrder(order: Order, context: StrategyContext): void {
    this.#target.onOrder(order, context);
  }

  state(): unknown {
    return {
      entry: this.#entry.save(),
      exit: this.#exit.save(),
      target: this.#target.save(),
    };
  }
}

export const donchianBreakoutStrategy = defineStrategy({
  id: 'donchian-breakout',
  name: 'Donchian breakout',
  description:
    'Goes with the market when it leaves the range it was in. It buys when a candle closes above the ' +
    'highest price of the candles before it, and closes when one closes below the lowest price of a ' +
    'shorter range; where short is allowed, the other way round as well. Wins seldom but big, in ' +
    'markets that move far, and loses a little at each breakout that fails.',
  parameters,
  safeParameters: safeTarget('at the next breakout'),
  candles: ({ interval }) => interval,
  warmUpCandles: ({ entryPeriod, exitPeriod }) => Math.max(entryPeriod, exitPeriod),
  create: (given, savedState) => new DonchianBreakout(given, savedState),
});
