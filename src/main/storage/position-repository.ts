import type { Database } from 'better-sqlite3';
import { positionSchema } from '#contract/model.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Position } from '#domain/position.ts';
import { assertStorable, type DamageListener, readRow, readRows } from './rows.ts';

export interface PositionRepository {
  upsert(position: Position): void;
  get(botId: string, instrumentId: InstrumentId): Position | null;
  /** Flat ones as well: they carry realised PnL. */
  list(): Position[];
}

const COLUMNS = `bot_id AS botId, instrument_id AS instrumentId, quantity, cost,
  average_price AS averagePrice, realized_pnl AS realizedPnl, fees, updated_time AS updatedTime`;

export function createPositionRepository(
  database: Database,
  onDamage: DamageListener,
): PositionRepository {
  const reader = { table: 'positions', schema: positionSchema, onDamage };
  const selectAll = database.prepare(
    `SELECT ${COLUMNS} FROM positions ORDER BY bot_id, instrument_id`,
  );
  const selectOne = database.prepare<[string, string]>(
    `SELECT ${COLUMNS} FROM positions WHERE bot_id = ? AND instrument_id = ?`,
  );
  const upsert = database.prepare(
    `INSERT INTO positions (bot_id, instrument_id, quantity, cost, average_price,
       realized_pnl, fees, updated_time)
     VALUES (@botId, @instrumentId, @quantity, @cost, @averagePrice, @realizedPnl, @fees,
       @updatedTime)
     ON CONFLICT (bot_id, instrument_id) DO UPDATE SET quantity = @quantity, cost = @cost,
       average_price = @averagePrice, realized_pnl = @realizedPnl, fees = @fees,
       updated_time = @updatedTime`,
  );
  return {
    upsert: (position) => {
      assertStorable(positionSchema, position, 'a position');
      upsert.run(position);
    },
    get: (botId, instrumentId) => {
      const row = selectOne.get(botId, instrumentId);
      return row === undefined ? null : readRow(reader, row);
    },
    list: () => readRows(reader, selectAll.all()),
  };
}
