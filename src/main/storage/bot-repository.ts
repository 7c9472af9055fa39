import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import {
  botConfigSchema,
  botIdSchema,
  botStateSchema,
  decimalStringSchema,
  epochMsSchema,
} from '#contract/model.ts';
import type { BotConfig, BotState } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { assertStorable, type DamageListener, parseJson, readRow, readRows } from './rows.ts';

/** What has to survive a restart for a bot to go on where it was. */
interface BotRuntime {
  readonly botId: string;
  /** `silent` is seen from outside, never stored. */
  readonly state: Exclude<BotState, 'silent'>;
  /** Why it is in `error`, else null. */
  readonly error: string | null;
  readonly cash: DecimalString;
  readonly fillCount: number;
  readonly lastFillTime: EpochMs | null;
  /** JSON text of the strategy's own making. */
  readonly strategyState: string | null;
  /** JSON text of the account's own making. */
  readonly accountState: string | null;
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
  error: z.string().nullable(),
  cash: decimalStringSchema,
  fillCount: z.number().int(),
  lastFillTime: epochMsSchema.nullable(),
  strategyState: z.string().nullable(),
  accountState: z.string().nullable(),
  orderSequence: z.number().int(),
}) satisfies z.ZodType<BotRuntime>;

const recordSchema: z.ZodType<BotRecord> = z.object({
  config: botConfigSchema,
  runtime: runtimeSchema,
});

const COLUMNS = `id, name, strategy, instrument_id AS instrumentId, params,
  initial_cash AS initialCash, maker_fee_bps AS makerFeeBps, taker_fee_bps AS takerFeeBps,
  created_time AS createdTime, state, error, cash, fill_count AS fillCount,
  last_fill_time AS lastFillTime, strategy_state AS strategyState, account_state AS accountState,
  order_sequence AS orderSequence`;

interface BotRow extends Record<string, unknown> {
  readonly id: string;
  readonly params: string;
  readonly strategyState: string | null;
  readonly accountState: string | null;
}

export function createBotRepository(database: Database, onDamage: DamageListener): BotRepository {
  const reader = { table: 'bots', schema: recordSchema, onDamage };
  const toRecord = (row: BotRow) => recordOf(row, onDamage);
  const selectAll = database.prepare<[], BotRow>(
    `SELECT ${COLUMNS} FROM bots ORDER BY created_time, row`,
  );
  const selectOne = database.prepare<[string], BotRow>(`SELECT ${COLUMNS} FROM bots WHERE id = ?`);
  const insert = database.prepare(
    `INSERT INTO bots (id, name, strategy, instrument_id, params, initial_cash, maker_fee_bps,
       taker_fee_bps, created_time, state, error, cash, fill_count, last_fill_time,
       strategy_state, account_state, order_sequence)
     VALUES (@id, @name, @strategy, @instrumentId, @params, @initialCash, @makerFeeBps,
       @takerFeeBps, @createdTime, @state, @error, @cash, @fillCount, @lastFillTime,
       @strategyState, @accountState, @orderSequence)`,
  );
  const updateConfig = database.prepare(
    `UPDATE bots SET name = @name, strategy = @strategy, instrument_id = @instrumentId,
       params = @params, initial_cash = @initialCash, maker_fee_bps = @makerFeeBps,
       taker_fee_bps = @takerFeeBps, created_time = @createdTime WHERE id = @id`,
  );
  const saveRuntime = database.prepare(
    `UPDATE bots SET state = @state, error = @error, cash = @cash, fill_count = @fillCount,
       last_fill_time = @lastFillTime, strategy_state = @strategyState,
       account_state = @accountState, order_sequence = @orderSequence WHERE id = @botId`,
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
      insert.run({ ...bot.runtime, ...configRow(bot.config) });
    },
    updateConfig: (config) => {
      assertStorable(botConfigSchema, config, 'a bot');
      return updateConfig.run(configRow(config)).changes > 0;
    },
    saveRuntime: (runtime) => {
      assertStorable(runtimeSchema, runtime, "a bot's runtime");
      return saveRuntime.run(runtime).changes > 0;
    },
    remove: (botId) => remove.run(botId).changes > 0,
  };
}

const configRow = (config: BotConfig) => ({ ...config, params: JSON.stringify(config.params) });

const paramsSchema = z.record(z.string(), z.unknown());

/**
 * A bot whose JSON cannot be read stays visible, in `error`: running it without its memory could
 * place its orders twice.
 */
function recordOf(row: BotRow, onDamage: DamageListener): unknown {
  const params = paramsSchema.safeParse(parseJson(row.params));
  const isStateIntact = [row.strategyState, row.accountState].every(
    (text) => text === null || parseJson(text) !== undefined,
  );
  const damaged = params.success ? (isStateIntact ? null : 'state') : 'parameters';
  if (damaged) onDamage({ table: 'bots', reason: `${damaged} of bot ${row.id} cannot be read` });
  const trouble = damaged && {
    state: 'error',
    error: `Its stored ${damaged} cannot be read.`,
    strategyState: null,
    accountState: null,
  };
  return {
    config: { ...row, params: params.data ?? {} },
    runtime: { ...row, botId: row.id, ...trouble },
  };
}
