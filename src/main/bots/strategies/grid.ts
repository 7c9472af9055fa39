import { z } from 'zod';
import type { DecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import { opposite, type Side } from '#domain/side.ts';
import type { Trade } from '#domain/trade.ts';
import { atTick } from '../increments.ts';
import { defineStrategy, type Strategy, type StrategyContext } from '../strategy.ts';
import { quantityParameter } from './parameters.ts';

const parameters = z.strictObject({
  levels: z.int().min(1).max(50).default(5).meta({
    title: 'Levels a side',
    description: 'How many buy orders below and sell orders above the price at the start.',
    unit: 'orders',
  }),
  spacingBps: z.number().min(0.1).max(5_000).default(20).meta({
    title: 'Spacing',
    description: 'Distance between neighbouring levels, in hundredths of a percent.',
    unit: 'bps',
  }),
  quantity: quantityParameter('How much each level buys or sells, in the base currency.'),
});
type GridParameters = z.output<typeof parameters>;

/** Level 0 is the price at the start; buys stand at negative levels, sells at positive ones. */
const savedStateSchema = z.object({
  centerPrice: z.number(),
  levelByOrderId: z.record(z.string(), z.number().int()),
});

class GridStrategy implements Strategy {
  readonly #parameters: GridParameters;
  #centerPrice: number | null = null;
  readonly #levelByOrderId = new Map<string, number>();

  constructor(parameters: GridParameters, savedState: unknown) {
    this.#parameters = parameters;
    if (savedState === undefined) return;
    const saved = savedStateSchema.parse(savedState);
    this.#centerPrice = saved.centerPrice;
    for (const [id, level] of Object.entries(saved.levelByOrderId)) {
      this.#levelByOrderId.set(id, level);
    }
  }

  onTrade(trade: Trade, context: StrategyContext): void {
    if (this.#centerPrice !== null) return;
    this.#centerPrice = trade.price;
    const { levels, spacingBps } = this.#parameters;
    const spacing = Math.abs(trade.price) * (spacingBps / 10_000);
    if (spacing < context.instrument.priceIncrement) {
      throw new Error(
        `A grid of ${spacingBps} bps at ${trade.price} is finer than the price step ${context.instrument.priceIncrement}`,
      );
    }
    context.log('info', `Grid of ${levels} levels a side, ${spacingBps} bps, at ${trade.price}`);
    for (let level = 1; level <= levels; level += 1) {
      this.#place('buy', -level, 'lays the grid', context);
      this.#place('sell', level, 'lays the grid', context);
    }
  }

  /** A level that has been executed is answered one level further in by the opposite order. */
  onFill(_fill: Fill, order: Order, context: StrategyContext): void {
    const level = this.#levelByOrderId.get(order.id);
    if (level === undefined || order.status !== 'filled') return;
    this.#levelByOrderId.delete(order.id);
    const answer = order.side === 'buy' ? level + 1 : level - 1;
    this.#place(
      opposite(order.side),
      answer,
      `answers the ${order.side} at level ${level}`,
      context,
    );
  }

  state(): unknown {
    if (this.#centerPrice === null) return undefined;
    return {
      centerPrice: this.#centerPrice,
      levelByOrderId: Object.fromEntries(this.#levelByOrderId),
    };
  }

  #place(side: Side, level: number, what: string, context: StrategyContext): void {
    const order = context.place({
      why: `Level ${level} ${what}`,
      type: 'limit',
      side,
      quantity: this.#parameters.quantity,
      limitPrice: this.#priceOf(level, context.instrument),
    });
    if (order.status === 'rejected') {
      context.log('warn', `Level ${level} was rejected: ${order.reason}`);
      return;
    }
    this.#levelByOrderId.set(order.id, level);
  }

  /** Distances are a part of the price's size, so that a negative price has its buys below, too. */
  #priceOf(level: number, instrument: Instrument): DecimalString {
    const center = this.#centerPrice ?? 0;
    const spacing = Math.abs(center) * (this.#parameters.spacingBps / 10_000);
    return atTick(center + level * spacing, instrument);
  }
}

export const gridStrategy = defineStrategy({
  id: 'grid',
  name: 'Grid',
  description:
    'Places buy orders at equal distances below the price and sell orders above it. Each time one ' +
    'is filled, the opposite order is placed one level further in, so that every swing between two ' +
    'levels earns their distance. Loses when the price leaves the grid and does not come back.',
  parameters,
  safeParameters: { quantity: 'for the orders that it places from then on' },
  create: (given, savedState) => new GridStrategy(given, savedState),
});
