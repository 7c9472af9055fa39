import type { Database } from 'better-sqlite3';
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

export interface OrderRepository {
  /** Inserts, or replaces the order of the same id. */
  upsert(order: Order): void;
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
  limit_price AS limitPrice, status, filled_quantity AS filledQuantity, reason,
  created_time AS createdTime, updated_time AS updatedTime`;

/** Word for word that of the partial index `orders_open`. */
const IS_OPEN = "status IN ('submitted', 'accepted', 'partiallyFilled')";

export function createOrderRepository(
  database: Database,
  onDamage: DamageListener,
): OrderRepository {
  const table = new PagedTable<Order>({
    database,
    table: 'orders',
    columns: COLUMNS,
    timeColumn: 'created_time',
    schema: orderSchema,
    onDamage,
  });
  const upsert = database.prepare(
    `INSERT INTO orders (id, bot_id, instrument_id, type, side, quantity, limit_price, status,
       filled_quantity, reason, created_time, updated_time)
     VALUES (@id, @botId, @instrumentId, @type, @side, @quantity, @limitPrice, @status,
       @filledQuantity, @reason, @createdTime, @updatedTime)
     ON CONFLICT (id) DO UPDATE SET quantity = @quantity, limit_price = @limitPrice,
       status = @status, filled_quantity = @filledQuantity, reason = @reason,
       updated_time = @updatedTime`,
  );
  return {
    upsert: (order) => {
      assertStorable(orderSchema, order, 'an order');
      upsert.run(order);
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
