import Database from 'better-sqlite3';
import type { Result } from '#contract/errors.ts';
import { INTERVAL_MS } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { candlesOfTrades, readTapeCandles } from '#main/tape/candles.ts';
import { openTapeCursor } from '#main/tape/cursor.ts';

const EVERYTHING = { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER };

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** SQLite's own verdict on the whole file: `ok` where it is sound. */
export function integrityOf(path: string): unknown {
  const database = new Database(path);
  try {
    return database.pragma('integrity_check', { simple: true });
  } finally {
    database.close();
  }
}

/** Decodes all of an instrument's trades; throws where a block is damaged or candles do not agree. */
export function readWholeTape(path: string, instrumentId: InstrumentId): Trade[] {
  const tape = unwrap(openTapeDatabase(path));
  try {
    const trades: Trade[] = [];
    const cursor = openTapeCursor(tape, instrumentId, EVERYTHING);
    for (let part = unwrap(cursor.next()); part; part = unwrap(cursor.next()))
      for (const trade of part) trades.push(trade);
    const counted = unwrap(tape.tradeCount(instrumentId));
    if (counted !== trades.length) throw new Error(`${trades.length} trades, counted ${counted}`);
    const stored = unwrap(readTapeCandles(tape, instrumentId, '1m', { limit: 1e9 }));
    const made = unwrap(candlesOfTrades(tape, instrumentId, INTERVAL_MS['1m'], EVERYTHING));
    const differing = made.filter(({ openTime, close, volume, tradeCount }, index) => {
      const candle = stored[index];
      return (
        String([openTime, close, volume, tradeCount]) !==
        String([candle?.openTime, candle?.close, candle?.volume, candle?.tradeCount])
      );
    });
    if (stored.length !== made.length || differing.length > 0)
      throw new Error(
        `the stored candles are not those of the trades: ${JSON.stringify(differing)}`,
      );
    return trades;
  } finally {
    tape.close();
  }
}
