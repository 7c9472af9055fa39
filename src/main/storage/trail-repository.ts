import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { fillTrailSchema, orderTrailSchema } from '#contract/fill-trails.ts';
import type { FillTelling, FillTrail, OrderTrail } from '#domain/fill-trail.ts';
import type { EpochMs } from '#domain/units.ts';
import { type DamageListener, parseJson, readRow } from './rows.ts';

interface StoredTrail {
  /** Null of an order that was placed before trails were kept. */
  readonly order: OrderTrail | null;
  readonly acceptedTime: EpochMs | null;
  readonly fill: FillTrail;
  /** Null where the app died before it could write it down. */
  readonly telling: Omit<FillTelling, 'fillId'> | null;
}

/** Why fills came to be: where their orders came from, and what executed them. */
export interface TrailRepository {
  insertOrder(trail: OrderTrail): void;
  accept(orderId: string, time: EpochMs): void;
  insertFill(trail: FillTrail): void;
  tell(telling: FillTelling): void;
  get(fillId: string): StoredTrail | null;
}

interface Row {
  readonly fill: string;
  readonly telling: string | null;
  readonly order: string | null;
  readonly acceptedTime: number | null;
}

export function createTrailRepository(
  database: Database,
  onDamage: DamageListener,
): TrailRepository {
  const insertOrder = database.prepare<[string, string, string]>(
    'INSERT OR REPLACE INTO order_trails (order_id, bot_id, trail) VALUES (?, ?, ?)',
  );
  const accept = database.prepare<[number, string]>(
    'UPDATE order_trails SET accepted_time = ? WHERE order_id = ? AND accepted_time IS NULL',
  );
  const insertFill = database.prepare<[string, string, string]>(
    'INSERT INTO fill_trails (fill_id, bot_id, trail) VALUES (?, ?, ?)',
  );
  const tell = database.prepare<[string, string]>(
    'UPDATE fill_trails SET telling = ? WHERE fill_id = ?',
  );
  const select = database.prepare<[string], Row>(
    `SELECT fill_trails.trail AS fill, telling, order_trails.trail AS "order",
       accepted_time AS acceptedTime
     FROM fill_trails LEFT JOIN order_trails ON order_id = fill_trails.trail ->> 'orderId'
     WHERE fill_id = ?`,
  );
  const reader = { table: 'fill_trails', schema: storedSchema, onDamage };
  return {
    insertOrder: (trail) => {
      insertOrder.run(trail.orderId, trail.botId, JSON.stringify(trail));
    },
    accept: (orderId, time) => {
      accept.run(time, orderId);
    },
    insertFill: (trail) => {
      insertFill.run(trail.fillId, trail.botId, JSON.stringify(trail));
    },
    tell: ({ fillId, ...telling }) => {
      tell.run(JSON.stringify(telling), fillId);
    },
    get: (fillId) => {
      const row = select.get(fillId);
      if (!row) return null;
      return readRow(reader, {
        fill: parseJson(row.fill),
        order: row.order && parseJson(row.order),
        telling: row.telling && parseJson(row.telling),
        acceptedTime: row.acceptedTime,
      });
    },
  };
}

const timeSchema = fillTrailSchema.shape.executedTime;
const storedSchema = z.object({
  fill: fillTrailSchema,
  order: orderTrailSchema.nullable(),
  acceptedTime: timeSchema.nullable(),
  telling: z
    .object({
      ...{ writtenTime: timeSchema, writtenAfterMs: z.number() },
      ...{ toldTime: timeSchema, toldAfterMs: z.number() },
    })
    .nullable(),
}) satisfies z.ZodType<StoredTrail>;
