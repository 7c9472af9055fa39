import type { Database } from 'better-sqlite3';
import type { InstrumentId } from '#domain/instrument.ts';
import { instrumentKeys } from './tape-writes.ts';

/** Which candles of an instrument files have brought. Times are those of their opening. */
export interface ImportedCandles {
  readonly instrumentId: InstrumentId;
  readonly intervalMs: number;
  readonly count: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

export interface CandleSeriesKey {
  readonly instrumentId: InstrumentId;
  readonly intervalMs: number;
}

export interface StoredCandleBlock {
  /** Start of the stretch that the block is of. */
  readonly fromTime: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

const INSTRUMENT = '(SELECT id FROM instrument WHERE name = ?)';

export function importedCandleTable(database: Database) {
  const keyOf = instrumentKeys(database);
  const put = database.prepare(
    `INSERT INTO imported_candles (instrument, interval, from_time, first_time, last_time, count, bytes)
     VALUES (@instrument, @intervalMs, @fromTime, @firstTime, @lastTime, @count, @bytes)
     ON CONFLICT DO UPDATE SET first_time = @firstTime, last_time = @lastTime, count = @count,
       bytes = @bytes`,
  );
  const block = database
    .prepare<[string, number, number], Uint8Array>(
      `SELECT bytes FROM imported_candles
       WHERE instrument = ${INSTRUMENT} AND interval = ? AND from_time = ?`,
    )
    .pluck();
  const next = database.prepare<[string, number, number], { fromTime: number; bytes: Uint8Array }>(
    `SELECT from_time AS fromTime, bytes FROM imported_candles
     WHERE instrument = ${INSTRUMENT} AND interval = ? AND from_time > ?
     ORDER BY from_time LIMIT 1`,
  );
  const list = database.prepare<[], ImportedCandles>(
    `SELECT name AS instrumentId, interval AS intervalMs, sum(count) AS count,
       min(first_time) AS firstTime, max(last_time) AS lastTime
     FROM imported_candles JOIN instrument ON instrument.id = instrument
     GROUP BY instrument, interval ORDER BY name, interval`,
  );
  const write = database.transaction(
    ({ instrumentId, intervalMs }: CandleSeriesKey, blocks: readonly StoredCandleBlock[]) => {
      const instrument = keyOf(instrumentId);
      for (const one of blocks) put.run({ ...one, instrument, intervalMs });
    },
  );
  return {
    list: () => list.all(),
    write: (key: CandleSeriesKey, blocks: readonly StoredCandleBlock[]) =>
      write.immediate(key, blocks),
    block: ({ instrumentId, intervalMs }: CandleSeriesKey, fromTime: number) =>
      block.get(instrumentId, intervalMs, fromTime) ?? null,
    next: ({ instrumentId, intervalMs }: CandleSeriesKey, after: number) =>
      next.get(instrumentId, intervalMs, after) ?? null,
  };
}
