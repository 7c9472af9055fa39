import type { Database } from 'better-sqlite3';
import { reportedOrderStateSchema } from '#contract/fill-trails.ts';
import type { Order } from '#domain/order.ts';
import type { ReportedOrderState } from '#domain/reported-order-state.ts';
import type { EpochMs } from '#domain/units.ts';
import { type DamageListener, readRows } from './rows.ts';

/** The states that bots elsewhere told of their orders. Of our own bots' orders, trails and fills tell. */
export interface OrderStateRepository {
  /** Adds how it stands, unless that is how it stood before. */
  add(order: Order, reportedTime: EpochMs): void;
  /** In the order in which they were told. */
  of(orderId: string): readonly ReportedOrderState[];
}

export function createOrderStateRepository(
  database: Database,
  onDamage: DamageListener,
): OrderStateRepository {
  const add = database.prepare(
    `INSERT INTO order_states (order_id, bot_id, status, filled_quantity, limit_price, trigger_price, reason,
       time, reported_time)
     SELECT @id, @botId, @status, @filledQuantity, @limitPrice, @triggerPrice, @reason, @updatedTime, @reportedTime
     WHERE NOT EXISTS (
       SELECT 1 FROM (
         SELECT * FROM order_states WHERE order_id = @id ORDER BY row DESC LIMIT 1
       ) WHERE status = @status AND filled_quantity = @filledQuantity AND limit_price IS @limitPrice
         AND trigger_price IS @triggerPrice AND reason IS @reason
     )`,
  );
  const select = database.prepare<[string], unknown>(
    `SELECT status, filled_quantity AS filledQuantity, limit_price AS limitPrice,
       trigger_price AS triggerPrice, reason, time, reported_time AS reportedTime
     FROM order_states WHERE order_id = ? ORDER BY row`,
  );
  const reader = { table: 'order_states', schema: reportedOrderStateSchema, onDamage };
  return {
    add: (order, reportedTime) => {
      const { id, botId, status, filledQuantity, limitPrice, triggerPrice, reason } = order;
      add.run({
        ...{ id, botId, status, filledQuantity, limitPrice, triggerPrice, reason, reportedTime },
        updatedTime: order.updatedTime,
      });
    },
    of: (orderId) => readRows(reader, select.all(orderId)),
  };
}
