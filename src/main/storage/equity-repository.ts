import type { Database } from 'better-sqlite3';
import { equityPointSchema } from '#contract/model.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EquityPoint } from '#domain/equity-point.ts';
import type { EpochMs } from '#domain/units.ts';
import { assertStorable, type DamageListener, readRows } from './rows.ts';

/** The equity curves of bots: a bounded number of points each. */
export interface EquityRepository {
  /** A point of the same moment is replaced. */
  append(point: EquityPoint): void;
  /** Oldest first. */
  list(
    botId: string,
    range: { readonly fromTime: EpochMs; readonly toTime: EpochMs },
  ): EquityPoint[];
  /** Of the first and the last point; null where there is none. */
  times(botId: string): { readonly first: EpochMs; readonly last: EpochMs } | null;
  /** Of the last point before `time`; null where there is none. */
  pnlBefore(botId: string, time: EpochMs): DecimalString | null;
  /** Keeps the first point of each such period. */
  thin(botId: string, periodMs: number): void;
}

export function createEquityRepository(
  database: Database,
  onDamage: DamageListener,
): EquityRepository {
  const reader = { table: 'equity_points', schema: equityPointSchema, onDamage };
  const append = database.prepare(
    `INSERT OR REPLACE INTO equity_points (bot_id, time, equity, pnl)
     VALUES (@botId, @time, @equity, @pnl)`,
  );
  const list = database.prepare<[string, number, number]>(
    `SELECT bot_id AS botId, time, equity, pnl FROM equity_points
     WHERE bot_id = ? AND time >= ? AND time < ? ORDER BY time`,
  );
  const times = database.prepare<[string], { first: EpochMs | null; last: EpochMs | null }>(
    'SELECT min(time) AS first, max(time) AS last FROM equity_points WHERE bot_id = ?',
  );
  const pnlBefore = database
    .prepare<[string, number], DecimalString>(
      'SELECT pnl FROM equity_points WHERE bot_id = ? AND time < ? ORDER BY time DESC LIMIT 1',
    )
    .pluck();
  const thin = database.prepare<{ botId: string; periodMs: number }>(
    `DELETE FROM equity_points WHERE bot_id = @botId AND time NOT IN (
       SELECT min(time) FROM equity_points WHERE bot_id = @botId
       GROUP BY CAST(time / @periodMs AS INTEGER))`,
  );
  return {
    append: (point) => {
      assertStorable(equityPointSchema, point, 'a point of equity');
      append.run(point);
    },
    list: (botId, { fromTime, toTime }) => readRows(reader, list.all(botId, fromTime, toTime)),
    times: (botId) => {
      const { first = null, last = null } = times.get(botId) ?? {};
      return first === null || last === null ? null : { first, last };
    },
    pnlBefore: (botId, time) => pnlBefore.get(botId, time) ?? null,
    thin: (botId, periodMs) => {
      thin.run({ botId, periodMs });
    },
  };
}
