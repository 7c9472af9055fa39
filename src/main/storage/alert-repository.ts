import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { alertConditionSchema, alertLabelsSchema, alertSchema } from '#contract/alert-model.ts';
import type { Result } from '#contract/errors.ts';
import type { Alert } from '#domain/alert.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import {
  type Condition,
  oneOf,
  type Page,
  PagedTable,
  type PageRequest,
  type TimeSpan,
  within,
} from './paged-table.ts';
import { assertStorable, type DamageListener, parseJson, storedFlag } from './rows.ts';

export interface AlertRepository {
  /** As it stands now; when the user was told of it stays. The oldest beyond the kept ones go. */
  save(alert: Alert): void;
  get(id: string): Alert | null;
  list(request: PageRequest & AlertSelection): Result<Page<Alert>>;
  /** All that fire, oldest first, and when the user was last told of each. */
  firing(): { readonly alert: Alert; readonly toldTime: EpochMs | null }[];
  markTold(ids: readonly string[], time: EpochMs): void;
}

interface AlertSelection {
  readonly activeOnly?: boolean | undefined;
  readonly ruleId?: string | undefined;
  /** Those about one of these. */
  readonly instrumentIds?: readonly InstrumentId[] | undefined;
  /** By the market's time. */
  readonly span?: TimeSpan | undefined;
}

export const KEPT_ALERTS = 10_000;
const SAVES_PER_TRIM = 64;

const COLUMNS = `id, rule_id AS ruleId, rule_name AS ruleName, severity, labels, condition, value,
  state, pending_time AS pendingTime, fired_time AS firedTime, market_time AS marketTime,
  resolved_time AS resolvedTime, acknowledged_time AS acknowledgedTime,
  escalated_time AS escalatedTime, is_test AS isTest`;

const rowSchema: z.ZodType<Alert> = alertSchema.extend({
  labels: z.string().transform(parseJson).pipe(alertLabelsSchema),
  condition: z.string().transform(parseJson).pipe(alertConditionSchema),
  isTest: storedFlag,
});

export function createAlertRepository(
  database: Database,
  onDamage: DamageListener,
): AlertRepository {
  const table = new PagedTable<Alert>({
    ...{ database, table: 'alerts', columns: COLUMNS, timeColumn: 'fired_time' },
    ...{ schema: rowSchema, onDamage },
  });
  const statements = prepare(database);
  let saves = 0;
  const markAll = database.transaction((ids: readonly string[], time: EpochMs) => {
    for (const id of ids) statements.markTold.run(time, id);
  });
  return {
    save: (alert) => {
      assertStorable(alertSchema, alert, 'an alert');
      const { labels, condition, isTest, ...rest } = alert;
      statements.save.run({
        ...rest,
        labels: JSON.stringify(labels),
        condition: JSON.stringify(condition),
        isTest: +isTest,
      });
      saves += 1;
      if (saves % SAVES_PER_TRIM === 0) statements.trim.run(KEPT_ALERTS);
    },
    get: (id) => table.one([['id = ?', id]]),
    list: ({ limit, before, ...selection }) =>
      table.page(conditionsOf(selection), { limit, before }),
    firing: () =>
      table
        .all([["state = 'firing'"]])
        .reverse()
        .map((alert) => ({ alert, toldTime: statements.toldTime.get(alert.id) ?? null })),
    markTold: (ids, time) => markAll(ids, time),
  };
}

const conditionsOf = (selection: AlertSelection): Condition[] => {
  const { activeOnly, ruleId, instrumentIds, span } = selection;
  return [
    ...(activeOnly ? [["state = 'firing'"] as const] : []),
    ...(ruleId === undefined ? [] : [['rule_id = ?', ruleId] as const]),
    ...oneOf("json_extract(labels, '$.instrument')", instrumentIds),
    ...within('coalesce(market_time, fired_time)', span),
  ];
};

function prepare(database: Database) {
  return {
    save: database.prepare(
      `INSERT INTO alerts (id, rule_id, rule_name, severity, labels, condition, value, state,
         pending_time, fired_time, market_time, resolved_time, acknowledged_time, escalated_time,
         is_test)
       VALUES (@id, @ruleId, @ruleName, @severity, @labels, @condition, @value, @state,
         @pendingTime, @firedTime, @marketTime, @resolvedTime, @acknowledgedTime, @escalatedTime,
         @isTest)
       ON CONFLICT (id) DO UPDATE SET rule_name = @ruleName, state = @state,
         resolved_time = @resolvedTime, acknowledged_time = @acknowledgedTime,
         escalated_time = @escalatedTime`,
    ),
    trim: database.prepare<[number]>(
      `DELETE FROM alerts WHERE state = 'resolved' AND row <= (
         SELECT row FROM alerts ORDER BY row DESC LIMIT 1 OFFSET ?)`,
    ),
    toldTime: database
      .prepare<[string], EpochMs | null>('SELECT told_time FROM alerts WHERE id = ?')
      .pluck(),
    markTold: database.prepare<[number, string]>('UPDATE alerts SET told_time = ? WHERE id = ?'),
  };
}
