import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { decimalStringSchema } from '#contract/decimals.ts';
import { botConfigSchema, botIdSchema, botStateSchema, epochMsSchema } from '#contract/model.ts';
import { type BotConfig, type BotState, PAUSERS, type Pauser } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { Performance } from '#domain/performance.ts';
import { DEFAULT_LIMITS } from '#domain/risk-limits.ts';
import type { EpochMs } from '#domain/units.ts';
import { assertStorable, type DamageListener, parseJson, readRow, readRows } from './rows.ts';

/** What has to survive a restart for a bot to go on where it was. */
interface BotRuntime {
  readonly botId: string;
  /** `silent` is seen from outside, never stored. */
  readonly state: Exclude<BotState, 'silent'>;
  readonly pausedBy: Pauser | null;
  /** Why it is in `error`, else null. */
  readonly error: string | null;
  /** Why it is paused or stopped, or what it waits for. */
  readonly reason: string | null;
  /** It closes its position before it stops. */
  readonly isClosing: boolean;
  readonly cash: DecimalString;
  readonly fillCount: number;
  readonly lastFillTime: EpochMs | null;
  /** JSON text of the strategy's own making. */
  readonly strategyState: string | null;
  /** JSON text of the account's own making. */
  readonly accountState: string | null;
  readonly performance: Performance;
  /** Number of the last order given out, so that ids go on after a restart. */
  readonly orderSequence: number;
}

export interface BotRecord {
  readonly config: BotConfig;
  readonly runtime: BotRuntime;
}

export interface BotRepository {
  /** Oldest first. */
  list(): BotRecord[];
  get(botId: string): BotRecord | null;
  insert(bot: BotRecord): void;
  /** Answers whether there is such a bot, as do the following. */
  updateConfig(config: BotConfig): boolean;
  saveRuntime(runtime: BotRuntime): boolean;
  /** Its orders, fills, positions and logs go with it. */
  remove(botId: string): boolean;
}

const runtimeSchema = z.object({
  botId: botIdSchema,
  state: botStateSchema.exclude(['silent']),
  pausedBy: z.enum(PAUSERS).nullable(),
  error: z.string().nullable(),
  reason: z.string().nullable(),
  isClosing: z.boolean(),
  cash: decimalStringSchema,
  fillCount: z.number().int(),
  lastFillTime: epochMsSchema.nullable(),
  strategyState: z.string().nullable(),
  accountState: z.string().nullable(),
  performance: z.object({
    peakPnl: decimalStringSchema,
    maxDrawdown: decimalStringSchema,
    dayTime: epochMsSchema.nullable(),
    dayStartPnl: decimalStringSchema,
  }),
  orderSequence: z.number().int(),
}) satisfies z.ZodType<BotRuntime>;

const recordSchema: z.ZodType<BotRecord> = z.object({
  config: botConfigSchema,
  runtime: runtimeSchema,
});

const CONFIG_COLUMNS = {
  id: 'id',
  name: 'name',
  strategy: 'strategy',
  instrumentId: 'instrument_id',
  params: 'params',
  initialCash: 'initial_cash',
  makerFeeBps: 'maker_fee_bps',
  takerFeeBps: 'taker_fee_bps',
  latencyMs: 'latency_ms',
  slippageBps: 'slippage_bps',
  leverage: 'leverage',
  limits: 'limits',
  schedule: 'schedule',
  createdTime: 'created_time',
  archivedTime: 'archived_time',
};
const RUNTIME_COLUMNS = {
  state: 'state',
  pausedBy: 'paused_by',
  error: 'error',
  reason: 'reason',
  isClosing: 'is_closing',
  cash: 'cash',
  fillCount: 'fill_count',
  lastFillTime: 'last_fill_time',
  strategyState: 'strategy_state',
  accountState: 'account_state',
  peakPnl: 'peak_pnl',
  maxDrawdown: 'max_drawdown',
  dayTime: 'day_time',
  dayStartPnl: 'day_start_pnl',
  orderSequence: 'order_sequence',
};
const COLUMNS = Object.entries({ ...CONFIG_COLUMNS, ...RUNTIME_COLUMNS });
const SELECTION = COLUMNS.map(([name, column]) => `${column} AS ${name}`).join(', ');
const assignments = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([name, column]) => `${column} = @${name}`)
    .join(', ');

interface BotRow extends Record<string, unknown> {
  readonly id: string;
  readonly params: string;
  readonly limits: string;
  readonly schedule: string | null;
  readonly isClosing: number;
  readonly strategyState: string | null;
  readonly accountState: string | null;
}

export function createBotRepository(database: Database, onDamage: DamageListener): BotRepository {
  const reader = { table: 'bots', schema: recordSchema, onDamage };
  const toRecord = (row: BotRow) => recordOf(row, onDamage);
  const selectAll = database.prepare<[], BotRow>(
    `SELECT ${SELECTION} FROM bots ORDER BY created_time, row`,
  );
  const selectOne = database.prepare<[string], BotRow>(
    `SELECT ${SELECTION} FROM bots WHERE id = ?`,
  );
  const insert = database.prepare(
    `INSERT INTO bots (${COLUMNS.map(([, column]) => column).join(', ')})
     VALUES (${COLUMNS.map(([name]) => `@${name}`).join(', ')})`,
  );
  // Setting an id, even to itself, has SQLite look for the bot in every table that refers to bots.
  const { id: _, ...changeableColumns } = CONFIG_COLUMNS;
  const updateConfig = database.prepare(
    `UPDATE bots SET ${assignments(changeableColumns)} WHERE id = @id`,
  );
  const saveRuntime = database.prepare(
    `UPDATE bots SET ${assignments(RUNTIME_COLUMNS)} WHERE id = @botId`,
  );
  const remove = database.prepare<[string]>('DELETE FROM bots WHERE id = ?');

  return {
    list: () => readRows(reader, selectAll.all().map(toRecord)),
    get: (botId) => {
      const row = selectOne.get(botId);
      return row ? readRow(reader, toRecord(row)) : null;
    },
    insert: (bot) => {
      assertStorable(recordSchema, bot, 'a bot');
      insert.run({ ...runtimeRow(bot.runtime), ...configRow(bot.config) });
    },
    updateConfig: (config) => {
      assertStorable(botConfigSchema, config, 'a bot');
      return updateConfig.run(configRow(config)).changes > 0;
    },
    saveRuntime: (runtime) => {
      assertStorable(runtimeSchema, runtime, "a bot's runtime");
      return saveRuntime.run(runtimeRow(runtime)).changes > 0;
    },
    remove: (botId) => remove.run(botId).changes > 0,
  };
}

const configRow = (config: BotConfig) => ({
  ...config,
  params: JSON.stringify(config.params),
  limits: JSON.stringify(config.limits),
  schedule: config.schedule && JSON.stringify(config.schedule),
});

const runtimeRow = ({ performance, isClosing, ...runtime }: BotRuntime) => ({
  ...runtime,
  ...performance,
  isClosing: Number(isClosing),
});

const paramsSchema = z.record(z.string(), z.unknown());
const limitsSchema = botConfigSchema.shape.limits;
const scheduleSchema = botConfigSchema.shape.schedule;

const isIntact = (json: string | null): boolean => json === null || parseJson(json) !== undefined;

/**
 * A bot whose JSON cannot be read stays visible, in `error`: running it without its memory could
 * place its orders twice, and without its limits more than it may.
 */
function recordOf(row: BotRow, onDamage: DamageListener): unknown {
  const params = paramsSchema.safeParse(parseJson(row.params));
  const limits = limitsSchema.safeParse(parseJson(row.limits));
  const schedule = scheduleSchema.safeParse(row.schedule && parseJson(row.schedule));
  const parts = {
    parameters: params.success,
    limits: limits.success,
    schedule: schedule.success,
    state: isIntact(row.strategyState) && isIntact(row.accountState),
  };
  const damaged = Object.entries(parts).find(([, isSound]) => !isSound)?.[0];
  if (damaged) onDamage({ table: 'bots', reason: `${damaged} of bot ${row.id} cannot be read` });
  const trouble = damaged && {
    ...{ state: 'error', error: `Its stored ${damaged} cannot be read.`, pausedBy: null },
    ...{ strategyState: null, accountState: null },
  };
  return {
    config: {
      ...row,
      params: params.data ?? {},
      limits: limits.data ?? DEFAULT_LIMITS,
      schedule: schedule.data ?? null,
    },
    runtime: {
      ...row,
      botId: row.id,
      isClosing: row.isClosing !== 0,
      performance: row,
      ...trouble,
    },
  };
}
