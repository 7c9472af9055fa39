import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { alertConditionSchema, alertRuleSchema } from '#contract/alert-model.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import { assertStorable, type DamageListener, parseJson, readRows, storedFlag } from './rows.ts';

export interface AlertRuleRepository {
  /** Throws on an id that is there already. */
  insert(rule: AlertRule): void;
  /** False where there is no such rule. Its memory stays. */
  update(rule: AlertRule): boolean;
  remove(id: string): boolean;
  /** In order of insertion. */
  list(): AlertRule[];
  /** What JSON can hold; undefined where nothing was remembered. */
  memory(id: string): unknown;
  remember(id: string, memory: unknown): void;
}

const COLUMNS = `id, name, condition, severity, for_ms AS forMs, cooldown_ms AS cooldownMs,
  is_enabled AS isEnabled, sound, is_built_in AS isBuiltIn, created_time AS createdTime,
  updated_time AS updatedTime`;

const rowSchema: z.ZodType<AlertRule> = alertRuleSchema.extend({
  condition: z.string().transform(parseJson).pipe(alertConditionSchema),
  isEnabled: storedFlag,
  sound: storedFlag,
  isBuiltIn: storedFlag,
});

export function createAlertRuleRepository(
  database: Database,
  onDamage: DamageListener,
): AlertRuleRepository {
  const reader = { table: 'alert_rules', schema: rowSchema, onDamage };
  const insert = database.prepare(
    `INSERT INTO alert_rules (id, name, condition, severity, for_ms, cooldown_ms, is_enabled, sound,
       is_built_in, created_time, updated_time)
     VALUES (@id, @name, @condition, @severity, @forMs, @cooldownMs, @isEnabled, @sound,
       @isBuiltIn, @createdTime, @updatedTime)`,
  );
  const update = database.prepare(
    `UPDATE alert_rules SET name = @name, condition = @condition, severity = @severity,
       for_ms = @forMs, cooldown_ms = @cooldownMs, is_enabled = @isEnabled, sound = @sound,
       is_built_in = @isBuiltIn, created_time = @createdTime, updated_time = @updatedTime
     WHERE id = @id`,
  );
  const remove = database.prepare<[string]>('DELETE FROM alert_rules WHERE id = ?');
  const selectAll = database.prepare(`SELECT ${COLUMNS} FROM alert_rules ORDER BY row`);
  const selectMemory = database
    .prepare<[string], string | null>('SELECT memory FROM alert_rules WHERE id = ?')
    .pluck();
  const remember = database.prepare<[string | null, string]>(
    'UPDATE alert_rules SET memory = ? WHERE id = ?',
  );
  return {
    insert: (rule) => {
      insert.run(rowOf(rule));
    },
    update: (rule) => update.run(rowOf(rule)).changes > 0,
    remove: (id) => remove.run(id).changes > 0,
    list: () => readRows(reader, selectAll.all()),
    memory: (id) => {
      const text = selectMemory.get(id);
      return text === undefined || text === null ? undefined : parseJson(text);
    },
    remember: (id, memory) => {
      remember.run(JSON.stringify(memory) ?? null, id);
    },
  };
}

function rowOf(rule: AlertRule) {
  assertStorable(alertRuleSchema, rule, 'an alert rule');
  const { condition, isEnabled, sound, isBuiltIn, ...rest } = rule;
  return {
    ...rest,
    condition: JSON.stringify(condition),
    isEnabled: +isEnabled,
    sound: +sound,
    isBuiltIn: +isBuiltIn,
  };
}
