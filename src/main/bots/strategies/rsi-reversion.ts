import { z } from 'zod';
import type { Candle } from '#domain/candle.ts';
import type { Order } from '#domain/order.ts';
import { RelativeStrength } from '../indicators/relative-strength.ts';
import { defineStrategy, type Strategy, type StrategyContext } from '../strategy.ts';
import {
  directionsParameter,
  intervalParameter,
  periodParameter,
  quantityParameter,
  stopLossParameter,
} from './parameters.ts';
import { safeTarget, TargetPosition } from './target-position.ts';

const level = (fallback: number, title: string, description: string) =>
  z.number().min(1).max(99).default(fallback).meta({ title, description, unit: '' });

const parameters = z
  .strictObject({
    interval: intervalParameter('1m'),
    period: periodParameter(
      14,
      'RSI period',
      'How many candles the relative strength index looks back.',
    ),
    oversold: level(30, 'Oversold', 'Buys when the index falls below this.'),
    overbought: level(
      70,
      'Overbought',
      'Sells short, where allowed, when the index rises above this.',
    ),
    exit: level(50, 'Exit', 'Closes the position when the index has come back to this.'),
    quantity: quantityParameter('How much it holds at a time, in the base currency.'),
    directions: directionsParameter,
    stopLossPercent: stopLossParameter,
  })
  .refine(({ oversold, exit }) => oversold < exit, {
    path: ['exit'],
    message: 'must lie above oversold',
  })
  .refine(({ overbought, exit }) => exit < overbought, {
    path: ['exit'],
    message: 'must lie below overbought',
  });
type Parameters = z.output<typeof parameters>;

const savedSchema = z.object({
  rsi: z.unknown(),
  before: z.number().nullable(),
  target: z.unknown(),
});

class RsiReversion implements Strategy {
  readonly #parameters: Parameters;
  readonly #rsi: RelativeStrength;
  readonly #target: TargetPosition;
  #before: number | null = null;

  constructor(given: Parameters, savedState: unknown) {
    this.#parameters = given;
    this.#rsi = new RelativeStrength(given.period);
    const saved = savedState === undefined ? undefined : savedSchema.parse(savedState);
    this.#target = new TargetPosition(given, saved?.target);
    if (!saved) return;
    this.#rsi.restore(saved.rsi);
    this.#before = saved.before;
  }

  onHistory(candle: Candle): void {
    this.#rsi.add(candle);
    this.#before = this.#rsi.value;
  }

  onForget(): void {
    this.#rsi.reset();
    this.#before = null;
  }

  /** Enters where the index crosses a level, so that it does not enter again right after its stop. */
  onCandle(candle: Candle, context: StrategyContext): void {
    const before = this.#before;
    this.onHistory(candle);
    const now = this.#rsi.value;
    if (now === null) return;
    const { oversold, overbought, exit } = this.#parameters;
    const held = this.#target.directionOf(context);
    if (before !== null && before >= oversold && now < oversold) {
      this.#target.moveTo(1, `RSI ${now} fell below ${oversold}`, context);
    } else if (before !== null && before <= overbought && now > overbought) {
      this.#target.moveTo(-1, `RSI ${now} rose above ${overbought}`, context);
    } else if ((held > 0 && now >= exit) || (held < 0 && now <= exit)) {
      this.#target.moveTo(0, `RSI ${now} is back at ${exit}`, context);
    }
  }

  onOrder(order: Order, context: StrategyContext): void {
    this.#target.onOrder(order, context);
  }

  state(): unknown {
    return { rsi: this.#rsi.save(), before: this.#before, target: this.#target.save() };
  }
}

const AT_CLOSE = 'at the next close of a candle';

export const rsiReversionStrategy = defineStrategy({
  id: 'rsi-reversion',
  name: 'RSI reversion',
  description:
    'Bets that what has moved too far comes back. When the relative strength index of the closing ' +
    'prices falls below the oversold level it buys, and closes when the index is back in the middle; ' +
    'above the overbought level it does the reverse, where short is allowed. Earns while the market ' +
    'swings, and loses when a strong trend goes on: a stop loss limits that.',
  parameters,
  safeParameters: {
    ...safeTarget('at the next entry'),
    ...{ oversold: AT_CLOSE, overbought: AT_CLOSE, exit: AT_CLOSE },
  },
  candles: ({ interval }) => interval,
  warmUpCandles: ({ period }) => new RelativeStrength(period).warmUpCandles,
  create: (given, savedState) => new RsiReversion(given, savedState),
});
