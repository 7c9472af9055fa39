import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { alertDeliverySchema } from '#contract/alert-model.ts';
import type { AlertDelivery } from '#domain/alert.ts';
import { assertStorable, type DamageListener, parseJson, readRows } from './rows.ts';

/** The last attempts to tell the user of alerts. */
export interface AlertDeliveryRepository {
  /** Throws on an id that is there already. What is older than the kept ones goes. */
  append(delivery: AlertDelivery): void;
  /** Newest first. */
  list(): AlertDelivery[];
}

export const KEPT_DELIVERIES = 200;

const COLUMNS = 'id, time, route_id AS routeId, reason, title, alert_ids AS alertIds, error';

const rowSchema: z.ZodType<AlertDelivery> = alertDeliverySchema.extend({
  alertIds: z.string().transform(parseJson).pipe(alertDeliverySchema.shape.alertIds),
});

export function createAlertDeliveryRepository(
  database: Database,
  onDamage: DamageListener,
): AlertDeliveryRepository {
  const reader = { table: 'alert_deliveries', schema: rowSchema, onDamage };
  const insert = database.prepare(
    `INSERT INTO alert_deliveries (id, time, route_id, reason, title, alert_ids, error)
     VALUES (@id, @time, @routeId, @reason, @title, @alertIds, @error)`,
  );
  const trim = database.prepare<[number]>(
    `DELETE FROM alert_deliveries WHERE row <= (
       SELECT row FROM alert_deliveries ORDER BY row DESC LIMIT 1 OFFSET ?)`,
  );
  const select = database.prepare(`SELECT ${COLUMNS} FROM alert_deliveries ORDER BY row DESC`);
  const write = database.transaction((delivery: AlertDelivery) => {
    insert.run({ ...delivery, alertIds: JSON.stringify(delivery.alertIds) });
    trim.run(KEPT_DELIVERIES);
  });
  return {
    append: (delivery) => {
      assertStorable(alertDeliverySchema, delivery, 'a delivery');
      write(delivery);
    },
    list: () => readRows(reader, select.all()),
  };
}
