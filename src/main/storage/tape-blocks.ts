import type { Database } from 'better-sqlite3';
import type { InstrumentId } from '#domain/instrument.ts';
import type { BlockQuery, TapeBlock } from './tape-rows.ts';

type BlockRow = Omit<TapeBlock, 'isSealed'> & { readonly sealed: number };

const toBlock = ({ sealed, ...row }: BlockRow): TapeBlock => ({ ...row, isSealed: sealed === 1 });

const COLUMNS = `name AS instrumentId, sequence, first_time AS firstTime,
  last_time AS lastTime, count, first_id AS firstId, last_id AS lastId, sealed, bytes`;
const BLOCKS = 'FROM block JOIN instrument ON instrument.id = block.instrument';

/** Each read is one short statement; none stays open. */
export function blockReader(database: Database) {
  const next = blockWalk(database);
  const last = database.prepare<[string, number], BlockRow>(
    `SELECT ${COLUMNS} ${BLOCKS} WHERE name = ? ORDER BY sequence DESC LIMIT ?`,
  );
  const idRanges = database.prepare<[string, number], { first: number; last: number }>(
    `SELECT first_id AS first, last_id AS last ${BLOCKS}
     WHERE name = ? AND sequence < ? AND first_id IS NOT NULL ORDER BY first_id`,
  );
  // Through the small index of what is in no candle: past the bytes of each block it would take ages.
  const unsummarized = database.prepare<[number, number], BlockRow>(
    `SELECT ${COLUMNS}
     FROM block INDEXED BY block_loose JOIN instrument ON instrument.id = block.instrument
     WHERE summarized = 0 AND summarized < 2 AND sealed = 1
     ORDER BY block.instrument, first_time, sequence LIMIT ? OFFSET ?`,
  );
  return {
    next,
    unsummarized: (limit: number, skip: number): TapeBlock[] =>
      unsummarized.all(limit, skip).map(toBlock),
    last: (instrumentId: InstrumentId, limit: number): TapeBlock[] =>
      last.all(instrumentId, limit).map(toBlock).reverse(),
    idRanges: (instrumentId: InstrumentId, beforeSequence: number) =>
      idRanges.all(instrumentId, beforeSequence),
  };
}

function blockWalk(database: Database): (query: BlockQuery) => TapeBlock | null {
  const walk = (comparison: '<' | '>', order: 'ASC' | 'DESC') =>
    database.prepare<unknown[], BlockRow>(
      `SELECT ${COLUMNS} ${BLOCKS}
       WHERE name = ? AND first_time >= ? AND first_time < ? AND last_time >= ? AND sequence <= ?
         AND (first_time, sequence) ${comparison} (?, ?)
       ORDER BY first_time ${order}, sequence ${order} LIMIT 1`,
    );
  const oldestFirst = walk('>', 'ASC');
  const newestFirst = walk('<', 'DESC');
  const longest = database
    .prepare<[string], number>(
      `SELECT last_time - first_time FROM block
       WHERE instrument = (SELECT id FROM instrument WHERE name = ?)
       ORDER BY last_time - first_time DESC LIMIT 1`,
    )
    .pluck();
  return (query) => {
    // Without a lower bound, the way to a late stretch would lead past every block before it.
    const start = query.fromTime - (longest.get(query.instrumentId) ?? 0);
    const edge = query.newest ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
    const firstTime = query.after?.firstTime ?? (query.newest ? edge : start);
    const sequence = query.after?.sequence ?? edge;
    const row = (query.newest ? newestFirst : oldestFirst).get(
      query.instrumentId,
      start,
      query.newest ? Math.min(query.toTime, firstTime + 1) : query.toTime,
      query.fromTime,
      query.throughSequence ?? Number.MAX_SAFE_INTEGER,
      firstTime,
      sequence,
    );
    return row ? toBlock(row) : null;
  };
}
