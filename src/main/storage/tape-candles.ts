import type { Database } from 'better-sqlite3';
import type { InstrumentId } from '#domain/instrument.ts';
import type { CandleLevel, CandleRow, LooseQuery, TapeRange } from './tape-rows.ts';

const COLUMNS = `open_time AS openTime, open, high, low, close, volume, buy_volume AS buyVolume,
  trade_count AS tradeCount, opened_at AS openedAt, open_sequence AS openSequence,
  closed_at AS closedAt, close_sequence AS closeSequence`;
const INSTRUMENT = '(SELECT id FROM instrument WHERE name = ?)';
const OPENS = '(excluded.opened_at, excluded.open_sequence) < (opened_at, open_sequence)';
const CLOSES = '(excluded.closed_at, excluded.close_sequence) > (closed_at, close_sequence)';

/** Adds what a block holds to the stored candles. */
export function candleMerger(database: Database) {
  // Of decimals of fewer digits the sum is exact, whatever their order.
  database.function('add_volumes', { deterministic: true }, (a: unknown, b: unknown) =>
    Number((Number(a) + Number(b)).toPrecision(15)),
  );
  const merge = database.prepare(
    `INSERT INTO candle (instrument, interval, open_time, open, high, low, close, volume,
       buy_volume, trade_count, opened_at, open_sequence, closed_at, close_sequence)
     VALUES (@instrument, @interval, @openTime, @open, @high, @low, @close, @volume,
       @buyVolume, @tradeCount, @openedAt, @openSequence, @closedAt, @closeSequence)
     ON CONFLICT DO UPDATE SET
       high = max(high, excluded.high), low = min(low, excluded.low),
       volume = add_volumes(volume, excluded.volume),
       buy_volume = add_volumes(buy_volume, excluded.buy_volume),
       trade_count = trade_count + excluded.trade_count,
       open = CASE WHEN ${OPENS} THEN excluded.open ELSE open END,
       opened_at = CASE WHEN ${OPENS} THEN excluded.opened_at ELSE opened_at END,
       open_sequence = CASE WHEN ${OPENS} THEN excluded.open_sequence ELSE open_sequence END,
       close = CASE WHEN ${CLOSES} THEN excluded.close ELSE close END,
       closed_at = CASE WHEN ${CLOSES} THEN excluded.closed_at ELSE closed_at END,
       close_sequence = CASE WHEN ${CLOSES} THEN excluded.close_sequence ELSE close_sequence END`,
  );
  return (instrument: number, levels: readonly CandleLevel[]): void => {
    for (const { intervalMs, candles } of levels)
      for (const candle of candles) merge.run({ ...candle, instrument, interval: intervalMs });
  };
}

export function candleReader(database: Database) {
  const candles = database.prepare<[string, number, number, number], CandleRow>(
    `SELECT ${COLUMNS} FROM candle
     WHERE instrument = ${INSTRUMENT} AND interval = ? AND open_time >= ? AND open_time < ?
     ORDER BY open_time`,
  );
  const newestCandle = database
    .prepare<[string, number, number], number | null>(
      `SELECT max(open_time) FROM candle
       WHERE instrument = ${INSTRUMENT} AND interval = ? AND open_time < ?`,
    )
    .pluck();
  return {
    candles: (instrumentId: InstrumentId, intervalMs: number, range: TapeRange) =>
      candles.all(instrumentId, intervalMs, range.fromTime, range.toTime),
    newestCandle: (instrumentId: InstrumentId, intervalMs: number, before: number) =>
      newestCandle.get(instrumentId, intervalMs, before) ?? null,
    ...looseReader(database),
  };
}

/** Of the blocks whose trades are in no stored candle of some level. */
function looseReader(database: Database) {
  const statements = (index: string, condition: string) => ({
    within: database
      .prepare<[string, number, number, string, number], number>(
        `SELECT sequence FROM block INDEXED BY ${index}
         WHERE instrument = ${INSTRUMENT} ${condition} AND first_time < ?
           AND first_time >= ? - coalesce((SELECT last_time - first_time FROM block
             WHERE instrument = ${INSTRUMENT} ORDER BY last_time - first_time DESC LIMIT 1), 0)
           AND last_time >= ?`,
      )
      .pluck(),
    newest: database
      .prepare<[string, number], number>(
        `SELECT last_time FROM block INDEXED BY ${index} WHERE instrument = ${INSTRUMENT} ${condition}
         AND first_time < ? ORDER BY first_time DESC LIMIT 1`,
      )
      .pluck(),
  });
  // The partial index is used only where its very condition is said; without it, each block is read.
  const inNone = statements('block_loose', 'AND summarized = 0 AND summarized < 2');
  const inHours = statements('block_loose', 'AND summarized = 1 AND summarized < 2');
  const levels: Readonly<Record<LooseQuery['below'], readonly (typeof inNone)[]>> = {
    1: [inNone],
    2: [inNone, inHours],
    3: [statements('block_by_time', '')],
  };
  const bytes = database
    .prepare<[string, number], Uint8Array>(
      `SELECT bytes FROM block WHERE instrument = ${INSTRUMENT} AND sequence = ?`,
    )
    .pluck();
  return {
    /** Sequences of those that overlap the range. */
    looseBlocks: ({ instrumentId, below, fromTime, toTime }: LooseQuery): number[] =>
      levels[below].flatMap(({ within }) =>
        within.all(instrumentId, toTime, fromTime, instrumentId, fromTime),
      ),
    /** Last time of one that begins before `toTime`; null where there is none. */
    newestLoose: ({ instrumentId, below, toTime }: Omit<LooseQuery, 'fromTime'>): number | null => {
      const times = levels[below].flatMap(({ newest }) => newest.get(instrumentId, toTime) ?? []);
      return times.length > 0 ? Math.max(...times) : null;
    },
    /** Null where it has been deleted meanwhile. */
    blockBytes: (instrumentId: InstrumentId, sequence: number): Uint8Array | null =>
      bytes.get(instrumentId, sequence) ?? null,
  };
}
