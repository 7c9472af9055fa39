import type { Database } from 'better-sqlite3';
import { reportedOrderStateSchema } from '#contract/fill-trails.ts';
import type { Order } from '#domain/order.ts';
import type { ReportedOrderState } from '#domain/reported-order-state.ts';
import type { EpochMs } from '#domain/units.ts';
import { type DamageListener, readRows } from './rows.ts';

/** The states that bots elsewhere told of their orders. Of our own bots' orders, trails and fills tell. */
export interface OrderStateRepository {
  /** Adds how an order that is in the ledger stands. */
  add(order: Order, reportedTime: EpochMs): void;
  /** In the order in which they were told. */
  of(orderId: string): readonly ReportedOrderState[];
}

export function createOrderStateRepository(
  database: Database,
  onDamage: DamageListener,
): OrderStateRepository {
  const insert = database.prepare(
    `INSERT INTO order_states (order_row, status, filled_quantity, limit_price, trigger_price, reason,
       time, reported_time)
     VALUES ((SELECT row FROM orders WHERE id = @id), @status, @filledQuantity, @limitPrice,
       @triggerPrice, @reason, @time, @reportedTime)`,
  );
  const select = database.prepare<[string], unknown>(
    `SELECT status, filled_quantity AS filledQuantity, limit_price AS limitPrice,
       trigger_price AS triggerPrice, reason, time, reported_time AS reportedTime
     FROM order_states WHERE order_row = (SELECT row FROM orders WHERE id = ?) ORDER BY row`,
  );
  const reader = { table: 'order_states', schema: reportedOrderStateSchema, onDamage };
  return {
    add: ({ id, updatedTime: time, ...order }, reportedTime) => {
      const { status, filledQuantity, limitPrice, triggerPrice, reason } = order;
      const standing = { status, filledQuantity, limitPrice, triggerPrice, reason };
      insert.run({ id, ...standing, time, reportedTime });
    },
    of: (orderId) => readRows(reader, select.all(orderId)),
  };
}
