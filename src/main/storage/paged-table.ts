import type { Database, Statement } from 'better-sqlite3';
import type { z } from 'zod';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type DamageListener, type RowReader, readRow, readRows } from './rows.ts';

export interface PageRequest {
  readonly limit: number;
  /** `nextBefore` of the page before. */
  readonly before?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly nextBefore: string | null;
}

/** SQL conditions with one `?` each (or none, where the value is undefined). */
export type Condition = readonly [sql: string, value?: string];

/** Of these bots only; all where nothing is said. */
export type BotSelection = 'all' | readonly string[] | undefined;

export const ofBots = (bots: BotSelection): Condition[] =>
  oneOf('bot_id', bots === 'all' ? undefined : bots);

/** Both are of the machine's or the market's clock, in epoch milliseconds; `toTime` is exclusive. */
export interface TimeSpan {
  readonly fromTime: number;
  readonly toTime: number;
}

/** Of this stretch only; `time` is a column or an expression of some. */
export const within = (time: string, span: TimeSpan | undefined): Condition[] =>
  span === undefined
    ? []
    : [
        [`${time} >= CAST(? AS REAL)`, String(span.fromTime)],
        [`${time} < CAST(? AS REAL)`, String(span.toTime)],
      ];

/** One of these values; all where nothing is said. */
export const oneOf = (column: string, values: readonly string[] | undefined): Condition[] =>
  values === undefined
    ? []
    : [[`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values)]];

interface Position {
  readonly time: number;
  readonly row: number;
}

const START: Position = { time: Number.MAX_SAFE_INTEGER, row: Number.MAX_SAFE_INTEGER };
const CURSOR = /^(\d{1,16}(?:\.\d{1,9})?)_(\d{1,16})$/;

/** Reads a table newest first, by time and then by order of insertion. Statements are cached. */
export class PagedTable<T> {
  readonly #database: Database;
  readonly #reader: RowReader<T>;
  readonly #columns: string;
  readonly #timeColumn: string;
  readonly #statements = new Map<string, Statement>();

  constructor(options: {
    database: Database;
    table: string;
    /** As the schema names them: `bot_id AS botId, …`. */
    columns: string;
    timeColumn: string;
    schema: z.ZodType<T>;
    onDamage: DamageListener;
  }) {
    this.#database = options.database;
    this.#reader = options;
    this.#columns = options.columns;
    this.#timeColumn = options.timeColumn;
  }

  page(conditions: readonly Condition[], request: PageRequest): Result<Page<T>> {
    const from = parseCursor(request.before);
    if (!from) return fail('invalid_payload', 'The list cursor `before` is malformed.');
    const rows = this.#select(
      [...conditions, [`(${this.#timeColumn}, row) < (?, ?)`]],
      [...valuesOf(conditions), from.time, from.row, request.limit + 1],
    );
    const shown = rows.slice(0, request.limit);
    const last = rows.length > request.limit ? shown.at(-1) : undefined;
    return succeed({
      items: readRows(this.#reader, shown),
      nextBefore: last ? `${last.pageTime}_${last.row}` : null,
    });
  }

  /** Every match, newest first. */
  all(conditions: readonly Condition[]): T[] {
    return readRows(this.#reader, this.#select(conditions, [...valuesOf(conditions), -1]));
  }

  one(conditions: readonly Condition[]): T | null {
    const [row] = this.#select(conditions, [...valuesOf(conditions), 1]);
    return row === undefined ? null : readRow(this.#reader, row);
  }

  #select(conditions: readonly Condition[], values: readonly unknown[]): PagedRow[] {
    const where = conditions.map(([sql]) => sql).join(' AND ') || 'TRUE';
    let statement = this.#statements.get(where);
    if (!statement) {
      statement = this.#database.prepare(
        `SELECT row, ${this.#timeColumn} AS pageTime, ${this.#columns} FROM ${this.#reader.table}
         WHERE ${where} ORDER BY ${this.#timeColumn} DESC, row DESC LIMIT ?`,
      );
      this.#statements.set(where, statement);
    }
    return statement.all(...values) as PagedRow[];
  }
}

interface PagedRow {
  readonly row: number;
  readonly pageTime: number;
}

const valuesOf = (conditions: readonly Condition[]): string[] =>
  conditions.flatMap(([, value]) => (value === undefined ? [] : [value]));

function parseCursor(before: string | undefined): Position | null {
  if (before === undefined) return START;
  const [, time, row] = CURSOR.exec(before) ?? [];
  return time === undefined || row === undefined ? null : { time: Number(time), row: Number(row) };
}
