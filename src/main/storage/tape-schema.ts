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
];
