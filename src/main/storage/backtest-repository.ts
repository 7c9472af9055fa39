import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import {
  type BacktestPlan,
  type BacktestStanding,
  backtestPlanSchema,
  backtestStandingSchema,
} from '#contract/backtest-requests.ts';
import type { Result } from '#contract/errors.ts';
import { type Page, PagedTable, type PageRequest } from './paged-table.ts';
import { assertStorable, type DamageListener, parseJson } from './rows.ts';

/** A backtest as it is kept: what was asked for, and how it stands. */
export interface StoredBacktest extends BacktestStanding {
  readonly plan: BacktestPlan;
}

export interface BacktestRepository {
  /** Throws on an id that is there already. */
  insert(backtest: StoredBacktest): void;
  /** How it stands now, and what came of it, where something did. */
  update(standing: BacktestStanding, result?: Uint8Array): void;
  /** What came of it goes with it. */
  remove(id: string): void;
  get(id: string): StoredBacktest | null;
  /** Newest first. */
  list(request: PageRequest): Result<Page<StoredBacktest>>;
  /** Oldest first. */
  unfinished(): StoredBacktest[];
  result(id: string): Uint8Array | null;
  /** Removes finished ones beyond the newest so many of all; answers their ids. */
  prune(kept: number): string[];
}

const COLUMNS = `id, plan, state, error, runs_done AS runsDone, figures,
  created_time AS createdTime, started_time AS startedTime, finished_time AS finishedTime`;
const UNFINISHED = "state IN ('queued', 'running')";

const storedSchema = backtestStandingSchema.extend({ plan: backtestPlanSchema });
const rowSchema: z.ZodType<StoredBacktest> = storedSchema.extend({
  plan: z.string().transform(parseJson).pipe(backtestPlanSchema),
  figures: z
    .string()
    .nullable()
    .transform((text) => (text === null ? null : parseJson(text)))
    .pipe(backtestStandingSchema.shape.figures),
});

export function createBacktestRepository(
  database: Database,
  onDamage: DamageListener,
): BacktestRepository {
  const table = new PagedTable<StoredBacktest>({
    ...{ database, table: 'backtests', columns: COLUMNS, timeColumn: 'created_time' },
    ...{ schema: rowSchema, onDamage },
  });
  const insert = database.prepare(
    `INSERT INTO backtests (id, plan, state, error, runs_done, figures, created_time, started_time,
       finished_time)
     VALUES (@id, @plan, @state, @error, @runsDone, @figures, @createdTime, @startedTime,
       @finishedTime)`,
  );
  const update = database.prepare(
    `UPDATE backtests SET state = @state, error = @error, runs_done = @runsDone, figures = @figures,
       started_time = @startedTime, finished_time = @finishedTime
     WHERE id = @id`,
  );
  const setResult = database.prepare<[string, Uint8Array]>(
    'INSERT OR REPLACE INTO backtest_results (backtest_id, bytes) VALUES (?, ?)',
  );
  const selectResult = database
    .prepare<[string], Uint8Array>('SELECT bytes FROM backtest_results WHERE backtest_id = ?')
    .pluck();
  const remove = database.prepare<[string]>('DELETE FROM backtests WHERE id = ?');
  const prune = database
    .prepare<[number], string>(
      `DELETE FROM backtests WHERE NOT ${UNFINISHED} AND row IN (
         SELECT row FROM backtests ORDER BY created_time DESC, row DESC LIMIT -1 OFFSET ?)
       RETURNING id`,
    )
    .pluck();
  const write = database.transaction((standing: BacktestStanding, result?: Uint8Array) => {
    update.run(rowOf(standing));
    if (result) setResult.run(standing.id, result);
  });
  return {
    insert: (backtest) => {
      assertStorable(storedSchema, backtest, 'a backtest');
      insert.run({ ...rowOf(backtest), plan: JSON.stringify(backtest.plan) });
    },
    update: (standing, result) => {
      assertStorable(backtestStandingSchema, standing, 'a backtest');
      write(standing, result);
    },
    remove: (id) => void remove.run(id),
    get: (id) => table.one([['id = ?', id]]),
    list: (request) => table.page([], request),
    unfinished: () => table.all([[UNFINISHED]]).reverse(),
    result: (id) => selectResult.get(id) ?? null,
    prune: (kept) => prune.all(kept),
  };
}

const rowOf = (standing: BacktestStanding) => ({
  ...standing,
  figures: standing.figures && JSON.stringify(standing.figures),
});
