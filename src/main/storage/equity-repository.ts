import type { Database } from 'better-sqlite3';
import { decimalStringSchema } from '#contract/decimals.ts';
import { equityPointSchema } from '#contract/model.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EquityPoint } from '#domain/equity-point.ts';
import { type EpochMs, MAX_EPOCH_MS } from '#domain/units.ts';
import { assertStorable, type DamageListener, readRows } from './rows.ts';

/** A year of days, and some days more for the one before. */
const QUARTERS_KEPT_MS = 370 * 24 * 3_600_000;

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
  /** As last known before `time`; null where it was not. */
  pnlBefore(botId: string, time: EpochMs): DecimalString | null;
  /** The same as of now. */
  lastPnl(botId: string): DecimalString | null;
  /**
   * Where a bot stood when a quarter of an hour ended. The curve grows coarser, these stay for as long as days are
   * told of: in some place, each of them is midnight.
   */
  endQuarter(botId: string, end: { readonly time: EpochMs; readonly pnl: DecimalString }): void;
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
    .prepare<{ botId: string; time: number }, DecimalString>(
      `SELECT pnl FROM (
         SELECT * FROM (SELECT time, pnl FROM equity_points WHERE bot_id = @botId AND time < @time
           ORDER BY time DESC LIMIT 1)
         UNION ALL
         SELECT * FROM (SELECT time, pnl FROM equity_quarters WHERE bot_id = @botId AND time < @time
           ORDER BY time DESC LIMIT 1))
       ORDER BY time DESC LIMIT 1`,
    )
    .pluck();
  const endQuarter = database.prepare<[string, number, string]>(
    'INSERT OR REPLACE INTO equity_quarters (bot_id, time, pnl) VALUES (?, ?, ?)',
  );
  const forgetQuarters = database.prepare<[string, number]>(
    'DELETE FROM equity_quarters WHERE bot_id = ? AND time < ?',
  );
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
    pnlBefore: (botId, time) => pnlBefore.get({ botId, time }) ?? null,
    lastPnl: (botId) => pnlBefore.get({ botId, time: MAX_EPOCH_MS }) ?? null,
    endQuarter: (botId, { time, pnl }) => {
      assertStorable(decimalStringSchema, pnl, 'the end of a quarter of an hour');
      endQuarter.run(botId, time, pnl);
      forgetQuarters.run(botId, time - QUARTERS_KEPT_MS);
    },
    thin: (botId, periodMs) => {
      thin.run({ botId, periodMs });
    },
  };
}
