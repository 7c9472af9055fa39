export const TAPE_APPLICATION_ID = 0x54_44_54_50;

/** Times are epoch milliseconds. A block's bytes are described in docs/tape-format.md. */
export const TAPE_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE instrument (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE block (
    id INTEGER PRIMARY KEY,
    instrument INTEGER NOT NULL REFERENCES instrument (id),
    sequence INTEGER NOT NULL,
    first_time REAL NOT NULL,
    last_time REAL NOT NULL,
    count INTEGER NOT NULL,
    first_id REAL,
    last_id REAL,
    sealed INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (instrument, sequence)
  ) STRICT;
  CREATE INDEX block_by_time ON block (instrument, first_time, sequence, last_time, count);

  CREATE TABLE gap (
    instrument INTEGER NOT NULL REFERENCES instrument (id),
    from_time REAL NOT NULL,
    to_time REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (instrument, from_time, to_time, reason)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- 0: no trade of the gap came afterwards; 1: some did; 2: all of them.
  ALTER TABLE gap ADD COLUMN backfilled INTEGER NOT NULL DEFAULT 0;
  -- The longest block bounds how far back one that overlaps a time may begin.
  CREATE INDEX block_by_span ON block (instrument, last_time - first_time);
  `,
  `
  -- 0: no candle holds the block's trades; 1: those of hours and days do; 2: those of minutes too.
  ALTER TABLE block ADD COLUMN summarized INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX block_loose ON block
    (instrument, summarized, first_time, sequence, last_time, count) WHERE summarized < 2;

  CREATE TABLE candle (
    instrument INTEGER NOT NULL REFERENCES instrument (id),
    interval INTEGER NOT NULL,
    open_time INTEGER NOT NULL,
    open REAL NOT NULL,
    high REAL NOT NULL,
    low REAL NOT NULL,
    close REAL NOT NULL,
    volume REAL NOT NULL,
    buy_volume REAL NOT NULL,
    trade_count INTEGER NOT NULL,
    opened_at REAL NOT NULL,
    open_sequence INTEGER NOT NULL,
    closed_at REAL NOT NULL,
    close_sequence INTEGER NOT NULL,
    PRIMARY KEY (instrument, interval, open_time)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Candles that a file brought, a block of columns for each even stretch of time: not of our trades.
  CREATE TABLE imported_candles (
    instrument INTEGER NOT NULL REFERENCES instrument (id),
    interval INTEGER NOT NULL,
    from_time INTEGER NOT NULL,
    first_time INTEGER NOT NULL,
    last_time INTEGER NOT NULL,
    count INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (instrument, interval, from_time)
  ) STRICT;
  `,
];
