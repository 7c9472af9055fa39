import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Trade } from '#domain/trade.ts';

interface CandleOfRows {
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  buyVolume: number;
  tradeCount: number;
}

/**
 * The obvious way: a row a trade, without an index or a check for doubles, read by iteration. As
 * durable as the tape: the same journal, and committed as often.
 */
export class RowTape {
  readonly #path: string;
  readonly #database: Database.Database;
  readonly #insert: Database.Statement;

  constructor(path: string) {
    this.#path = path;
    this.#database = new Database(path);
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = NORMAL');
    this.#database.exec(`CREATE TABLE trade (id INTEGER NOT NULL, event_time INTEGER NOT NULL,
      received_time INTEGER NOT NULL, price REAL NOT NULL, size REAL NOT NULL, sell INTEGER NOT NULL)`);
    this.#insert = this.#database.prepare('INSERT INTO trade VALUES (?, ?, ?, ?, ?, ?)');
  }

  /** `isDue` says when to commit, and is asked after each thousand trades. */
  record(trades: readonly Trade[], isDue: () => boolean): void {
    this.#database.exec('BEGIN IMMEDIATE');
    trades.forEach(({ id, eventTime, receivedTime, price, size, aggressorSide }, index) => {
      this.#insert.run(
        Number(id),
        eventTime,
        receivedTime,
        price,
        size,
        +(aggressorSide === 'sell'),
      );
      if (index % 1_000 === 999 && isDue()) this.#database.exec('COMMIT; BEGIN IMMEDIATE');
    });
    this.#database.exec('COMMIT');
  }

  minutes(): number {
    const candles = new Map<number, CandleOfRows>();
    const rows = this.#database
      .prepare<[], [number, number, number, number]>(
        'SELECT event_time, price, size, sell FROM trade',
      )
      .raw();
    for (const [time, price, size, sell] of rows.iterate()) {
      const openTime = time - (time % 60_000);
      let candle = candles.get(openTime);
      if (!candle) {
        candle = {
          open: price,
          high: price,
          low: price,
          close: price,
          volume: 0,
          buyVolume: 0,
          tradeCount: 0,
        };
        candles.set(openTime, candle);
      }
      if (price > candle.high) candle.high = price;
      if (price < candle.low) candle.low = price;
      candle.close = price;
      candle.volume += size;
      if (sell === 0) candle.buyVolume += size;
      candle.tradeCount++;
    }
    return candles.size;
  }

  sizeBytes(): number {
    this.#database.pragma('wal_checkpoint(TRUNCATE)');
    return statSync(this.#path).size;
  }

  close(): void {
    this.#database.close();
  }
}
