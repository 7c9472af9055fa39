import type { Result } from '#contract/errors.ts';
import { fail } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import { actingPrice } from '#domain/order-change.ts';
import type { OrderCommands } from '../../../app/order-commands.ts';
import type { BotStore } from '../../../stores/bot-store.ts';
import type { Level, Levels } from '../levels/levels.ts';
import { isMovable, openOrdersOf, orderTitle } from './held-orders.ts';

/** An order of the user’s own making, at the price at which it acts next. */
export interface OrderLevel extends Level {
  readonly order: Order;
  /** What stands on its line at a price: another one while it is dragged. */
  readonly titleAt: (price: number) => string;
}

/** The orders on one instrument that the user can take hold of. */
export class OrderLevels implements Levels<OrderLevel> {
  readonly #bots: BotStore;
  readonly #commands: Pick<OrderCommands, 'move' | 'cancel'>;
  readonly #instrumentId: InstrumentId;

  constructor(
    bots: BotStore,
    commands: Pick<OrderCommands, 'move' | 'cancel'>,
    instrumentId: InstrumentId,
  ) {
    this.#bots = bots;
    this.#commands = commands;
    this.#instrumentId = instrumentId;
  }

  list(): readonly OrderLevel[] {
    const bots = Object.values(this.#bots.getState().bots);
    return openOrdersOf(bots, this.#instrumentId).flatMap((held) => {
      const { order } = held;
      const price = isMovable(order) ? actingPrice(order) : null;
      if (price === null) return [];
      return {
        ...{ id: order.id, price: Number(price), order },
        titleAt: (at: number) => orderTitle([held], at),
      };
    });
  }

  async move(orderId: string, price: number): Promise<Result<unknown>> {
    const level = this.list().find(({ id }) => id === orderId);
    if (level === undefined) return fail('invalid_state', orderId);
    return this.#commands.move(level.order, price);
  }

  remove(orderId: string): Promise<Result<unknown>> {
    return this.#commands.cancel(orderId);
  }
}
