import type { Database } from 'better-sqlite3';
import { INTERVAL_MS } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { type RecordedGap, stateOfBackfill, type TapeGap, type TapeRange } from './tape-rows.ts';

export interface TapeInstrument {
  readonly instrumentId: InstrumentId;
  readonly tradeCount: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

const IN_NO_CANDLE =
  'block INDEXED BY block_loose WHERE instrument = i.id AND summarized = 0 AND summarized < 2';

const LAST_TIME = `max(
    coalesce((SELECT closed_at FROM candle WHERE instrument = i.id
      AND interval = ${INTERVAL_MS['1d']} ORDER BY open_time DESC LIMIT 1), 0),
    coalesce((SELECT max(last_time) FROM ${IN_NO_CANDLE}), 0)
  )`;

/** Counted by the candles of days and the few blocks that are in none: never block by block. */
const INSTRUMENTS = `SELECT name AS instrumentId,
    (SELECT coalesce(sum(trade_count), 0) FROM candle
      WHERE instrument = i.id AND interval = ${INTERVAL_MS['1d']})
    + (SELECT coalesce(sum(count), 0) FROM ${IN_NO_CANDLE}) AS tradeCount,
    (SELECT min(first_time) FROM block WHERE instrument = i.id) AS firstTime,
    ${LAST_TIME} AS lastTime
  FROM instrument AS i WHERE EXISTS (SELECT 1 FROM block WHERE instrument = i.id)`;

/** What there is, without looking into blocks. */
export function inventoryReader(database: Database) {
  const instruments = database.prepare<[], TapeInstrument>(`${INSTRUMENTS} ORDER BY name`);
  const lastTime = database
    .prepare<[string], number>(
      `SELECT ${LAST_TIME} FROM instrument AS i WHERE name = ?
         AND EXISTS (SELECT 1 FROM block WHERE instrument = i.id)`,
    )
    .pluck();
  const instrument = database.prepare<[string], TapeInstrument>(`${INSTRUMENTS} AND name = ?`);
  const gaps = database.prepare<[string, number, number], TapeGap & { backfilled: number }>(
    `SELECT name AS instrumentId, from_time AS fromTime, to_time AS toTime, reason, backfilled
     FROM gap JOIN instrument ON instrument.id = gap.instrument
     WHERE name = ? AND from_time < ? AND to_time >= ? ORDER BY from_time, to_time, reason`,
  );
  const sizeBytes = database
    .prepare<[], number>('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')
    .pluck();
  return {
    instruments: () => instruments.all(),
    tradeCount: (instrumentId: InstrumentId) => instrument.get(instrumentId)?.tradeCount ?? 0,
    lastTime: (instrumentId: InstrumentId) => lastTime.get(instrumentId) ?? null,
    gaps: (instrumentId: InstrumentId, range: TapeRange): RecordedGap[] =>
      gaps
        .all(instrumentId, range.toTime, range.fromTime)
        .map((gap) => ({ ...gap, backfilled: stateOfBackfill(gap.backfilled) })),
    sizeBytes: () => sizeBytes.get() ?? 0,
  };
}
