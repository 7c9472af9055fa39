import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Result } from '#contract/errors.ts';
import { orderSchema } from '#contract/model.ts';
import type { Order } from '#domain/order.ts';
import {
  type BotSelection,
  ofBots,
  type Page,
  PagedTable,
  type PageRequest,
} from './paged-table.ts';
import { assertStorable, type DamageListener } from './rows.ts';

/** What changes of an order. */
export type OrderStanding = Pick<
  Order,
  'status' | 'filledQuantity' | 'limitPrice' | 'triggerPrice' | 'reason' | 'updatedTime'
>;

export interface OrderRepository {
  /** Inserts, or replaces the order of the same id. */
  upsert(order: Order): void;
  /** How it stands, read in a fraction of the time that `get` takes. */
  standing(orderId: string): OrderStanding | undefined;
  get(orderId: string): Order | null;
  /** Oldest first. */
  open(botId: string): Order[];
  list(
    request: PageRequest & {
      botId?: string | undefined;
      openOnly?: boolean;
      bots?: BotSelection;
    },
  ): Result<Page<Order>>;
}

const COLUMNS = `id, bot_id AS botId, instrument_id AS instrumentId, type, side, quantity,
  limit_price AS limitPrice, trigger_price AS triggerPrice, trailing_offset AS trailingOffset,
  triggered_time AS triggeredTime, time_in_force AS timeInForce, post_only AS postOnly,
  reduce_only AS reduceOnly, oco_group AS ocoGroup, why, status,
  filled_quantity AS filledQuantity, reason, created_time AS createdTime, updated_time AS updatedTime`;

/** Word for word that of the partial index `orders_open`. */
const IS_OPEN = "(status = 'submitted' OR status = 'accepted' OR status = 'partiallyFilled')";

const flagSchema = z.number().transform((value) => value === 1);
const rowSchema: z.ZodType<Order> = orderSchema.extend({
  postOnly: flagSchema,
  reduceOnly: flagSchema,
});

export function createOrderRepository(
  database: Database,
  onDamage: DamageListener,
): OrderRepository {
  const table = new PagedTable<Order>({
    database,
    table: 'orders',
    columns: COLUMNS,
    timeColumn: 'created_time',
    schema: rowSchema,
    onDamage,
  });
  const upsert = database.prepare(
    `INSERT INTO orders (id, bot_id, instrument_id, type, side, quantity, limit_price,
       trigger_price, trailing_offset, triggered_time, time_in_force, post_only, reduce_only,
       oco_group, why, status, filled_quantity, reason, created_time, updated_time)
     VALUES (@id, @botId, @instrumentId, @type, @side, @quantity, @limitPrice,
       @triggerPrice, @trailingOffset, @triggeredTime, @timeInForce, @postOnly, @reduceOnly,
       @ocoGroup, @why, @status, @filledQuantity, @reason, @createdTime, @updatedTime)
     ON CONFLICT (id) DO UPDATE SET quantity = @quantity, limit_price = @limitPrice, why = coalesce(why, @why),
       trigger_price = @triggerPrice, trailing_offset = @trailingOffset,
       triggered_time = @triggeredTime, status = @status, filled_quantity = @filledQuantity, reason = @reason,
       updated_time = @updatedTime`,
  );
  const standing = database.prepare<[string], OrderStanding>(
    `SELECT status, filled_quantity AS filledQuantity, limit_price AS limitPrice,
       trigger_price AS triggerPrice, reason, updated_time AS updatedTime FROM orders WHERE id = ?`,
  );
  return {
    standing: (orderId) => standing.get(orderId),
    upsert: (order) => {
      assertStorable(orderSchema, order, 'an order');
      upsert.run({
        ...order,
        postOnly: order.postOnly ? 1 : 0,
        reduceOnly: order.reduceOnly ? 1 : 0,
      });
    },
    get: (orderId) => table.one([['id = ?', orderId]]),
    open: (botId) => table.all([['bot_id = ?', botId], [IS_OPEN]]).reverse(),
    list: ({ botId, openOnly, bots, ...request }) => {
      const conditions = ofBots(bots);
      if (botId !== undefined) conditions.push(['bot_id = ?', botId]);
      if (openOnly) conditions.push([IS_OPEN]);
      return table.page(conditions, request);
    },
  };
}
